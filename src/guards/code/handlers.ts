import type { Tree } from '../guard.ts';
import type { Grammar } from './grammar.ts';
import { nodesOf } from './nodes.ts';

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
  /^(?:await\s+)?(?:(?:[\w.$]*\.)?(?:console|log|logger|logging|_?LOG(?:GER)?|slog|glog|klog|debug|winston|pino)(?:\(\))?\.\w+|(?:this\.|self\.)?_?(?:log|logger|debug|print|println|warn|trace)(?:Error|f|ln)?|fmt\.Print\w*|traceback\.print_\w+|[\w.]+\.printStackTrace|System\.(?:err|out)\.print\w*|warnings\.warn|sys\.stderr\.write)\s*\(/i;

const emptyValue =
  /^(?:null|undefined|None|nil|false|False|0|-1|""|''|``|\[\]|\{\}|\(\)|dict\(\)|list\(\)|newMap\(\)|newSet\(\)|Optional\.empty\(\)|Collections\.empty\w*\(\)|(?:List|Map|Set)\.of\(\))$/;

/** Says what a block that receives an error does with it. */
export function handlerKind(block: Tree, grammar: Grammar): HandlerKind {
  const statements = statementsOf(block, grammar);
  const first = statements.length === 1 ? (statements[0]?.text().trim() ?? '') : '';
  if (/^(?:throw\s+\w+;?|raise)$/.test(first)) return 'passes-on';
  if (nodesOf(block, grammar.throws).length > 0) return 'raises';
  if (/^break;?$/.test(first)) return 'ends loop';
  const active = statements.filter((statement) => !isIdle(statement));
  if (active.length === 0) return 'empty';
  const told = active.filter((statement) => !isLog(statement));
  if (told.length === 0) return 'logs';
  if (told.length > 1 || !told.every(isEmptyAnswer)) return 'handles';
  return told.length === active.length ? 'defaults' : 'logs';
}

/** Whether a block says in a comment why it does what it does. */
export function hasComment(block: Tree, grammar: Grammar): boolean {
  return nodesOf(block, grammar.comments).some((comment) => /[a-z]{3}/i.test(comment.text()));
}

/** Whether this is a call that only writes to a log or the terminal. */
export function isLog(statement: Tree): boolean {
  return logCall.test(statement.text());
}

function statementsOf(block: Tree, grammar: Grammar): readonly Tree[] {
  const list = block.namedChildren().find((child) => child.kind() === 'statement_list') ?? block;
  return list.namedChildren().filter((child) => !grammar.comments.includes(String(child.kind())));
}

function isIdle(statement: Tree): boolean {
  return /^(?:pass|\.\.\.|;|continue;?|_\s*=\s*\w+)$/.test(statement.text().trim());
}

function isEmptyAnswer(statement: Tree): boolean {
  const answer = /^return\b([\s\S]*?);?$/.exec(statement.text().trim());
  if (answer === null) return false;
  const value = (answer[1] ?? '').replace(/\s+/g, '').replace(/^\((.*)\)$/, '$1');
  return value === '' || emptyValue.test(value);
}
