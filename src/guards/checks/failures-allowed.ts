import type { ChangedFile } from '../guard.ts';
import { checkOf } from './ci-file.ts';
import type { Opening } from './opening.ts';

const allows =
  /^(\s*)(?:-\s+)?(continue-on-error|continueOnError|allow_failure|allow_failures|soft_fail|allowFailure|ignore_failure)\s*:\s*(true|yes|'true'|"true")\s*(?:#.*)?$/i;
const never =
  /^(\s*)(?:-\s+)?(?:if|when|condition)\s*:\s*["']?(?:\$\{\{\s*)?(?:false|never)(?:\s*\}\})?["']?\s*(?:#.*)?$/;

/** Jobs and steps that were there before and may now fail, or never run, without stopping anything. */
export function failuresAllowed(file: ChangedFile): readonly Opening[] {
  const { after, change } = file;
  if (after === null) return [];
  const { lines } = after;
  return change.hunks.flatMap(({ removed, added, newStart }) =>
    added.flatMap((text, index) => {
      const allow = allows.exec(text);
      const off = allow === null ? never.exec(text) : null;
      const match = allow ?? off;
      if (match === null || removed.some((old) => allows.test(old) || never.test(old))) return [];
      const line = newStart + index;
      const block = blockAround(lines, line, match[1]?.length ?? 0);
      if (block === null || file.added.has(block.from)) return [];
      const kind = kindOf(lines.slice(block.from - 1, block.to));
      const says = `lets ${block.name} ${allow === null ? 'never run' : 'fail without stopping anything'}${kind === null ? '' : `, which runs the ${kind}`}`;
      const mild = kind === null ? { severity: 'note' as const, confidence: 0.4 } : {};
      return [{ line, says, subject: `${block.name} ${text.trim()}`, ...mild }];
    }),
  );
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** Lines of a job or step we look through. */
const longestBlock = 200;

// The entry that a setting belongs to: the next line above that stands further out, and all below it that does not.
function blockAround(lines: readonly string[], line: number, indent: number): Block | null {
  let from = line - 1;
  while (from > 0 && line - from < longestBlock && !isOutside(lines[from - 1] ?? '', indent))
    from -= 1;
  if (from <= 0 || line - from >= longestBlock) return null;
  let to = line;
  while (to < lines.length && to - line < longestBlock && !isOutside(lines[to] ?? '', indent))
    to += 1;
  const head = (lines[from - 1] ?? '').trim();
  const named = lines
    .slice(from - 1, to)
    .map(
      (text) =>
        /^\s*(?:-\s+)?(?:name|id|task|label)\s*:\s*["']?(.{1,60}?)["']?\s*$/.exec(text)?.[1],
    )
    .find((name) => name !== undefined);
  const key = /^["']?([\w ./-]{1,60})["']?\s*:\s*$/.exec(head)?.[1];
  return {
    from,
    to,
    name:
      key === undefined ? `step ${named ?? head.replace(/^-\s*/, '').slice(0, 40)}` : `job ${key}`,
  };
}

function isOutside(text: string, indent: number): boolean {
  return text.trim() !== '' && text.length - text.trimStart().length < indent;
}

function kindOf(lines: readonly string[]): string | null {
  for (const text of lines) {
    const kind = checkOf(text);
    if (kind !== null) return kind;
  }
  const title = lines.slice(0, 3).join(' ').toLowerCase();
  if (/\btests?\b|\bspec\b|\be2e\b/.test(title)) return 'tests';
  return /\blint|\btype-?check|\baudit\b|\bsecurity\b|\bcoverage\b/.test(title) ? 'checks' : null;
}
