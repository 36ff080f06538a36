import type { Piece, Script, Word } from '../../commands/commands.ts';
import { forEachChild } from 'unbash';
import type * as Bash from 'unbash';

export type Node = Bash.SyntaxNode;

export interface Reading {
  complete: boolean;
  readonly depth: number;
  /** Reads a script inside this one. */
  readonly script: (parsed: Bash.ParsedScript | undefined) => Script;
}

type Text = Extract<Piece, { readonly kind: 'text' }>;
type Variable = Extract<Piece, { readonly kind: 'variable' }>;

export function quoted(text: string): Text {
  return { kind: 'text', text, quoted: true };
}

export function word(node: Bash.Word | Bash.Assignment, reading: Reading): Word {
  if (node.type === 'Assignment') {
    const { value, name, append } = node;
    const start = { kind: 'text' as const, text: `${name}${append ? '+' : ''}=`, quoted: true };
    const values = value.type === 'Word' ? [value] : value.elements;
    return { pieces: [start, ...values.flatMap((one) => word(one, reading).pieces)] };
  }
  if (node.parts === undefined) {
    const bare = node.text === node.value;
    return { pieces: [{ kind: 'text', text: node.value, quoted: !bare }] };
  }
  return { pieces: node.parts.flatMap((part) => piece(part, false, reading)) };
}

export function piece(part: Bash.WordPart, within: boolean, reading: Reading): readonly Piece[] {
  switch (part.type) {
    case 'Literal':
      return [{ kind: 'text', text: part.value, quoted: within || part.value !== part.text }];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [quoted(part.value)];
    case 'DoubleQuoted':
    case 'LocaleString':
      return [quoted(''), ...part.parts.flatMap((inner) => piece(inner, true, reading))];
    case 'Glob':
    case 'ExtendedGlob':
      return [{ kind: 'text', text: part.text, quoted: within }, ...computed(part, reading)];
    case 'BraceExpansion':
      return brace(part, reading);
    case 'SimpleExpansion':
      return [variable(part.text.slice(1), within)];
    case 'ParameterExpansion':
      return [parameter(part, within, reading)];
    case 'CommandExpansion':
      return [{ kind: 'output', script: reading.script(part.script), quoted: within }];
    case 'ProcessSubstitution':
      return [{ kind: 'process', script: reading.script(part.script) }];
    case 'ArithmeticExpansion':
      return [{ kind: 'computed', scripts: scriptsWithin(part, reading) }];
  }
}

function computed(part: Node, reading: Reading): readonly Piece[] {
  const scripts = scriptsWithin(part, reading);
  return scripts.length === 0 ? [] : [{ kind: 'computed', scripts }];
}

function variable(name: string, within: boolean): Variable {
  const all = name === '@' || name === '*';
  return { kind: 'variable', name, quoted: within, all, plain: true, scripts: [] };
}

function parameter(part: Bash.ParameterExpansionPart, within: boolean, reading: Reading): Variable {
  const index = part.index?.value;
  const whole = index === undefined || index === '@' || index === '*' || index === '0';
  const { operation } = part;
  // `${name:+other}` gives the other text exactly when the name has a value.
  const changed =
    operation !== undefined &&
    (operation.type !== 'Default' || operation.operator === '+' || operation.operator === ':+');
  return {
    ...variable(part.parameter, within),
    all: index === '@' || index === '*' || part.parameter === '@' || part.parameter === '*',
    plain: whole && !changed && part.prefix === undefined,
    scripts: scriptsWithin(part, reading),
  };
}

/** Most alternatives of one `{a,b}` that are looked at one by one. */
const mostChoices = 50;

function brace(part: Bash.BraceExpansionPart, reading: Reading): readonly Piece[] {
  const inside = part.text.slice(1, -1);
  const choices = inside.split(',');
  const isPlain = choices.length > 1 && choices.length <= mostChoices && !/[{}$`'"\\]/.test(inside);
  if (isPlain) return [{ kind: 'brace', choices }];
  return [{ kind: 'computed', scripts: scriptsWithin(part, reading) }];
}

/** Most nodes below one expansion that are searched for scripts. */
const mostNodes = 2_000;

export function scriptsWithin(node: Node, reading: Reading): readonly Script[] {
  const found: Script[] = [];
  const open: Node[] = [node];
  for (let seen = 0; open.length > 0; seen += 1) {
    const next = open.pop();
    if (next === undefined) break;
    if (seen > mostNodes) {
      reading.complete = false;
      break;
    }
    if (next.type === 'Script') found.push(reading.script(next));
    else if (!isStatements(next) || next === node) forEachChild(next, (child) => open.push(child));
  }
  return found;
}

// The bodies of loops are read where they stand, not as something hidden in their heads.
function isStatements(node: Node): boolean {
  return node.type === 'CompoundList';
}
