import { hash } from 'node:crypto';
import type { Finding } from '../guards/finding.ts';
import { wasGated, type Author } from './author.ts';
import type { Damage } from './book.ts';
import type { LandedFile } from './landed.ts';

/** Findings of one file and kind that are told one by one; a file with more is told as one. */
const mostPlaces = 20;

/** A finding for each run of lines that came while an agent was at work, in no call that was gated. */
export function ungatedFindings(files: readonly LandedFile[]): readonly Finding[] {
  return files.flatMap(({ path, runs }) => {
    const open = runs.filter(({ author }) => isUngated(author));
    const [first] = open;
    const last = open.at(-1);
    if (first === undefined || last === undefined) return [];
    const told =
      open.length > mostPlaces ? [{ ...first, to: last.to, author: first.author }] : joined(open);
    return told.map(({ from, to, author }) => ungated(path, [from, to], author));
  });
}

function isUngated(author: Author): boolean {
  return author === 'gap' || (author.startsWith('ai:') && !wasGated(author));
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly author: Author;
}

function joined(places: readonly Place[]): readonly Place[] {
  const result: Place[] = [];
  for (const place of places) {
    const last = result.at(-1);
    if (last !== undefined && last.to + 1 === place.from && last.author === place.author)
      result[result.length - 1] = { ...last, to: place.to };
    else result.push(place);
  }
  return result;
}

function ungated(
  path: string,
  [line, endLine]: readonly [number, number],
  author: Author,
): Finding {
  const count = endLine - line + 1;
  const lines = count === 1 ? 'this line' : `these ${count} lines`;
  const message =
    author === 'gap'
      ? `${lines} changed while an agent, or what it left running, was at work, in no call that was gated`
      : `an agent wrote ${lines} in a call that nobody was asked about`;
  return {
    guard: 'coverage/ungated-lines',
    severity: 'warn',
    path,
    line,
    endLine,
    message,
    impact:
      'What an agent writes past its hook was not judged when it was suggested, and nobody can say who wrote it.',
    fix: 'Run hallmonitor doctor to see which calls of the agent reach the hook, and have somebody who knows this code read these lines.',
    confidence: 0.8,
    fingerprint: print(['coverage/ungated-lines', path, `${count}`]),
    suppressed: null,
  };
}

/** A finding for each part of the record that is missing or altered. */
export function damageFindings(damage: readonly Damage[]): readonly Finding[] {
  const once = new Map(damage.map((one) => [`${one.kind}\0${one.what}`, one]));
  return [...once.values()].slice(0, mostPlaces).map(({ kind, what }) => {
    const guard = kind === 'missing' ? 'coverage/record-missing' : 'coverage/record-broken';
    const path = /^[\w./-]+$/.test(what) && what.includes('.') ? what : '.git/hallmonitor';
    return {
      guard,
      severity: 'warn',
      path,
      line: 1,
      endLine: 1,
      message:
        kind === 'missing'
          ? `the record of who wrote what is missing here: ${what}`
          : `the record of who wrote what was altered or damaged: ${what}`,
      impact:
        'Without the record nobody can say which lines an agent wrote, so none counts as written by a person.',
      fix: 'Find out who removed or changed it (hallmonitor record verify), and have somebody who knows this code read the change.',
      confidence: 0.9,
      fingerprint: print([guard, what]),
      suppressed: null,
    };
  });
}

function print(parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 24);
}
