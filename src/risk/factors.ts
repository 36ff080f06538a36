import type { Features, FeatureName, Past } from '../change/past.ts';
import type { Factor } from './risk.ts';

/** Features that say one thing to a reviewer, and the sentence that says it. */
interface Theme {
  readonly name: string;
  readonly features: readonly FeatureName[];
  readonly says: (mine: Features, usual: Features, where: Where) => string;
}

interface Where {
  /** "here", or where the model learnt when this repository has too little past. */
  readonly usually: string;
  readonly changes: number;
}

const themes: readonly Theme[] = [
  {
    name: 'lines added',
    features: ['la'],
    says: (mine, usual, where) =>
      `adds ${lines(mine.la)}; ${where.usually} adds ${count(usual.la)}`,
  },
  {
    name: 'lines deleted',
    features: ['ld'],
    says: (mine, usual, where) =>
      `deletes ${lines(mine.ld)}; ${where.usually} deletes ${count(usual.ld)}`,
  },
  {
    name: 'spread',
    features: ['ns', 'nd', 'nf', 'entropy'],
    says: (mine, usual, where) => `${spread(mine)}; ${where.usually} touches ${count(usual.nf)}`,
  },
  {
    name: 'size of files',
    features: ['lt'],
    says: (mine, usual, where) =>
      mine.lt < 1
        ? `touches new files only; ${where.usually} works in about ${lines(usual.lt)} of code`
        : `works in files of about ${lines(mine.lt)} together; ${where.usually} in ${count(usual.lt)}`,
  },
  {
    name: 'repair',
    features: ['fix'],
    says: (mine) =>
      mine.fix > 0
        ? 'says it repairs something; repairs more often need another repair'
        : 'does not say it repairs anything, as most changes here do',
  },
  {
    name: 'history',
    features: ['ndev', 'age', 'nuc'],
    says: (mine, usual, where) =>
      `${history(mine)}; ${where.usually} comes after ${days(usual.age)}`,
  },
  {
    name: 'experience',
    features: ['exp', 'rexp', 'sexp'],
    says: (mine, usual, where) => experience(mine, usual, where),
  },
];

/** Whatever gives a score: the default model, or one fitted to this repository. */
export interface Scorer {
  readonly scoreOf: (features: Features) => number;
  /** Median of each feature where it learnt. */
  readonly usual: Features;
}

/** Below this the score moves too little to be worth a sentence. */
const smallestEffect = 0.005;
const mostFactors = 3;

/** The three themes that move the score most against the median change, in words with both values. */
export function factorsOf(features: Features, past: Past, scorer: Scorer): readonly Factor[] {
  const usual = past.usual ?? scorer.usual;
  const where: Where = {
    usually: past.usual === null ? 'the usual change elsewhere' : 'the usual change here',
    changes: past.changes,
  };
  const score = scorer.scoreOf(features);
  if (features.nf === 0) return [nothingCounts(score - scorer.scoreOf(usual))];
  return themes
    .map((theme) => {
      const replaced = Object.fromEntries(theme.features.map((name) => [name, usual[name]]));
      const effect = score - scorer.scoreOf({ ...features, ...replaced });
      return { theme, effect };
    })
    .filter(({ effect }) => Math.abs(effect) >= smallestEffect)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, mostFactors)
    .map(({ theme, effect }) => ({
      name: theme.name,
      effect,
      says: theme.says(features, usual, where),
    }));
}

function nothingCounts(effect: number): Factor {
  const says =
    'changes only what does not count here: lock, generated or vendored files, release notes';
  return { name: 'nothing to read', effect, says };
}

function spread(mine: Features): string {
  const files = mine.nf === 1 ? '1 file' : `${count(mine.nf)} files`;
  return mine.nd > 1 ? `touches ${files} in ${count(mine.nd)} folders` : `touches ${files}`;
}

function history(mine: Features): string {
  if (mine.nuc === 0) return 'touches files with no earlier change on record';
  const developers = mine.ndev === 1 ? 'one person' : `${count(mine.ndev)} people`;
  return `its files last changed ${days(mine.age)} ago, by ${developers} in all`;
}

function experience(mine: Features, usual: Features, { changes }: Where): string {
  if (mine.exp === 0)
    return `the author has landed nothing in the last ${count(Math.min(changes, 2000))} changes`;
  const here = mine.sexp < 1 ? 'none' : count(mine.sexp);
  return `the author has landed ${count(mine.exp)} changes lately, ${here} in these folders; the usual author ${count(usual.exp)}`;
}

function days(value: number): string {
  if (value < 1) return 'less than a day';
  const rounded = Math.round(value);
  return rounded === 1 ? 'a day' : `${count(rounded)} days`;
}

function lines(value: number): string {
  const rounded = Math.round(value);
  if (rounded === 0) return 'no line';
  return rounded === 1 ? '1 line' : `${count(rounded)} lines`;
}

/** Whole numbers with a comma at the thousands. */
function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}
