import type { NapiConfig } from '@ast-grep/napi';
import { compileGlob } from '../../change/glob.ts';
import { compact, excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type {
  ChangedFile,
  Example,
  Guard,
  Language,
  Severity,
  Sighting,
  Source,
  Tree,
} from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { lineAfter } from '../seam.ts';

/** Parts of a rule file that ast-grep understands. */
export type Matching = NapiConfig;

/** A guard as a team writes it in YAML. */
export interface OwnRule {
  readonly id: string;
  readonly severity: Severity;
  readonly languages: readonly Language[];
  /** Path patterns; `!pattern` takes files out again. Null: all that may run in production. */
  readonly files: readonly string[] | null;
  /** What one finding says; `$NAME` stands for what the pattern caught under that name. */
  readonly says: string;
  readonly protects: string;
  readonly breaks: string;
  readonly fix: string;
  readonly confidence: number;
  readonly cwe: readonly number[];
  /** Fires where the change brings this in. */
  readonly appears: Matching | null;
  /** Fires where the change takes this away. */
  readonly disappears: Matching | null;
  /** Only where this still matches in the file after the change. */
  readonly stays: Matching | null;
  readonly caught: readonly Example[];
  readonly passed: readonly Example[];
}

/** Makes a guard of a rule: it compares what matches before the change with what matches after it. */
export function guardOfRule(rule: OwnRule): Guard {
  const isMeant = chosenFiles(rule.files);
  return guard({
    ...rule,
    look: (scene) => {
      const files = scene.files.filter(
        ({ path, language }) => rule.languages.includes(language) && isMeant(path),
      );
      const found = files.map((file) => ({ file, ...matchesIn(file, rule) }));
      return [
        ...(rule.appears === null ? [] : cameIn(found, rule)),
        ...(rule.disappears === null ? [] : wentAway(found, rule)),
      ];
    },
  });
}

function chosenFiles(patterns: readonly string[] | null): (path: string) => boolean {
  if (patterns === null) return isProductionPath;
  const wanted = patterns.filter((one) => !one.startsWith('!')).map(compileGlob);
  const unwanted = patterns
    .filter((one) => one.startsWith('!'))
    .map((one) => compileGlob(one.slice(1)));
  return (path) => wanted.some((fits) => fits(path)) && !unwanted.some((fits) => fits(path));
}

interface Matches {
  readonly before: readonly Tree[];
  readonly after: readonly Tree[];
  readonly stays: boolean;
}

interface FileMatches extends Matches {
  readonly file: ChangedFile;
}

function matchesIn(file: ChangedFile, { appears, disappears, stays }: OwnRule): Matches {
  const asked = appears ?? disappears;
  return {
    before: asked === null ? [] : matching(file.before, asked),
    after: asked === null ? [] : matching(file.after, asked),
    stays: stays === null || matching(file.after, stays).length > 0,
  };
}

function matching(source: Source | null, asked: Matching): readonly Tree[] {
  return source?.tree()?.findAll(asked) ?? [];
}

/** What matches after the change more often than before it, wherever it stood: moved code is not new. */
function cameIn(found: readonly FileMatches[], rule: OwnRule): readonly Sighting[] {
  const gone = tally(found.flatMap(({ before }) => before));
  for (const text of found.flatMap(({ after }) => after.map(keyOf))) take(gone, text, -1);
  const more = new Map([...gone].map(([text, number]) => [text, -number]));
  return found.flatMap(({ file, after, stays }) =>
    after
      .filter((node) => stays && touches(file.added, node))
      .filter((node) => take(more, keyOf(node), 1))
      .map((node) =>
        sightingOf(node, rule, { path: file.path, line: node.range().start.line + 1 }),
      ),
  );
}

/** What matches before the change more often than after it. */
function wentAway(found: readonly FileMatches[], rule: OwnRule): readonly Sighting[] {
  const lost = tally(found.flatMap(({ before }) => before));
  for (const text of found.flatMap(({ after }) => after.map(keyOf))) take(lost, text, -1);
  return found.flatMap(({ file, before, stays }) =>
    before
      .filter((node) => stays && file.after !== null && touches(file.removed, node))
      .filter((node) => take(lost, keyOf(node), 1))
      .map((node) =>
        sightingOf(node, rule, {
          path: file.path,
          line: lineAfter(file, node.range().start.line + 1),
        }),
      ),
  );
}

function tally(nodes: readonly Tree[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(keyOf(node), (counts.get(keyOf(node)) ?? 0) + 1);
  return counts;
}

/** Takes one of a count, if there is one left; a negative step counts down in any case. */
function take(counts: Map<string, number>, text: string, step: 1 | -1): boolean {
  const left = counts.get(text) ?? 0;
  if (step === 1 && left <= 0) return false;
  counts.set(text, left - 1);
  return true;
}

function keyOf(node: Tree): string {
  return compact(node.text());
}

function touches(lines: ReadonlySet<number>, node: Tree): boolean {
  const { start, end } = node.range();
  for (let line = start.line + 1; line <= end.line + 1; line += 1) if (lines.has(line)) return true;
  return false;
}

function sightingOf(
  node: Tree,
  { says }: OwnRule,
  place: Pick<Sighting, 'path' | 'line'>,
): Sighting {
  return { ...place, says: filledIn(says, node), subject: compact(node.text()).slice(0, 200) };
}

function filledIn(says: string, node: Tree): string {
  return says.replaceAll(/\$([A-Z][A-Z0-9_]*)/g, (whole, name: string) => {
    const caught = node.getMatch(name)?.text();
    return caught === undefined ? whole : excerpt(caught, 60);
  });
}
