import type { Slice } from './blend.ts';
import { binsOf } from './bins.ts';
import { fewestRounds, lossCurve } from './boosting.ts';
import type { Lesson } from './boosting.ts';
import { tableOf } from './columns.ts';
import { fitMembers, memberNames, memberScores } from './members.ts';
import type { Fitted, Rounds } from './members.ts';
import type { Dice } from './random.ts';
import { placeIn, standingOf } from './standing.ts';
import type { Standing } from './standing.ts';

/** Shares of the rows at which the rolling origins stand: learn before, look at what comes until the next. */
const origins: readonly number[] = [0.55, 0.7, 0.85, 1];
const mostRounds = 150;

/** Rows of columns and how they turned out, in the order of time. */
export interface Known {
  readonly columns: readonly (readonly number[])[];
  readonly outcome: readonly boolean[];
}

/** What was learnt before one origin, and how it lost on the slice after it by number of trees. */
interface Fold {
  readonly fitted: Fitted;
  readonly plain: readonly number[];
  readonly wide: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** What the later slices say. */
export interface Rolled {
  readonly folds: readonly Fold[];
  readonly slices: readonly Slice[];
  readonly standings: readonly Standing[];
  readonly rounds: Rounds;
}

/** Learns before each origin and looks at what comes after it, so that every choice rests on rows not learnt from. */
export function rollingOrigins(known: Known, dice: Dice): Rolled {
  const most = { plain: mostRounds, wide: mostRounds };
  const folds = origins.slice(0, -1).map((from, index) => {
    const later = lessonOf(known, from, origins[index + 1] ?? 1);
    const fitted = fitMembers(lessonOf(known, 0, from), { rounds: most, dice, times: 1 });
    const plain = lossCurve(fitted.plain, later);
    const wide = lossCurve(fitted.wide, later);
    return { fitted, plain, wide, from, to: origins[index + 1] ?? 1 };
  });
  const rounds = {
    plain: bestRounds(folds.map(({ plain }) => plain)),
    wide: bestRounds(folds.map(({ wide }) => wide)),
  };
  const scored = folds.map(({ fitted, from, to }) => {
    const [low, high] = boundsOf(known, from, to);
    const cut = truncated(fitted, rounds);
    const scores = known.columns.slice(low, high).map((row) => memberScores(cut, row));
    return { scores, bad: known.outcome.slice(low, high) };
  });
  const standings = memberNames.map((_, member) =>
    standingOf(
      Float64Array.from(scored.flatMap(({ scores }) => scores.map((row) => row[member] ?? 0))),
    ),
  );
  const slices = scored.map(({ scores, bad }) => ({
    bad,
    places: standings.map((standing, member) =>
      Float64Array.from(scores, (row) => placeIn(standing, row[member] ?? 0)),
    ),
  }));
  return { folds, slices, standings, rounds };
}

function truncated(fitted: Fitted, rounds: Rounds): Fitted {
  return {
    ...fitted,
    plain: { ...fitted.plain, trees: fitted.plain.trees.slice(0, rounds.plain) },
    wide: { ...fitted.wide, trees: fitted.wide.trees.slice(0, rounds.wide) },
  };
}

/** Losses this close, as a share, are the same; more trees order more finely, and calibration mends the rest. */
const sameLoss = 0.001;

/** The most trees that lose no more, on all slices together, than the best number of them. */
function bestRounds(curves: readonly (readonly number[])[]): number {
  const losses = Array.from({ length: mostRounds }, (_, index) =>
    curves.reduce((sum, curve) => sum + (curve[index] ?? 0), 0),
  );
  const least = Math.min(...losses);
  return Math.max(fewestRounds, losses.findLastIndex((loss) => loss <= least * (1 + sameLoss)) + 1);
}

/** The rows from one share of them to another, as fitting wants them. */
export function lessonOf(known: Known, from: number, to: number): Lesson {
  const [low, high] = boundsOf(known, from, to);
  const bad = Float64Array.from(known.outcome.slice(low, high), (value) => (value ? 1 : 0));
  const table = tableOf(known.columns.slice(low, high));
  return { table, bins: binsOf(table), bad };
}

function boundsOf({ outcome }: Known, from: number, to: number): readonly [number, number] {
  return [Math.round(from * outcome.length), Math.round(to * outcome.length)];
}
