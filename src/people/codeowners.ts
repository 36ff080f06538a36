import type { Gap } from '../change/change.ts';
import { readGithubLines } from './codeowners-github.ts';
import { readGitlabLines } from './codeowners-gitlab.ts';
import { indexPatterns, matchingPatterns } from './pattern-index.ts';
import type { PatternIndex } from './pattern-index.ts';
import type { PathPattern } from './path-pattern.ts';

export type CodeownersDialect = 'github' | 'gitlab';

/** Somebody named in a CODEOWNERS file. On GitLab a `login` may be the name of a group. */
export interface Owner {
  readonly kind: 'login' | 'team' | 'email' | 'role';
  /** Lower case, without `@`. */
  readonly name: string;
}

/** A part of a GitLab file whose rules are matched apart from the others. */
export interface OwnerSection {
  /** Null for GitHub, and for what stands before the first heading. */
  readonly name: string | null;
  readonly optional: boolean;
}

export interface OwnerRule {
  /** 1-based. */
  readonly line: number;
  readonly pattern: string;
  readonly compiled: PathPattern;
  readonly owners: readonly Owner[];
  /** Position in the list of sections. */
  readonly section: number;
  /** Approvals wanted from the owners: 0 where there are none or the section is optional. */
  readonly required: number;
  /** GitLab's `!pattern`: takes the file out of the section for good. */
  readonly excludes: boolean;
}

export interface CodeownersProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** A CODEOWNERS file, understood. */
export interface Codeowners {
  readonly dialect: CodeownersDialect;
  readonly sections: readonly OwnerSection[];
  /** In order of precedence within their section: the last match wins. */
  readonly rules: readonly OwnerRule[];
  readonly problems: readonly CodeownersProblem[];
  /** Set when the file as a whole says nothing, because it was not read. */
  readonly gaps: readonly Gap[];
  readonly index: PatternIndex;
}

/** Who owns a path by one section's rule. No owners: the file clears ownership here on purpose. */
export interface Ownership {
  readonly section: string | null;
  readonly optional: boolean;
  readonly required: number;
  readonly owners: readonly Owner[];
  readonly line: number;
  readonly pattern: string;
}

/** What the lines of a file say, before it is put in order. */
export interface CodeownersLines {
  readonly sections: readonly OwnerSection[];
  readonly rules: readonly OwnerRule[];
  readonly problems: readonly CodeownersProblem[];
}

/** GitHub does not load a larger file. */
const MAX_SIZE_BYTES = 3_000_000;

/** More rules than any real file has; beyond, every path would cost too much. */
const MAX_RULES = 50_000;

/** Git itself knows no path longer than 4,096 bytes; the rest of a line is owners. */
const MAX_LINE_LENGTH = 20_000;

/** Reads a CODEOWNERS file leniently: a line that cannot be understood is left out and reported. */
export function readCodeowners(text: string, dialect: CodeownersDialect): Codeowners {
  if (text.length > MAX_SIZE_BYTES || sizeBytes(text) > MAX_SIZE_BYTES) {
    return unread(dialect, 'the file is larger than 3 MB, which GitHub does not load');
  }
  const body = text.startsWith('\u{feff}') ? text.slice(1) : text;
  const lines = body.split('\n');
  if (lines.some((line) => line.length > MAX_LINE_LENGTH)) {
    return unread(dialect, `a line is longer than ${MAX_LINE_LENGTH} characters`);
  }
  const read = dialect === 'github' ? readGithubLines(lines) : readGitlabLines(lines);
  if (read.rules.length > MAX_RULES) {
    return unread(dialect, `the file has more than ${MAX_RULES} rules`);
  }
  const index = indexPatterns(read.rules.map((rule) => rule.compiled));
  return { dialect, ...read, gaps: [], index };
}

/** Who owns a path: at most one entry on GitHub, one for each section that matches on GitLab. */
export function ownersOf(codeowners: Codeowners, path: string): readonly Ownership[] {
  const { rules, sections, index } = codeowners;
  const deciding = new Map<number, OwnerRule>();
  const excluded = new Set<number>();
  for (const position of matchingPatterns(index, path.replace(/^\/+/, ''))) {
    const rule = rules[position];
    if (rule === undefined) continue;
    if (rule.excludes) excluded.add(rule.section);
    else if (!deciding.has(rule.section)) deciding.set(rule.section, rule);
  }
  return sections.flatMap((section, position) => {
    const rule = deciding.get(position);
    if (rule === undefined || excluded.has(position)) return [];
    const { owners, required, line, pattern } = rule;
    return [{ section: section.name, optional: section.optional, required, owners, line, pattern }];
  });
}

/** Files that may hold the owners, in the order in which the forge looks. */
export const codeownersPlaces: Readonly<Record<CodeownersDialect, readonly string[]>> = {
  github: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'],
  gitlab: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
};

/** Which file counts, and how it is to be read, from what a tree holds. Null when there is none. */
export function findCodeowners(
  exists: (path: string) => boolean,
): { readonly path: string; readonly dialect: CodeownersDialect } | null {
  const gitlab = exists('.gitlab/CODEOWNERS') || exists('.gitlab-ci.yml');
  const dialect = gitlab && !exists('.github/CODEOWNERS') ? 'gitlab' : 'github';
  const path = codeownersPlaces[dialect].find((place) => exists(place));
  return path === undefined ? null : { path, dialect };
}

function unread(dialect: CodeownersDialect, why: string): Codeowners {
  const gap = { what: 'CODEOWNERS', why };
  const problem = { line: 1, message: why };
  const index = indexPatterns([]);
  return { dialect, sections: [], rules: [], problems: [problem], gaps: [gap], index };
}

function sizeBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
