import type { Change, Commit } from '../change/change.ts';
import { isTestPath } from '../guards/language.ts';
import type { ChangedFunction } from './changed-functions.ts';

/** Whether the change said that a function is to behave differently, and in which words. */
export interface Intent {
  /** `denied`: it says that behaviour stays. */
  readonly said: 'meant' | 'denied' | 'nothing';
  readonly why: string;
}

/** Reads from commit messages and changed tests whether a difference was meant. */
export function intentOf(
  changed: ChangedFunction,
  change: Change,
  all: readonly ChangedFunction[],
): Intent {
  const test = change.files.find((file) => isTestPath(file.path) && expectsAnew(file, changed));
  if (test !== undefined) return { said: 'meant', why: `its tests changed too, in ${test.path}` };
  const commits = commitsOf(changed, change);
  for (const commit of commits) {
    const why = whyMeant(commit, changed.name);
    if (why !== null) return { said: 'meant', why };
  }
  const subject = subjectOf(commits[0]);
  if (commits.length > 0 && commits.every(claimsSame))
    return { said: 'denied', why: `the commit says "${subject}"` };
  const places = new Set(all.map(({ path, name }) => `${path} ${name}`));
  if (places.size <= fewFunctions && commits.some((commit) => changesBehaviour(commit.message)))
    return { said: 'meant', why: `the change is about little else: "${subject}"` };
  return { said: 'nothing', why: 'no message or test of the change speaks of it' };
}

/** A fix of so few functions needs no word about which one it fixes. */
const fewFunctions = 2;

const expecting =
  /\b(?:expect|assert\w*|toBe|toEqual|toMatch\w*|toStrictEqual|toThrow\w*|should|deepEqual|strictEqual|is|t\.)\b/;

function expectsAnew(
  { after, before, hunks, path }: Change['files'][number],
  { name }: ChangedFunction,
): boolean {
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', String.raw`\$`)}(?![\\w$])`);
  const lines = hunks.flatMap(({ added, removed }) => [...added, ...removed]);
  if (lines.some((line) => word.test(line) && !/^\s*import\b/.test(line))) return true;
  const isSnapshot = path.endsWith('.snap') || path.includes('__snapshots__');
  const text = after ?? before ?? '';
  return word.test(text) && (isSnapshot || lines.some((line) => expecting.test(line)));
}

/** The commits that wrote the function's new lines; all of the change where that was not traced. */
function commitsOf({ path, line, endLine }: ChangedFunction, change: Change): readonly Commit[] {
  const file = change.files.find((one) => one.path === path);
  const origins = file?.origins.filter(({ from, to }) => to >= line && from <= endLine) ?? [];
  const ids = new Set(origins.map(({ commit }) => commit));
  const wrote = change.commits.filter(({ sha }) => ids.has(sha));
  return wrote.length > 0 ? wrote : change.commits;
}

function whyMeant({ message }: Commit, name: string): string | null {
  const subject = message.split('\n', 1)[0] ?? '';
  const text = message.slice(0, 20_000).toLowerCase();
  if (claimsSame({ message })) return null;
  if (
    new RegExp(`(?<![\\w$])${name.toLowerCase().replaceAll('$', String.raw`\$`)}(?![\\w$])`).test(
      text,
    )
  )
    return `the message names it: "${subject.slice(0, 100)}"`;
  if (!changesBehaviour(message)) return null;
  const words = new Set(text.match(/[a-z]{4,40}/g) ?? []);
  const spoken = distinctive(name).find((word) => [...words].some((one) => alike(one, word)));
  return spoken === undefined
    ? null
    : `the message speaks of "${spoken}": "${subject.slice(0, 100)}"`;
}

function alike(word: string, other: string): boolean {
  const stem = other.slice(0, Math.max(4, other.length - 3));
  return word.startsWith(stem);
}

/** Words of a name that say what it is about: `getInvoiceTotal` gives invoice and total. */
function distinctive(name: string): readonly string[] {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.filter((word) => word.length >= 4 && !common.has(word));
}

const common: ReadonlySet<string> = new Set(
  `
    build check compute convert create data default find format from handle helper
    item items list make name normalize object options parse props resolve should
    string text type update util value values with
  `
    .trim()
    .split(/\s+/),
);

const same =
  /^(?:refactor|chore|style|docs?|build|ci|types?|lint|format|cleanup|clean[- ]up|tidy|rename|move|simplify|extract|reformat|perf)\b|\bno (?:functional|behaviou?r(?:al)?) changes?\b|\bbehaviou?r (?:is |stays |remains )?(?:the same|unchanged|preserved)\b|\bpure refactor/i;

/** The message says that nothing behaves differently. */
function claimsSame({ message }: Pick<Commit, 'message'>): boolean {
  const [subject = ''] = message.split('\n', 1);
  return (
    same.test(subject.replace(/^\[[^\]]{0,40}\]\s*/, '')) ||
    same.test(message.slice(0, 5_000).split('\n').slice(1).join(' '))
  );
}

const different =
  /\b(?:fix(?:e[sd]|ing)?|feat(?:ure)?s?|add(?:s|ed)?|support(?:s|ed)?|allow(?:s|ed)?|change[sd]?|correct(?:s|ed)?|handle[sd]?|improve[sd]?|prevent(?:s|ed)?|reject(?:s|ed)?|drop(?:s|ped)?|remove[sd]?|enable[sd]?|make|bug|breaking|implement(?:s|ed)?|update[sd]?|use|ensure[sd]?|avoid(?:s|ed)?|introduce[sd]?|new)\b/i;

function changesBehaviour(message: string): boolean {
  return different.test(message.slice(0, 5_000));
}

function subjectOf(commit: Commit | undefined): string {
  return (commit?.message.split('\n', 1)[0] ?? '').slice(0, 100);
}
