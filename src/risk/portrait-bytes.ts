import type { Change } from '../change/change.ts';
import type { Features, Past, Touch } from '../change/past.ts';
import { featureNames } from './features.ts';
import type { Model } from './model.ts';
import * as packing from './packing.ts';
import type { Pack, Row } from './packing.ts';
import { pastFrom } from './past-from.ts';
import type { PersonTrail } from './person-trail.ts';
import { changesCompared, emptyPortrait, enter, uncountedOf, usualOf } from './portrait.ts';
import type { FileTrail, Landed, Portrait } from './portrait.ts';
import { valuesOf } from './ranking.ts';

/**
 * A portrait as bytes, laid out so that one change's share can be read without reading the rest: tables sorted by
 * key are searched by halving. A check that finds its portrait in the cache pays a few milliseconds for it.
 */
const pieces = 9;
const [head, scores, judged, landedRows, , fileRows, , peopleRows] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;

interface Head {
  readonly model: string;
  readonly changes: number;
  readonly uncounted: number;
  readonly at: number;
  readonly usual: Features | null;
}

/** Packs a portrait. */
export function packPortrait(portrait: Portrait): Uint8Array {
  const { landed } = portrait;
  const first = landed[0]?.order ?? 0;
  const about: Head = {
    model: portrait.model.version,
    changes: landed.length,
    uncounted: uncountedOf(portrait),
    at: landed.at(-1)?.at ?? 0,
    usual: usualOf(portrait),
  };
  const compared = landed.slice(-changesCompared);
  return packing.pack([
    packing.encode(JSON.stringify(about)),
    packing.packNumbers(valuesOf(portrait.scores)),
    packing.packNumbers(compared.flatMap(judgementOf)),
    ...packing.packRows(landed.map(landedRow)),
    ...packing.packRows(sorted([...portrait.files].map((entry) => fileRow(entry, first)))),
    ...packing.packRows(sorted([...portrait.people].map(personRow))),
  ]);
}

const judgementLength = featureNames.length + 1;

/** The score and the features, NaN where there are none. */
function judgementOf({ score, features }: Landed): readonly number[] {
  return [score ?? NaN, ...featureNames.map((name) => features?.[name] ?? NaN)];
}

function landedRow({ sha, at, authors, reviewers, subsystems, files }: Landed): Row {
  return [sha, JSON.stringify([at, authors, reviewers, subsystems, files])];
}

/** Touches as `index:lines`, the index counted from the oldest change in the portrait. */
function fileRow([path, trail]: readonly [string, FileTrail], first: number): Row {
  const touches = trail.marks.map(({ landed, lines }) => `${landed.order - first}:${lines ?? ''}`);
  return [path, touches.join(',')];
}

function personRow([email, { times, folders }]: readonly [string, PersonTrail]): Row {
  return [email, JSON.stringify([times, [...folders]])];
}

function sorted(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Reads one change's past out of packed bytes; null when they were packed for another model or are no portrait. */
export function pastInBytes(bytes: Uint8Array, change: Change, model: Model): Past | null {
  const packed = packing.unpack(bytes, pieces);
  const about = packed === null ? null : headOf(packed, model);
  if (packed === null || about === null) return null;
  const landed = new Map<number, Omit<Touch, 'lines'>>();
  function landedAt(index: number): Omit<Touch, 'lines'> {
    const known = landed.get(index);
    if (known !== undefined) return known;
    const read = touchAt(packed as Pack, index, (about as Head).changes);
    landed.set(index, read);
    return read;
  }
  return pastFrom(change, {
    ...about,
    scores: numbersIn(packed, scores),
    touches: (path) =>
      touchesIn(packing.valueOf(packed, fileRows, path))
        .map(([index, lines]) => ({ ...landedAt(index), lines }))
        .reverse(),
    person: (email) => personIn(packing.valueOf(packed, peopleRows, email)),
  });
}

function headOf(packed: Pack, model: Model): Head | null {
  const about = JSON.parse(packing.textOf(packed, head)) as Head;
  return about.model === model.version ? about : null;
}

function numbersIn(packed: Pack, piece: number): readonly number[] {
  return Array.from({ length: packing.countOf(packed, piece) }, (_, index) =>
    packing.numberAt(packed, piece, index),
  );
}

type Hands = readonly [
  at: number,
  authors: readonly string[],
  reviewers: readonly string[],
  subsystems: readonly string[],
  files: number,
];

function touchAt(packed: Pack, index: number, changes: number): Omit<Touch, 'lines'> {
  const [sha, value] = packing.rowAt(packed, landedRows, index);
  const [at, authors, reviewers] = JSON.parse(value) as Hands;
  return { sha, ago: changes - index, at, authors, reviewers };
}

function touchesIn(value: string | null): readonly (readonly [number, number | null])[] {
  if (value === null || value === '') return [];
  return value.split(',').map((touch) => {
    const middle = touch.indexOf(':');
    const lines = touch.slice(middle + 1);
    return [Number(touch.slice(0, middle)), lines === '' ? null : Number(lines)];
  });
}

function personIn(value: string | null): PersonTrail | undefined {
  if (value === null) return undefined;
  const [times, folders] = JSON.parse(value) as [number[], [string, number][]];
  return { times, folders: new Map(folders) };
}

/** The whole portrait again, to go on from; null when the bytes were packed for another model or are no portrait. */
export function unpackPortrait(bytes: Uint8Array, model: Model): Portrait | null {
  const packed = packing.unpack(bytes, pieces);
  const about = packed === null ? null : headOf(packed, model);
  if (packed === null || about === null) return null;
  const touched = Array.from({ length: about.changes }, () => [] as [FileTrail, number | null][]);
  for (let row = 0; row < packing.rowCount(packed, fileRows); row++) {
    const [path, value] = packing.rowAt(packed, fileRows, row);
    const trail: FileTrail = { path, marks: [], recent: 0 };
    for (const [index, lines] of touchesIn(value)) touched[index]?.push([trail, lines]);
  }
  let portrait = emptyPortrait(model);
  const comparedFrom = Math.max(0, about.changes - changesCompared);
  touched.forEach((touches, index) => {
    for (const [trail] of touches) portrait.files.set(trail.path, trail);
    const trails = touches.map(([trail]) => trail);
    const landed = landedIn(packed, { index, judgement: index - comparedFrom, trails });
    portrait = enter(
      portrait,
      landed,
      touches.map(([, lines]) => lines),
    );
  });
  return portrait;
}

interface Found {
  readonly index: number;
  /** Place among the judgements; negative for older changes. */
  readonly judgement: number;
  readonly trails: readonly FileTrail[];
}

function landedIn(packed: Pack, { index, judgement, trails }: Found): Landed {
  const [sha, value] = packing.rowAt(packed, landedRows, index);
  const [at, authors, reviewers, subsystems, files] = JSON.parse(value) as Hands;
  const numbers = Array.from({ length: judgement < 0 ? 0 : judgementLength }, (_, offset) =>
    packing.numberAt(packed, judged, judgement * judgementLength + offset),
  );
  const [score = NaN, ...values] = numbers;
  const isJudged = !Number.isNaN(score);
  return {
    order: index,
    sha,
    at,
    authors,
    reviewers,
    subsystems,
    files,
    trails,
    score: isJudged ? score : null,
    features: isJudged
      ? (Object.fromEntries(featureNames.map((name, k) => [name, values[k]])) as Features)
      : null,
  };
}
