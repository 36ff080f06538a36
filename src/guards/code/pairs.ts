import type { ChangedFile, Scene } from '../guard.ts';
import { compact } from './nodes.ts';
import { codeLines, lacking } from './own-lines.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

/** A unit before the change and what became of it. */
export interface Pair {
  readonly before: Unit;
  readonly after: Unit;
  /** The file in which the unit is after the change. */
  readonly file: ChangedFile;
  /** The file in which it was; another one when the unit moved. */
  readonly from: ChangedFile;
  /** Code lines only before. */
  readonly gone: readonly string[];
  /** Code lines only after, without those that are a part of what went, such as a call without its `.catch`. */
  readonly fresh: readonly string[];
  /** Share of the earlier code lines that stayed, 0 to 1. */
  readonly kept: number;
  /** Lines in common as a share of the shorter side, 0 to 1: low means rewritten. */
  readonly alike: number;
}

/** A unit that the change added. */
export interface FreshUnit {
  readonly unit: Unit;
  readonly file: ChangedFile;
}

export interface Matching {
  /** Only units whose own lines changed. */
  readonly pairs: readonly Pair[];
  readonly fresh: readonly FreshUnit[];
}

/** Comparing every unit with every other stops here; beyond it only equal names are matched. */
export const mostComparisons = 40_000;

const known = new WeakMap<Scene, Matching>();

/** What became of the units the change touched: matched by name, else by likeness, also across files. */
export function matchUnits(scene: Scene): Matching {
  const found = known.get(scene) ?? match(scene);
  known.set(scene, found);
  return found;
}

interface Loose {
  readonly unit: Unit;
  readonly file: ChangedFile;
}

function match(scene: Scene): Matching {
  const pairs: Pair[] = [];
  const lost: Loose[] = [];
  const fresh: Loose[] = [];
  for (const file of scene.files) matchByName(file, { pairs, lost, fresh });
  const left = matchAcross(lost, fresh, pairs);
  return {
    pairs: pairs.filter((pair) => !isTestOfFile(pair.after)),
    fresh: left.filter(({ unit }) => !isTestOfFile(unit)),
  };
}

// Rust keeps tests in a module of the file they test.
function isTestOfFile({ name, source }: Unit): boolean {
  return source.language === 'rust' && /(?:^|\.)tests?\./.test(name);
}

interface Collected {
  readonly pairs: Pair[];
  readonly lost: Loose[];
  readonly fresh: Loose[];
}

function matchByName(file: ChangedFile, { pairs, lost, fresh }: Collected): void {
  const before = file.before === null ? [] : unitsOf(file.before);
  const after = file.after === null ? [] : unitsOf(file.after);
  const open = new Map<string, Unit[]>();
  for (const unit of after) open.set(unit.name, [...(open.get(unit.name) ?? []), unit]);
  for (const unit of before) {
    const same = open.get(unit.name) ?? [];
    const best = same.length < 2 ? same[0] : closest(unit, same);
    if (best === undefined) {
      if (touches(unit, file.removed)) lost.push({ unit, file });
      continue;
    }
    open.set(
      unit.name,
      same.filter((other) => other !== best),
    );
    if (touches(unit, file.removed) || touches(best, file.added)) {
      pairs.push(pair({ unit, file }, { unit: best, file }));
    }
  }
  for (const units of open.values()) {
    for (const unit of units) if (touches(unit, file.added)) fresh.push({ unit, file });
  }
}

function matchAcross(lost: readonly Loose[], fresh: readonly Loose[], pairs: Pair[]): Loose[] {
  const free = new Set(fresh);
  const affordable = lost.length * fresh.length <= mostComparisons;
  for (const gone of lost) {
    let best: Pair | null = null;
    let taken: Loose | null = null;
    for (const candidate of free) {
      const sameName = candidate.unit.short === gone.unit.short;
      if (gone.unit.name === '' || candidate.unit.name === '') continue;
      if (!sameName && !affordable) continue;
      const made = pair(gone, candidate);
      if (made.kept < (sameName ? 0.3 : 0.6) || made.kept <= (best?.kept ?? 0)) continue;
      best = made;
      taken = candidate;
    }
    if (best === null || taken === null) continue;
    free.delete(taken);
    pairs.push(best);
  }
  return [...free];
}

function closest(unit: Unit, candidates: readonly Unit[]): Unit | undefined {
  const lines = codeLines(unit);
  const ranked = candidates.map((other) => ({ other, cost: difference(lines, codeLines(other)) }));
  return ranked.sort((a, b) => a.cost - b.cost)[0]?.other;
}

function difference(a: readonly string[], b: readonly string[]): number {
  return lacking(a, b).length + lacking(b, a).length;
}

function pair(gone: Loose, came: Loose): Pair {
  const before = codeLines(gone.unit);
  const after = codeLines(came.unit);
  const left = lacking(before, after);
  const fresh = notWithin(left, lacking(after, before));
  const shorter = Math.min(before.length, after.length);
  const common = after.length - fresh.length;
  return {
    before: gone.unit,
    after: came.unit,
    file: came.file,
    from: gone.file,
    gone: left,
    fresh,
    kept: before.length === 0 ? 0 : 1 - left.length / before.length,
    alike: shorter === 0 ? 0 : Math.min(1, common / shorter),
  };
}

/** Shorter pieces of code than this are found in any text by chance. */
const shortestPart = 8;

function notWithin(gone: readonly string[], came: readonly string[]): readonly string[] {
  const text = compact(gone.join(''));
  return came.filter((line) => {
    const core = compact(line.replace(/^(?:await|return)\b|[;,]$/g, ''));
    return core.length < shortestPart || !text.includes(core);
  });
}

function touches(unit: Unit, lines: ReadonlySet<number>): boolean {
  for (const line of lines) {
    if (line < unit.line || line > unit.endLine) continue;
    if (!unit.inner.some((inner) => inner.line <= line && line <= inner.endLine)) return true;
  }
  return false;
}
