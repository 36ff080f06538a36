import type { ChangedFile } from '../guard.ts';

/** A name that stood for one value and now stands for another, in any language that writes `name = value`. */
export interface Replaced {
  readonly key: string;
  readonly was: string;
  readonly now: string;
  /** 1-based, after the change. */
  readonly line: number;
  readonly text: string;
}

/** A name and its value on one line. */
export interface Written {
  readonly key: string;
  readonly value: string;
}

/** Longer lines are generated or hold keys. */
const longestLine = 1_000;

const assigned =
  /^\s*(?:[-*]\s+)?(?:(?:export|const|let|var|val|final|static|public|private|protected|readonly|ENV|ARG|set|define|int|long|double|float|bool|boolean|String|Duration)\s+)*["'`]?(--?)?([\w@$][\w.$@/-]*)["'`]?\s*(?:\(|:\s*[\w<>[\]| ]{1,30}=|:=|=>|[=:])\s*(\S.*)$/;
const tagged = /^\s*<([\w.-]+)>\s*([^<]*?)\s*<\/\1>/;

/** The name and value a line sets; null when it sets none. Ends such as commas and comments are taken off. */
export function writtenIn(text: string): Written | null {
  if (text.length > longestLine) return null;
  const tag = tagged.exec(text);
  if (tag) return { key: tag[1] ?? '', value: tag[2] ?? '' };
  const [, , key, rest] = assigned.exec(text) ?? [];
  if (key === undefined || rest === undefined) return null;
  return { key, value: bare(rest) };
}

function bare(rest: string): string {
  const quoted = /^(["'`])([^"'`]*)\1/.exec(rest);
  if (quoted) return quoted[2] ?? '';
  return rest
    .replace(/\s+(?:#|\/\/).*$/, '')
    .replace(/[,;)\s]+$/, '')
    .trim();
}

/** Names whose value a change replaces in place: the same name on a removed and an added line of one hunk. */
export function replacedIn({ change }: ChangedFile): readonly Replaced[] {
  return change.hunks.flatMap(({ removed, added, newStart }) => {
    if (removed.length === 0 || added.length === 0) return [];
    const old = new Map<string, string[]>();
    for (const text of removed) {
      const one = writtenIn(text);
      if (one !== null) old.set(one.key, [...(old.get(one.key) ?? []), one.value]);
    }
    return added.flatMap((text, index) => {
      const one = writtenIn(text);
      // A name that stands several times in a hunk is matched in order.
      const was = one === null ? undefined : old.get(one.key)?.shift();
      if (one === null || was === undefined || was === one.value) return [];
      return [{ key: one.key, was, now: one.value, line: newStart + index, text }];
    });
  });
}

/** The number a value is, with its sign; null where it is none. `80%` and `30s` count without their unit. */
export function numberOf(value: string): number | null {
  const match = /^(-?\d[\d_]*(?:\.\d+)?)\s*(?:%|[a-zA-Z]{1,3})?$/.exec(value.trim());
  return match === null ? null : Number((match[1] ?? '').replaceAll('_', ''));
}
