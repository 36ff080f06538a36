import { isAbsolute, relative } from 'node:path';
import type { Repository } from '../outside/git/git.ts';
import { unifiedDiff } from './init-diff.ts';
import type { Plan, Step } from './init-step.ts';
import { plain, wrap } from './plain.ts';

/** Lines of a new file shown in the plan; the file itself has the rest. */
const maxShownLines = 12;

/** The plan as the person reads it before saying yes: each file with its difference or its first lines. */
export function planText({ steps, kept }: Plan, repository: Repository): string {
  const lines = [
    ...steps.flatMap((step) => stepLines(step, repository)),
    ...kept.map(({ path, why }) => `  keep    ${shown(path, repository)}  (${why})`),
  ];
  return steps.length === 0
    ? ['Nothing to do: everything is in place.', ...lines].join('\n')
    : ['This is what init will do:', '', ...lines].join('\n');
}

function stepLines(step: Step, repository: Repository): readonly string[] {
  if (step.kind === 'move') {
    return [
      `  move    ${shown(step.from, repository)} to ${shown(step.to, repository)}`,
      `          ${step.why}`,
      '',
    ];
  }
  if (step.kind === 'merge' && step.before !== null)
    return mergeLines(step, step.before, repository);
  if (step.kind === 'write' && step.secret === true) {
    return [`  write   ${shown(step.path, repository)}`, `          ${step.why}`, ''];
  }
  const lines = step.text.trimEnd().split('\n');
  const rest = lines.length - maxShownLines;
  return [
    `  write   ${shown(step.path, repository)}`,
    ...wrap(step.why, 70).map((line) => `          ${line}`),
    ...lines.slice(0, maxShownLines).map((line) => `          + ${shownLine(line)}`),
    ...(rest > 0 ? [`          + … ${rest} more lines`] : []),
    '',
  ];
}

function mergeLines(
  { path, text, why }: Extract<Step, { kind: 'merge' }>,
  before: string,
  repository: Repository,
): readonly string[] {
  return [
    `  change  ${shown(path, repository)}`,
    ...wrap(why, 70).map((line) => `          ${line}`),
    ...unifiedDiff(before, text).map((line) => `          ${shownLine(line)}`),
    '',
  ];
}

/** A path as short as it can be said. */
export function shown(path: string, { workTree, gitDir }: Repository): string {
  if (!isAbsolute(path)) return plain(path);
  const short = relative(workTree ?? gitDir, path);
  return plain(short.startsWith('..') ? path : short);
}

/** A line of a file, without the secret that the address of a gate holds. */
function shownLine(line: string): string {
  return plain(line).replace(/(\/hook\/[a-z-]{1,30}\/)[\w-]{16,200}/, '$1…');
}
