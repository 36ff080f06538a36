import type { Change, FileChange } from '../change/change.ts';
import type { Language, Tree } from '../guards/guard.ts';
import { isProductionPath, languageOf } from '../guards/language.ts';
import type { Authorship, Provenance } from '../provenance/provenance.ts';
import { type Operators, operatorsOf, type OperatorName } from './mutant-operators.ts';
import { mutationsOf } from './mutations.ts';

export type { OperatorName };

/** One place in a file, made wrong. */
export interface Mutant {
  readonly path: string;
  /** 1-based, in the file after the change. */
  readonly line: number;
  readonly operator: OperatorName;
  /** What stands there, and what is put there instead. */
  readonly before: string;
  readonly after: string;
  readonly authorship: Authorship;
  /** Where in the text it stands. */
  readonly from: number;
  readonly to: number;
  /** The smallest expression around it that can note that it was reached; null: it stands in none. */
  readonly reached: readonly [number, number] | null;
}

export interface MutantWorld {
  readonly parse: (language: Language, text: string) => Tree | null;
  readonly provenance: Provenance;
  /** How many are kept. */
  readonly most: number;
}

/** Mutants looked at in one file before the best are chosen. */
const mostInFile = 2_000;

/** Makes mutants of the added lines: lines of an AI or of nobody known first, and each line once before any twice. */
export function planMutants(change: Change, world: MutantWorld): readonly Mutant[] {
  const all = change.files.filter(isMutated).flatMap((file) => mutantsIn(file, world));
  const rounds = new Map<string, number>();
  const ranked = all
    .toSorted((a, b) => usefulness[a.operator] - usefulness[b.operator])
    .map((mutant) => {
      const place = `${mutant.path}:${mutant.line}`;
      const round = rounds.get(place) ?? 0;
      rounds.set(place, round + 1);
      return { mutant, round };
    });
  return ranked
    .toSorted((a, b) => rank[a.mutant.authorship] - rank[b.mutant.authorship] || a.round - b.round)
    .slice(0, world.most)
    .map(({ mutant }) => mutant);
}

const rank: Readonly<Record<Authorship, number>> = { ai: 0, mixed: 0, unknown: 1, human: 2 };

const usefulness: Readonly<Record<OperatorName, number>> = {
  'negate-condition': 0,
  boundary: 1,
  logic: 2,
  'return-default': 3,
  'remove-call': 4,
  'drop-await': 5,
  equality: 6,
  arithmetic: 7,
  constant: 8,
};

function isMutated(file: FileChange): boolean {
  return (
    operatorsOf[languageOf(file.path)] !== undefined &&
    file.status !== 'deleted' &&
    file.content === 'text' &&
    file.generated === null &&
    isProductionPath(file.path) &&
    !/\.d\.[cm]?ts$|(?:^|\/)[^/]*\.config\.[cm]?[jt]s$/.test(file.path)
  );
}

function mutantsIn(file: FileChange, { parse, provenance }: MutantWorld): readonly Mutant[] {
  const language = languageOf(file.path);
  const operators = operatorsOf[language];
  const text = file.after;
  const root = text === null ? null : parse(language, text);
  if (operators === undefined || text === null || root === null) return [];
  const added = new Set(
    file.hunks.flatMap(({ newStart, added: lines }) => lines.map((_, at) => newStart + at)),
  );
  const authors = authorsOf(file.path, provenance);
  return mutationsOf(root, { operators, added, most: mostInFile }).map((mutation) => ({
    ...mutation,
    path: file.path,
    before: text.slice(mutation.from, mutation.to),
    authorship: authors(mutation.line),
  }));
}

function authorsOf(path: string, provenance: Provenance): (line: number) => Authorship {
  const runs = provenance.files.find((file) => file.path === path)?.runs ?? [];
  return (line) => runs.find(({ from, to }) => from <= line && line <= to)?.authorship ?? 'unknown';
}

/** The text of a file with one mutant in it. */
export function mutated(text: string, { from, to, after }: Mutant): string {
  return text.slice(0, from) + after + text.slice(to);
}

/** The text of a file in which every expression of interest notes in a file that it was reached. */
export function withProbes(
  path: string,
  text: string,
  {
    mutants,
    file,
  }: { readonly mutants: readonly (readonly [number, Mutant])[]; readonly file: string },
): string {
  const operators: Operators | undefined = operatorsOf[languageOf(path)];
  if (operators === undefined) return text;
  const places = mutants
    .flatMap(([number, { reached }]) => (reached === null ? [] : [{ number, reached }]))
    .toSorted((a, b) => b.reached[0] - a.reached[0] || a.reached[1] - b.reached[1]);
  // From the end to the start, and the inner ones first; where one lies in another, the outer one's end moves.
  let probed = text;
  const moved: { at: number; by: number }[] = [];
  for (const { number, reached } of places) {
    const [from, end] = reached;
    const to = end + moved.filter(({ at }) => at < end).reduce((sum, { by }) => sum + by, 0);
    const fresh = operators.probed(probed.slice(from, to), { number, file });
    probed = probed.slice(0, from) + fresh + probed.slice(to);
    moved.push({ at: from, by: fresh.length - (to - from) });
  }
  return probed;
}
