import type { ChangedFile, Scene } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { checkKinds, checkOf, isCiFile, isScriptFile } from './ci-file.ts';
import type { Opening } from './opening.ts';

/** Checks that CI ran before and runs nowhere any more: the step is gone, not renamed, moved or exchanged for another tool. */
export function checksGone(file: ChangedFile, scene: Scene): readonly Opening[] {
  const { before, after, change } = file;
  if (before === null || change.status === 'renamed' || !isCiFile(file)) return [];
  const found: Opening[] = [];
  for (const { removed, oldStart } of change.hunks) {
    removed.forEach((text, index) => {
      const kind = checkOf(text);
      if (kind === null || found.some(({ subject }) => subject === kind)) return;
      if (after !== null && runs(kind, after.lines)) return;
      if (runsInChange(kind, file, scene)) return;
      found.push(opening(file, { kind, text, line: oldStart + index }, scene));
    });
  }
  return found;
}

function runs(kind: string, lines: readonly string[]): boolean {
  const word = wordsOf[kind];
  return lines.some(
    (text) =>
      checkOf(text) === kind ||
      // A reusable workflow or action, a script or a task that is named after the check.
      (word !== undefined && text.length < 1_000 && !/^\s*#/.test(text) && word.test(text)),
  );
}

const wordsOf: Readonly<Record<string, RegExp>> = {
  tests:
    /\b(?:uses|run|script|include|extends|command|sh|template|-)\s*:?.*\b(?:tests?|ci|verify|check|validate|make|all|build)\b/i,
  lint: /\b(?:uses|run|script|include|extends|command|sh|template|-)\s*:?.*\b(?:lint\w*|ci|verify|check\w*|validate|format\w*|make|all|prek|pre-commit|biome|ruff)\b/i,
  'type checks':
    /\b(?:uses|run|script|include|extends|command|sh|template|-)\s*:?.*\b(?:types?|ci|verify|check\w*|validate|lint|make|all|build|tsc|ty|pyrefly)\b/i,
  'security checks':
    /\b(?:uses|run|script|include|extends|command|sh|template|-)\s*:?.*\b(?:scan\w*|audit\w*|security|codeql|sast|analy[sz]e\w*|ci|verify|check\w*|all)\b/i,
};

// Somewhere else in the change the same check runs from now on.
function runsInChange(kind: string, gone: ChangedFile, scene: Scene): boolean {
  return scene.files.some(
    (file) =>
      file !== gone &&
      file.after !== null &&
      (isCiFile(file) || isScriptFile(file)) &&
      file.change.hunks.some(({ added }) => added.some((text) => checkOf(text) === kind)),
  );
}

interface Gone {
  readonly kind: string;
  readonly text: string;
  readonly line: number;
}

function opening(file: ChangedFile, { kind, text, line }: Gone, scene: Scene): Opening {
  const command = text
    .trim()
    .replace(/^(?:-\s+)?(?:run|script|command)\s*:\s*/, '')
    .slice(0, 60);
  const isDeleted = file.after === null;
  const elsewhere = isDeleted ? elsewhereIn(file, kind, scene) : delegated(file);
  return {
    line: isDeleted ? line : lineAfter(file, line),
    says: isDeleted
      ? `deletes the CI file that ran the ${kind} (\`${command}\`)`
      : `no longer runs the ${kind} here (\`${command}\`)`,
    subject: kind,
    ...(elsewhere === 'no' && kind === 'tests' ? {} : { severity: 'note', confidence: 0.4 }),
  };
}

// A workflow of somebody else's, called in its place, may run it there.
function delegated({ change }: ChangedFile): 'no' | 'maybe' {
  const calls =
    /^\s*(?:-\s+)?uses:\s*[\w.-]+\/[\w.-]+\/\.github\/workflows\/|^\s*(?:-\s+)?(?:project|component):/;
  return change.hunks.some(({ added }) => added.some((text) => calls.test(text))) ? 'maybe' : 'no';
}

// A whole file that goes often leaves its work to a sister that the change does not touch.
function elsewhereIn(file: ChangedFile, kind: string, scene: Scene): 'no' | 'maybe' {
  const hits = scene.search?.(wordOf(kind)) ?? null;
  if (hits === null) return 'maybe';
  return hits.some(
    ({ path, text }) =>
      path !== file.path && isCiFile({ path } as ChangedFile) && checkOf(text) !== null,
  )
    ? 'maybe'
    : 'no';
}

function wordOf(kind: string): string {
  const word = { tests: 'test', lint: 'lint', 'type checks': 'tsc', 'security checks': 'audit' }[
    kind
  ];
  return word ?? checkKinds[0]?.[0] ?? kind;
}
