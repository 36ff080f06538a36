import type { Tree } from '../guards/guard.ts';
import { type Shape, unionOf } from './shape.ts';

/** What a parameter without a type may be, from its default and from what is done with it; null: nothing says it. */
export function guessShape(pattern: Tree, value: Tree | null, body: Tree): Shape | null {
  if (pattern.kind() !== 'identifier') return null;
  const name = pattern.text();
  const documented = fromComment(body, name);
  if (documented !== null) return documented;
  const given = value === null ? null : shapeOfValue(value);
  return given ?? fromUse(name, body);
}

/** Uses that are looked at in one function. */
const mostUses = 2_000;

function fromUse(name: string, body: Tree): Shape | null {
  const found: Shape[] = [];
  const uses = body.findAll({ rule: { kind: 'identifier', regex: `^${escaped(name)}$` } });
  for (const use of uses.slice(0, mostUses)) {
    const parent = use.parent();
    if (parent === null) continue;
    const shape =
      String(parent.kind()) === 'member_expression' ? ofMember(parent, use) : ofOperand(parent);
    if (shape !== null) found.push(shape);
  }
  const [only, ...others] = new Map(found.map((one) => [JSON.stringify(one), one])).values();
  return only !== undefined && others.length === 0 ? only : null;
}

function escaped(name: string): string {
  return name.replaceAll('$', String.raw`\$`);
}

function ofMember(parent: Tree, use: Tree): Shape | null {
  const property = parent.field('property')?.text() ?? '';
  if (parent.field('object')?.id() !== use.id()) return null;
  if (textMethods.has(property)) return { kind: 'string' };
  return numberMethods.has(property) ? { kind: 'number' } : null;
}

const textMethods: ReadonlySet<string> = new Set(
  `
    charAt charCodeAt codePointAt endsWith match matchAll normalize padEnd padStart
    repeat replace replaceAll search split startsWith substr substring toLowerCase
    toUpperCase trim trimEnd trimStart
  `
    .trim()
    .split(/\s+/),
);
const numberMethods: ReadonlySet<string> = new Set(['toFixed', 'toPrecision', 'toExponential']);

function ofOperand(parent: Tree): Shape | null {
  if (parent.kind() === 'update_expression') return { kind: 'number' };
  const operator = parent.kind() === 'binary_expression' ? parent.field('operator')?.text() : '';
  return /^(?:-|\*|\/|%|\*\*)$/.test(operator ?? '') ? { kind: 'number' } : null;
}

/** The shape of a written value, as far as it says one. */
export function shapeOfValue(value: Tree): Shape | null {
  switch (String(value.kind())) {
    case 'string':
    case 'template_string':
      return { kind: 'string' };
    case 'number':
      return { kind: 'number' };
    case 'unary_expression':
      return /^-[\d.]+$/.test(value.text()) ? { kind: 'number' } : null;
    case 'true':
    case 'false':
      return { kind: 'boolean' };
    default:
      return null;
  }
}

/** `@param {string} name` in the comment above. */
function fromComment(body: Tree, name: string): Shape | null {
  const comment = commentAbove(body);
  if (comment === null) return null;
  const tags = comment.matchAll(/@param\s{1,9}\{([^{}\n]{1,60})\}\s{1,9}\[?([\w$]{1,60})/g);
  for (const [, type = '', of] of tags) if (of === name) return ofWords(type);
  return null;
}

function commentAbove(body: Tree): string | null {
  let node: Tree | null = body;
  for (let up = 0; node !== null && up < 4; up += 1) {
    const before = node.prev();
    if (before?.kind() === 'comment') return before.text().slice(0, 5_000);
    node = node.parent();
  }
  return null;
}

function ofWords(type: string): Shape | null {
  const members = type.split('|').map((word) => ofWord(word.trim()));
  const known = members.filter((shape) => shape !== null);
  return known.length === members.length && known.length > 0 ? unionOf(known) : null;
}

function ofWord(word: string): Shape | null {
  if (word.endsWith('[]')) {
    const of = ofWord(word.slice(0, -2));
    return of === null ? null : { kind: 'array', of };
  }
  if (word === 'string' || word === 'number' || word === 'boolean') return { kind: word };
  return word === 'null' || word === 'undefined' ? { kind: word } : null;
}
