import type { Tree } from '../guard.ts';
import type { Grammar } from './grammar.ts';
import { nodesOf, pointed } from './nodes.ts';

/**
 * What a handler does with the error: nothing; ends the loop; passes the same one on; only writes it down; answers with an
 * empty value; raises another one; or deals with it.
 */
export type HandlerKind =
  | 'empty'
  | 'ends loop'
  | 'passes-on'
  | 'logs'
  | 'defaults'
  | 'raises'
  | 'handles';

const logCall =
  /^(?:await\s+)?(?:(?:[\w.$]*\.)?(?:console|log|logger|logging|_?LOG(?:GER)?|slog|glog|klog|debug|winston|pino)(?:\(\))?\.\w+|(?:this\.|self\.)?_?(?:log|logger|debug|print|println|warn|trace)(?:Error|f|ln)?|fmt\.Print\w*|traceback\.print_\w+|[\w.]+\.printStackTrace|System\.(?:err|out)\.print\w*|warnings\.warn|sys\.stderr\.write|error_log|puts|(?:Sentry|Raven|Bugsnag|Honeybadger|Rollbar)\.\w+|e?println?!|(?:tracing\.|log\.)?(?:trace|debug|info|warn|error)!|(?:Console|Debug|Trace)\.Write(?:Line)?)\s*[({]|^(?:[\w.]*\.)?(?:logger|log)\.\w+\s+[^\s=]|^puts\s/i;

const emptyValue =
  /^(?:null|undefined|None|nil|false|False|0|-1|""|''|``|\[\]|\{\}|\(\)|dict\(\)|list\(\)|newMap\(\)|newSet\(\)|Optional\.empty\(\)|Collections\.empty\w*\(\)|(?:List|Map|Set)\.of\(\)|empty(?:List|Map|Set|Array)\(\)|(?:list|map|mutableList|mutableMap|set)Of\(\)|array\(\)|default|string\.Empty|(?:Array|Enumerable)\.Empty<[^>]*>\(\)|Task\.CompletedTask|Unit|NULL|Vec\.new\(\))$/;

/** How a statement begins that raises an error. */
const raising = String.raw`^(?:throw|raise)\b`;

/** Says what a block that receives an error does with it. */
export function handlerKind(block: Tree, grammar: Grammar): HandlerKind {
  const statements = statementsOf(block, grammar);
  const first = statements.length === 1 ? (statements[0]?.text().trim() ?? '') : '';
  if (/^(?:throw(?:\s+\$?\w+)?;?|raise)$/.test(first)) return 'passes-on';
  if (nodesOf(block, grammar.throws, raising).length > 0) return 'raises';
  if (/^break;?$/.test(first)) return 'ends loop';
  const active = statements.filter((statement) => !isIdle(statement));
  // Kotlin's grammar has no node for a lone `null` or `false`.
  if (active.length === 0) return loneValue.test(block.text()) ? 'defaults' : 'empty';
  const told = active.filter((statement) => !isLog(statement));
  if (told.length === 0) return 'logs';
  if (told.length > 1 || !told.every(isEmptyAnswer)) return 'handles';
  return told.length === active.length ? 'defaults' : 'logs';
}

const loneValue = /(?:^|[{)\n])\s*(?:null|false|true)\s*\}?$/;

/** Whether a block says in a comment why it does what it does. */
export function hasComment(block: Tree, grammar: Grammar): boolean {
  return nodesOf(block, grammar.comments).some((comment) => /[a-z]{3}/i.test(comment.text()));
}

/** Whether this is a call that only writes to a log or the terminal. */
export function isLog(statement: Tree): boolean {
  return logCall.test(pointed(statement.text()));
}

function statementsOf(block: Tree, grammar: Grammar): readonly Tree[] {
  const list = block.namedChildren().find((child) => lists.test(String(child.kind()))) ?? block;
  const isClause = grammar.catches.includes(String(block.kind()));
  return list
    .namedChildren()
    .filter((child) => !grammar.comments.includes(String(child.kind())))
    .filter((child) => !isClause || list !== block || !heads.test(String(child.kind())));
}

const lists = /^(?:statement_list|statements|then)$/;
// What a clause catches, where the clause has no block of its own.
const heads = /^(?:exceptions|exception_variable|simple_identifier|user_type|annotation)$/;

function isIdle(statement: Tree): boolean {
  return /^(?:pass|\.\.\.|;|continue;?|_\s*=\s*\w+)$/.test(statement.text().trim());
}

// In some languages the last value is the answer, without a word for it.
function isEmptyAnswer(statement: Tree): boolean {
  const text = statement.text().trim();
  const answer = /^return\b([\s\S]*?);?$/.exec(text)?.[1];
  const value = pointed(answer ?? text)
    .replace(/\s+/g, '')
    .replace(/^\((.*)\)$/, '$1');
  return (answer !== undefined && value === '') || emptyValue.test(value);
}
