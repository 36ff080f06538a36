import { isAbsolute, relative } from 'node:path';
import type { Repository } from '../outside/git/git.ts';
import { unifiedDiff } from './init-diff.ts';
import { hookMark } from './init-hooks.ts';
import type { Plan, Step } from './init-step.ts';
import { plain, wrap } from './plain.ts';

/** Lines of a file's text or difference that are shown, unless all are asked for. */
const maxShownLines = 12;

/** Of a file like one above, so many of the lines that come are shown. */
const maxTellingLines = 2;

/** The plan as the person reads it before saying yes: each file with its difference or its first lines. */
export function planText(
  { steps, kept }: Plan,
  repository: Repository,
  { verbose = false }: { readonly verbose?: boolean } = {},
): string {
  const parts = steps.map((step, at) => {
    const before = steps.slice(0, at);
    const like = before.some((one) => sortOf(one) === sortOf(step));
    const shape = verbose ? 'whole' : like ? 'telling' : 'first';
    const lines = step.why === before.at(-1)?.why ? [] : wrap(step.why, 70).map(indented);
    return [head(step, repository), ...lines, ...shaped(contentOf(step), shape), ''];
  });
  const lines = [
    ...parts.flat(),
    ...kept.map(({ path, why }) => `  keep    ${shown(path, repository)}  (${why})`),
  ];
  return steps.length === 0
    ? ['Nothing to do: everything is in place.', ...lines].join('\n')
    : ['This is what init will do:', '', ...lines, ...(verbose ? [] : [hint])].join('\n');
}

const hint = 'To see every line first: hallmonitor init --dry-run --verbose';

function head(step: Step, repository: Repository): string {
  if (step.kind === 'move') {
    return `  move    ${shown(step.from, repository)} to ${shown(step.to, repository)}`;
  }
  const verb = step.kind === 'merge' && step.before !== null ? 'change' : 'write ';
  return `  ${verb}  ${shown(step.path, repository)}`;
}

/** Files of one sort resemble each other, so that the first of them stands for all. */
function sortOf(step: Step): string {
  if (step.kind === 'move') return step.to;
  if (step.kind === 'merge') return 'agent';
  return step.text.includes(hookMark) ? 'git hook' : step.path;
}

/** What is written, as the lines of a difference; nothing of what is secret or only moved. */
function contentOf(step: Step): readonly string[] {
  if (step.kind === 'move' || (step.kind === 'write' && step.secret === true)) return [];
  if (step.kind === 'merge' && step.before !== null) return unifiedDiff(step.before, step.text);
  return step.text
    .trimEnd()
    .split('\n')
    .map((line) => `+ ${line}`);
}

function shaped(lines: readonly string[], shape: 'whole' | 'first' | 'telling'): readonly string[] {
  const some = shape === 'telling' ? tellingLines(lines) : lines.slice(0, maxShownLines);
  const chosen = shape === 'whole' ? lines : some;
  const rest = lines.length - chosen.length;
  return [
    ...chosen.map((line) => indented(shownLine(line))),
    ...(rest > 0 ? [indented(`… ${rest} more ${rest === 1 ? 'line' : 'lines'}`)] : []),
  ];
}

/** What goes, and the first of the lines that call us. */
function tellingLines(lines: readonly string[]): readonly string[] {
  const going = lines.filter((line) => line.startsWith('-')).slice(0, maxShownLines);
  const calling = lines
    .filter((line) => line.startsWith('+') && callsUs.test(line))
    .slice(0, maxTellingLines);
  return [...going, ...calling];
}

const callsUs = /hook\.sh"? [a-z$]|hallmonitor-hook|--agent |\/hook\/|gate [a-z]+-/;

function indented(line: string): string {
  return `          ${line}`;
}

/** A path as short as it can be said. */
export function shown(path: string, { workTree, gitDir }: Repository): string {
  if (!isAbsolute(path)) return plain(path);
  const short = relative(workTree ?? gitDir, path);
  return plain(short.startsWith('..') ? path : short);
}

/** A line of a file, without the secret that the address of a gate holds. */
function shownLine(line: string): string {
  return plain(line.replaceAll('\t', '    ')).replace(
    /(\/hook\/[a-z-]{1,30}\/)[\w-]{16,200}/,
    '$1…',
  );
}
