import { LineCounter, parseAllDocuments } from 'yaml';
import type { Source } from '../guard.ts';

/** A name that stands twice in one place of a file, so that one of its values is lost. */
export interface Twice {
  readonly name: string;
  /** Line of the later one. */
  readonly line: number;
}

/** Names that a reader would lose, told in the way of each format. */
export function twiceIn(source: Source): readonly Twice[] {
  if (source.language === 'json') return inJson(source.text);
  if (source.language === 'yaml') return inYaml(source.text);
  if (source.language === 'toml') return inToml(source.lines);
  return [];
}

const token = /"(?:[^"\\\n]|\\.)*"|[{}[\],:]|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\n/g;
/** Deepest nesting that is followed. */
const deepest = 200;

function inJson(text: string): readonly Twice[] {
  const found: Twice[] = [];
  const open: (Set<string> | null)[] = [];
  let line = 1;
  let last: { readonly name: string; readonly line: number } | null = null;
  for (const [part] of text.matchAll(token)) {
    if (part === '{') open.push(new Set());
    else if (part === '[') open.push(null);
    else if (part === '}' || part === ']') open.pop();
    else if (part === ':' && last !== null) {
      const names = open.at(-1);
      if (names?.has(last.name) === true) found.push(last);
      names?.add(last.name);
    }
    if (open.length > deepest) return [];
    last = part.startsWith('"') ? { name: part.slice(1, -1), line } : part === '\n' ? last : null;
    line += part === '\n' ? 1 : part.startsWith('/*') ? part.split('\n').length - 1 : 0;
  }
  return found;
}

function inYaml(text: string): readonly Twice[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap(({ errors }) =>
    errors
      .filter(({ code }) => code === 'DUPLICATE_KEY')
      .map(({ pos }) => ({
        name: /^["']?([^"':\n]*)/.exec(text.slice(pos[0], pos[0] + 200))?.[1]?.trim() ?? '',
        line: lines.linePos(pos[0]).line,
      })),
  );
}

function inToml(lines: readonly string[]): readonly Twice[] {
  const seen = new Set<string>();
  const tables = new Set<string>();
  const found: Twice[] = [];
  let table = '';
  let isInText = false;
  let lists = 0;
  lines.forEach((text, index) => {
    if (text.length > 2_000) return;
    const marks = text.split(/"""|'''/).length - 1;
    if (isInText || marks % 2 === 1) {
      isInText = marks % 2 === 1 ? !isInText : isInText;
      return;
    }
    const head = /^\s*(\[{1,2})([^[\]]+)\]{1,2}\s*(?:#.*)?$/.exec(text);
    if (head) {
      lists += 1;
      const name = (head[2] ?? '').trim();
      if (head[1] === '[' && tables.has(name) && !isUnderList(name, tables))
        found.push({ name: `[${name}]`, line: index + 1 });
      tables.add(head[1] === '[[' ? `${name}[]` : name);
      // Each element of a list of tables has names of its own, and so has all below it.
      table = head[1] === '[[' || isUnderList(name, tables) ? `${name}#${lists}` : name;
      return;
    }
    const key = /^([\w"'.-]+)\s*=/.exec(text)?.[1];
    if (key === undefined) return;
    const full = `${table}\0${key}`;
    if (seen.has(full)) found.push({ name: key, line: index + 1 });
    seen.add(full);
  });
  return found;
}

function isUnderList(name: string, tables: ReadonlySet<string>): boolean {
  const parts = name.split('.');
  return parts.some((_, index) => tables.has(`${parts.slice(0, index + 1).join('.')}[]`));
}
