import type { Suppression } from './finding.ts';
import type { ChangedFile } from './guard.ts';

const pattern =
  /(?:\/\/|#|--|\/\*|\*|<!--|^\s*;|\{\/\*)[^\n]*?\bhallmonitor(?:-|:\s*)ignore\s+([a-z0-9-]+(?:\/[a-z0-9-]+)?(?:\s*,\s*[a-z0-9-]+\/[a-z0-9-]+)*)\s*(?::\s*(.*))?$/i;

/** Longer lines are not written by people, and hold no comment for us. */
const longestLine = 2_000;

/** A comment that asks for silence at a line; without a reason it is not heard, but shown. */
export type Silence = Suppression | 'no-reason';

/** The comment on the finding's line, or on the line above it, that silences this guard. */
export function silenceAt(file: ChangedFile, line: number, guard: string): Silence | null {
  for (const at of [line, line - 1]) {
    const text = file.after?.lines[at - 1];
    const found = text === undefined ? null : silenceIn(text, guard);
    if (found === 'no-reason') return found;
    if (found !== null)
      return { by: 'comment', reason: found.reason, addedHere: file.added.has(at) };
  }
  return null;
}

function silenceIn(text: string, guard: string): { readonly reason: string } | 'no-reason' | null {
  if (text.length > longestLine || !text.includes('hallmonitor')) return null;
  const match = pattern.exec(text.trimEnd());
  if (!match || isQuoted(text)) return null;
  const ids = (match[1] ?? '').split(',').map((id) => id.trim().toLowerCase());
  if (!ids.includes(guard)) return null;
  const reason = (match[2] ?? '').replace(/\s*(?:\*\/\}?|-->)\s*$/, '').trim();
  // A dot or something invisible is no reason.
  return /[\p{L}\p{N}]/u.test(reason) ? { reason } : 'no-reason';
}

const marker = /\/\/|#|--|\/\*|<!--/g;

/** What stands inside a string is data, which the author of a change may not even control. */
function isQuoted(text: string): boolean {
  const asked = text.toLowerCase().lastIndexOf('hallmonitor');
  const start = [...text.slice(0, asked).matchAll(marker)].at(-1)?.index ?? 0;
  const [before, after] = [text.slice(0, start), text.slice(asked)];
  return ['"', "'", '`'].some(
    (quote) => before.split(quote).length % 2 === 0 && after.includes(quote),
  );
}
