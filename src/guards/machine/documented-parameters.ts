import { fieldOf } from '../code/nodes.ts';
import { unitsOf } from '../code/units.ts';
import type { Unit } from '../code/units.ts';
import type { ChangedFile, Sighting, Source, Tree } from '../guard.ts';

/** Parameters that the documentation of a function names and the function does not have. */
export function strangeParameters(file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  if (after === null || !mayName(file)) return [];
  const old = before === null ? null : new Map(unitsOf(before).map((unit) => [unit.name, unit]));
  return unitsOf(after).flatMap((unit) => {
    const doc = unit.name === '' ? null : docOf(unit, after);
    if (doc === null || !touches(file, doc, unit)) return [];
    const strange = strangersIn(doc, unit);
    const was = old?.get(unit.name);
    const wasDoc = was === undefined || before === null ? null : docOf(was, before);
    const known = was === undefined || wasDoc === null ? [] : strangersIn(wasDoc, was);
    return strange
      .filter((name) => !known.includes(name))
      .slice(0, 1)
      .map((name) => sighting(file, { unit, name, doc }));
  });
}

interface Doc {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

const naming =
  /@param\b|:param\b|^\s*(?:Args|Parameters|Arguments):?\s*$|<param\b|^\s*(?:async\s+)?(?:def|function|fun|func|export|public|private|protected)\b/;

function mayName({ change }: ChangedFile): boolean {
  return change.hunks.some(({ added }) => added.some((text) => naming.test(text)));
}

function touches({ added }: ChangedFile, doc: Doc, unit: Unit): boolean {
  for (let line = doc.line; line <= doc.endLine; line += 1) if (added.has(line)) return true;
  return added.has(unit.line);
}

/** Lines of a comment above a function that are read. */
const longest = 60;

function docOf(unit: Unit, source: Source): Doc | null {
  if (source.language === 'python') return docstringOf(unit);
  let line = unit.line - 1;
  while (line > unit.line - 6 && /^\s*@\w|^\s*\[\w/.test(source.lines[line - 1] ?? '')) line -= 1;
  if (!/\*\/\s*$/.test(source.lines[line - 1] ?? '')) return null;
  const endLine = line;
  while (line > endLine - longest && !/^\s*\/\*\*/.test(source.lines[line - 1] ?? '')) line -= 1;
  const text = source.lines.slice(line - 1, endLine).join('\n');
  return text.trimStart().startsWith('/**') ? { text, line, endLine } : null;
}

function docstringOf({ node, grammar }: Unit): Doc | null {
  const definition = grammar.functions.includes(String(node.kind()))
    ? node
    : node.field('definition');
  const first = definition
    ?.field('body')
    ?.children()
    .find((child) => child.isNamed());
  if (first?.kind() !== 'expression_statement' || !/^[rR]?(?:"""|''')/.test(first.text()))
    return null;
  const { start, end } = first.range();
  return { text: first.text(), line: start.line + 1, endLine: end.line + 1 };
}

function strangersIn({ text }: Doc, unit: Unit): readonly string[] {
  const names = parametersOf(unit);
  if (names === null) return [];
  return documented(text).filter((name) => !names.has(name));
}

const written =
  /(?:@param\s+(?:\{[^}\n]{0,120}\}\s*)?|:param\s+(?:[\w.[\], |]+\s)?|@param\s+[\w\\|?[\]]+\s+)\$?([A-Za-z_][\w$]*)(?=[\s:]|$)/g;

// In PHP a type may stand before the name, which has a sign of its own.
const writtenInPhp = /@param\b[^$@\n]{0,200}\$([A-Za-z_]\w*)/g;

function documented(text: string): readonly string[] {
  const pattern = /@param\b[^@\n]{0,200}\s[&.]{0,4}\$\w/.test(text) ? writtenInPhp : written;
  const found = [...text.matchAll(pattern)].map(([, name = '']) => name);
  const args = /^([ \t]*)(?:Args|Arguments):[ \t]*\n((?:[ \t]+[^\n]*\n|[ \t]*\n){1,60})/m.exec(
    text,
  );
  if (args === null) return found;
  const depth = /^[ \t]*/.exec(args[2] ?? '')?.[0].length ?? 0;
  for (const line of (args[2] ?? '').split('\n')) {
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (line.trim() === '' || indent < depth) break;
    const name = indent === depth ? /^\s*(\w+)(?:\s*\([^)\n]*\))?:/.exec(line)?.[1] : undefined;
    if (name !== undefined) found.push(name);
  }
  return found;
}

// The names a function takes; null when it takes more than it names, as by a pattern or `**rest`.
function parametersOf({ node, grammar }: Unit): ReadonlySet<string> | null {
  const definition = grammar.functions.includes(String(node.kind()))
    ? node
    : (node.field('definition') ?? node);
  const list = fieldOf(definition, 'parameters');
  if (list === null) return null;
  const text = list.text();
  if (/[{[]|\*|\.\.\.|&/.test(withoutTypes(list))) return null;
  return new Set(text.match(/[A-Za-z_]\w*/g));
}

function withoutTypes(list: Tree): string {
  return list
    .children()
    .map((one) => (one.field('pattern') ?? one.field('name') ?? one).text().split(/[:=]/)[0] ?? '')
    .join(',');
}

function sighting(
  file: ChangedFile,
  { unit, name, doc }: { unit: Unit; name: string; doc: Doc },
): Sighting {
  const offset = doc.text
    .split('\n')
    .findIndex((text) => new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`).test(text));
  const line = doc.line + Math.max(0, offset);
  return {
    path: file.path,
    line: file.added.has(line)
      ? line
      : ([...file.added].find(
          (one) => one >= Math.min(doc.line, unit.line) && one <= unit.endLine,
        ) ?? line),
    says: `documents the parameter ${name}, which ${unit.name} does not take`,
    subject: `${unit.name} ${name}`,
    severity: 'note',
    confidence: 0.7,
  };
}
