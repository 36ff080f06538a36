import type {
  CodeownersLines,
  CodeownersProblem,
  Owner,
  OwnerRule,
  OwnerSection,
} from './codeowners.ts';
import { readOwner, splitPattern } from './codeowners-line.ts';
import { gitlabPattern } from './path-pattern.ts';

/** What a heading says about the lines below it. Two headings of one name share their section only. */
interface Heading {
  readonly section: number;
  readonly optional: boolean;
  readonly count: number;
  readonly owners: readonly Owner[];
}

interface Reader {
  /** Names by position, and positions by lower-case name. */
  readonly names: (string | null)[];
  readonly positions: Map<string, number>;
  readonly rules: (OwnerRule & { readonly optional: boolean })[];
  /** Position of the rule with this pattern in this section. */
  readonly known: Map<string, number>;
  readonly problems: CodeownersProblem[];
}

/** Reads lines the way GitLab does: each section is matched alone, the last match wins within it. */
export function readGitlabLines(lines: readonly string[]): CodeownersLines {
  const reader: Reader = {
    names: [null],
    // What stands before the first heading is GitLab's section "codeowners".
    positions: new Map([['codeowners', 0]]),
    rules: [],
    known: new Map(),
    problems: [],
  };
  let heading: Heading = { section: 0, optional: false, count: 0, owners: [] };
  for (const [index, raw] of lines.entries()) {
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) continue;
    const found = readHeading(reader, text, index + 1);
    if (found !== null) heading = found;
    else readRule(reader, text, { line: index + 1, heading });
  }
  return { sections: sectionsOf(reader), rules: reader.rules, problems: reader.problems };
}

/** A section is optional when all its rules are: one heading without `^` makes the whole required. */
function sectionsOf({ names, rules }: Reader): readonly OwnerSection[] {
  const used = new Set(rules.map((rule) => rule.section));
  const required = new Set(rules.filter((rule) => !rule.optional).map((rule) => rule.section));
  return names.map((name, position) => {
    return { name, optional: used.has(position) && !required.has(position) };
  });
}

function readHeading(reader: Reader, text: string, line: number): Heading | null {
  const found = /^(\^)?\[(.*?)\](?:\[(\d*)\])?(.*)$/.exec(text);
  function complain(message: string): void {
    reader.problems.push({ line, message });
  }
  if (found === null) {
    if (/^\^?\[[^\]]+$/.test(text)) complain('the heading is not closed with "]"; read as a path');
    return null;
  }
  const [, caret, name = '', digits, rest = ''] = found;
  const optional = caret !== undefined;
  const count = Number(digits ?? '') || 0;
  if (name.trim() === '') complain('the section has no name');
  if (digits !== undefined && count < 1)
    complain('a section needs at least 1 approval; 1 is taken');
  if (optional && count > 0) complain('an optional section cannot ask for approvals');
  if (rest !== '' && !/^\s/.test(rest))
    complain(`"${rest.slice(0, 60)}" after the heading is ignored`);
  const owners = /^\s/.test(rest) ? readOwners(reader, rest, line) : [];
  return { section: sectionNamed(reader, name), optional, count, owners };
}

function sectionNamed({ names, positions }: Reader, name: string): number {
  const key = name.toLowerCase();
  const known = positions.get(key);
  if (known !== undefined) return known;
  positions.set(key, names.length);
  return names.push(name) - 1;
}

function readOwners(reader: Reader, rest: string, line: number): readonly Owner[] {
  return rest.split(/\s+/).flatMap((word) => {
    if (word === '') return [];
    const owner = readOwner(word, 'gitlab');
    if (owner !== null) return [owner];
    // GitLab has no inline comments: what follows a "#" is still looked through for owners.
    reader.problems.push({ line, message: `"${word.slice(0, 60)}" is no owner and is ignored` });
    return [];
  });
}

function readRule(
  reader: Reader,
  text: string,
  { line, heading }: { readonly line: number; readonly heading: Heading },
): void {
  const [written, rest] = splitPattern(text);
  const excludes = written.startsWith('!');
  const pattern = unescaped(excludes ? written.slice(1) : written);
  const compiled = gitlabPattern(pattern);
  if ('problem' in compiled) {
    reader.problems.push({ line, message: `${compiled.problem}; the line is skipped` });
    return;
  }
  const named = excludes ? [] : readOwners(reader, rest, line);
  const owners = named.length > 0 || rest.trim() !== '' ? named : heading.owners;
  if (!excludes && owners.length === 0) {
    // Nobody can approve such a rule, so GitLab takes it as approved.
    reader.problems.push({ line, message: 'the path has no owner and needs no approval' });
  }
  const { section, optional, count } = heading;
  const required = excludes || optional || owners.length === 0 ? 0 : Math.max(1, count);
  const rule = { line, pattern, compiled, owners, section, required, excludes, optional };
  // A pattern given again changes its owners but keeps its first place in the order.
  const key = `${section} ${pattern}`;
  const place = reader.known.get(key) ?? reader.rules.length;
  reader.known.set(key, place);
  reader.rules[place] = rule;
}

/** `\#` at the start and escaped blanks stand for themselves; other escapes are for the matcher. */
function unescaped(pattern: string): string {
  return pattern.replace(/^\\#/, '#').replaceAll(/\\\s+/g, ' ');
}
