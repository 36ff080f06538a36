import type { Replacement } from '../../../suggestion/event.ts';

/** Blocks of one text; a text with more is not read. */
const blockLimit = 2_000;

/** Reads Cline's blocks of text to find and text to put there; null when the text has none or too many. */
export function readSearchReplace(diff: string): readonly Replacement[] | null {
  const found: Replacement[] = [];
  let part: 'none' | 'old' | 'new' = 'none';
  let [old, now]: [string[], string[]] = [[], []];
  const keep = (): void => {
    found.push({ old: joined(old), new: joined(now), all: false });
  };
  for (const raw of diff.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (opens.test(line)) {
      if (part === 'new') keep();
      [part, old, now] = ['old', [], []];
    } else if (part === 'old' && parts.test(line)) part = 'new';
    else if (part === 'new' && closes.test(line)) {
      keep();
      part = 'none';
    } else if (part === 'old') old.push(line);
    else if (part === 'new') now.push(line);
  }
  // A block that was never closed is still written by the agent.
  if (part === 'new') keep();
  return found.length === 0 || found.length > blockLimit ? null : found;
}

function joined(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

const opens = /^[-<]{3,20} ?SEARCH>?\s*$/;
const parts = /^={3,20}\s*$/;
const closes = /^[+>]{3,20} ?REPLACE>?\s*$/;
