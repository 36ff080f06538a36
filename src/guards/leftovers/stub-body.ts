import { fieldOf, nodesOf } from '../code/nodes.ts';
import type { Unit } from '../code/units.ts';
import type { Tree } from '../guard.ts';

/** Why a body is only a stand-in for code. */
export interface StubBody {
  readonly kind: 'refuses' | 'empty' | 'constant';
  /** The statement or comment that says so. */
  readonly text: string;
  readonly line: number;
}

const refusal =
  /\b(?:not (?:yet )?implemented|unimplemented|implement(?:ation)? me|to ?do\b|not done yet|implementation (?:missing|pending|goes here))/i;
const todo =
  /\b(?:TODO|FIXME|XXX)\b|\bimplement(?:ation)? (?:me|this|here|later|goes here)\b|\b(?:placeholder|stub)\b(?: implementation| for now)?/i;
const constant =
  /^return(?:\s*\(?\s*(?:null|undefined|None|nil|true|false|True|False|-?\d+|""|''|``|\[\]|\{\}|dict\(\)|list\(\)|Promise\.resolve\(\s*(?:null|\[\]|\{\}|true|false)?\s*\)|Optional\.empty\(\)|List\.of\(\)|"", nil|nil, nil|0, nil|false, nil)\s*\)?)?;?$/;

/** Says whether a function does nothing but stand for code to come; null when it does something. */
export function stubBodyOf(unit: Unit): StubBody | null {
  const body = bodyOf(unit);
  if (body === null) return null;
  const inside = body.children().filter((child) => child.isNamed());
  const statements = inside.filter((node) => !isComment(node) && !isDocstring(node));
  const [only, ...more] = statements;
  if (more.length > 0) return null;
  const note = inside.find((node) => isComment(node) && todo.test(node.text()));
  if (only === undefined) return note === undefined ? null : found('empty', note);
  const text = only.text();
  if (refuses(only, text)) return found('refuses', only);
  const loose = note ?? commentsOf(unit, body).find((node) => todo.test(node.text()));
  if (loose === undefined) return null;
  if (/^(?:pass|\.\.\.);?$/.test(text)) return found('empty', loose);
  return constant.test(text.replace(/\s+/g, ' ')) ? found('constant', loose) : null;
}

// Python keeps a trailing comment outside of the block it belongs to.
function commentsOf(unit: Unit, body: Tree): readonly Tree[] {
  const last = body.range().end.line;
  return nodesOf(unit.node, unit.grammar.comments).filter(
    (node) => node.range().start.line <= last,
  );
}

function bodyOf({ node, grammar }: Unit): Tree | null {
  const [definition] = grammar.functions.includes(String(node.kind()))
    ? [node]
    : nodesOf(node, grammar.functions);
  const body = definition === undefined ? null : fieldOf(definition, 'body');
  const [only, ...more] = body?.namedChildren().filter((child) => !isComment(child)) ?? [];
  // Kotlin keeps the statements one level deeper.
  return only?.kind() === 'statements' && more.length === 0 ? only : body;
}

function isComment(node: Tree): boolean {
  return String(node.kind()).endsWith('comment');
}

function isDocstring(node: Tree): boolean {
  return (
    node.kind() === 'expression_statement' && /^[a-zA-Z]{0,2}(?:"""|'''|"|')/.test(node.text())
  );
}

// Rust's and Kotlin's own words for it.
const macro = /^(?:todo!|unimplemented!|TODO)\s*\(/;
const raising = /^(?:throw|raise)\b/;

function refuses(statement: Tree, text: string): boolean {
  const kind = String(statement.kind());
  if (macro.test(text)) return true;
  if (raising.test(text) && kind !== 'throw_statement' && kind !== 'raise_statement')
    return /\bNotImplemented(?:Error|Exception)\b/.test(text) || refusal.test(text);
  if (kind === 'raise_statement') return /\bNotImplementedError\b/.test(text) || refusal.test(text);
  if (kind === 'throw_statement')
    return refusal.test(text) || /\bNotImplemented(?:Error|Exception)\b/.test(text);
  return text.startsWith('panic(') && refusal.test(text);
}

function found(kind: StubBody['kind'], node: Tree): StubBody {
  return { kind, text: node.text(), line: node.range().start.line + 1 };
}
