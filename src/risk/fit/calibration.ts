/** From a blended place to a probability: the chance whose log odds are `intercept + slope × log odds of the place` (Platt's scaling). */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/** A blended place and how the change turned out, with the weight it has. */
export interface Seen {
  readonly place: number;
  readonly bad: boolean;
  readonly weight: number;
}

const rounds = 50;
/** Keeps the slope finite when the places part bad from good without a fault. */
const ridge = 1;
const largestLogit = 12;

/** Fits slope and intercept by Newton's method; with a slope below 0 (a blend worse than chance) it says the base rate. */
export function calibrate(seen: readonly Seen[]): Calibration {
  const slope = newton(seen);
  return slope.slope > 0 ? slope : { slope: 0, intercept: baseLogit(seen) };
}

/** Probability for a blended place. */
export function calibrated({ slope, intercept }: Calibration, place: number): number {
  return chanceOf(intercept + slope * logitOf(place));
}

/** Log odds, kept within bounds at the ends. */
export function logitOf(chance: number): number {
  if (chance <= 0) return -largestLogit;
  if (chance >= 1) return largestLogit;
  return Math.min(Math.max(Math.log(chance / (1 - chance)), -largestLogit), largestLogit);
}

/** Chance, 0 to 1, for log odds. */
export function chanceOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function newton(seen: readonly Seen[]): Calibration {
  let intercept = baseLogit(seen);
  let slope = 0;
  const logits = seen.map(({ place }) => logitOf(place));
  for (let round = 0; round < rounds; round++) {
    let [a, b, aa, ab, bb] = [0, -ridge * (slope - 1), 1e-9, 0, ridge];
    seen.forEach(({ bad, weight }, index) => {
      const x = logits[index] ?? 0;
      const p = chanceOf(intercept + slope * x);
      const gap = weight * ((bad ? 1 : 0) - p);
      const curve = weight * Math.max(p * (1 - p), 1e-4);
      a += gap;
      b += gap * x;
      aa += curve;
      ab += curve * x;
      bb += curve * x * x;
    });
    const determinant = aa * bb - ab * ab;
    const [da, db] = [(a * bb - b * ab) / determinant, (b * aa - a * ab) / determinant];
    intercept += da;
    slope += db;
    if (Math.abs(da) + Math.abs(db) < 1e-7) break;
  }
  return { slope, intercept };
}

function baseLogit(seen: readonly Seen[]): number {
  const all = seen.reduce((sum, { weight }) => sum + weight, 0);
  const bad = seen.reduce((sum, one) => sum + (one.bad ? one.weight : 0), 0);
  return logitOf((bad + 0.5) / (all + 1));
}
