import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Answer, PublishedVersion } from '../../guards/dependencies/registry.ts';
import type { Asked } from './asked.ts';
import { isFields, textOf } from './speaker.ts';
import type { Fields } from './speaker.ts';

/** Seconds an answer is good for. A name that nobody has yet may be taken at any time. */
const goodFor = { known: 6 * 3_600, absent: 600 } as const;

/** Answers kept on the disk, so that the same question leaves the machine once in some hours. */
export interface Kept {
  readonly read: (asked: Asked, now: number) => Answer | null;
  readonly write: (asked: Asked, answer: Answer, now: number) => void;
}

/** Opens the folder of answers that one address gave. Every failure of the disk means: not kept. */
export function openKept(folder: string, address: string): Kept {
  return {
    read(asked, now) {
      try {
        return fresh(JSON.parse(readFileSync(placeOf(folder, address, asked), 'utf8')), now);
      } catch {
        return null; // Never asked, cut short, or not readable: it is asked again.
      }
    },
    write(asked, answer, now) {
      if (answer.kind === 'not-asked') return;
      const place = placeOf(folder, address, asked);
      const draft = `${place}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(draft, JSON.stringify(written(answer, now)));
        renameSync(draft, place);
      } catch {
        rmSync(draft, { force: true }); // A full or read-only disk: the next run asks again.
      }
    },
  };
}

function placeOf(folder: string, address: string, { registry, name, version }: Asked): string {
  const key = createHash('sha256')
    .update(`${address} ${registry} ${name} ${version ?? ''}`)
    .digest('hex');
  return join(folder, `${registry}-${key.slice(0, 32)}.json`);
}

function written(answer: Exclude<Answer, { kind: 'not-asked' }>, at: number): object {
  return answer.kind === 'absent'
    ? { at, kind: 'absent' }
    : { at, ...answer, versions: [...answer.versions] };
}

function fresh(value: unknown, now: number): Answer | null {
  if (!isFields(value) || typeof value['at'] !== 'number') return null;
  const age = now - value['at'];
  const { kind } = value;
  if ((kind !== 'known' && kind !== 'absent') || age < 0 || age > goodFor[kind]) return null;
  if (kind === 'absent') return { kind };
  const listed: readonly unknown[] = Array.isArray(value['versions']) ? value['versions'] : [];
  const versions = new Map(
    listed.flatMap((entry) => {
      const [name, fields]: readonly unknown[] = Array.isArray(entry) ? entry : [];
      return typeof name === 'string' && isFields(fields)
        ? [[name, versionOf(fields)] as const]
        : [];
    }),
  );
  return { kind, firstAt: secondsIn(value['firstAt']), latest: textOf(value['latest']), versions };
}

function versionOf(fields: Fields): PublishedVersion {
  return {
    publishedAt: secondsIn(fields['publishedAt']),
    isYanked: fields['isYanked'] === true,
    deprecated: textOf(fields['deprecated']),
    licence: textOf(fields['licence']),
  };
}

function secondsIn(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
