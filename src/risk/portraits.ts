import type { Change } from '../change/change.ts';
import type { Past, PastChange } from '../change/past.ts';
import { defaultModel } from './default-model.ts';
import { packPortrait, pastInBytes, unpackPortrait } from './portrait-bytes.ts';
import {
  changesCompared,
  changesRemembered,
  emptyPortrait,
  pastOf,
  portrayNext,
} from './portrait.ts';
import type { Portrait } from './portrait.ts';

/** Everything that can be done with portraits of one kind: what the edge is handed to keep and feed them. */
export interface Portraits {
  /** Portraits of another version are of no use. */
  readonly version: string;
  /** How many changes a portrait is drawn from, and in how many of the last ones the lines must be counted. */
  readonly changes: number;
  readonly counted: number;
  readonly empty: () => Portrait;
  readonly next: (portrait: Portrait, change: PastChange) => Portrait;
  readonly past: (change: Change, portrait: Portrait) => Past;
  readonly pack: (portrait: Portrait) => Uint8Array;
  /** Null when the bytes are no portrait of this version. */
  readonly unpack: (bytes: Uint8Array) => Portrait | null;
  readonly pastInBytes: (change: Change, bytes: Uint8Array) => Past | null;
}

const layout = 1;

/** Portraits by the default model. */
export const portraits: Portraits = {
  version: `${layout}-${defaultModel.kind}-${defaultModel.version}`,
  changes: changesRemembered,
  counted: changesCompared,
  empty: () => emptyPortrait(defaultModel),
  next: portrayNext,
  past: pastOf,
  pack: packPortrait,
  unpack: (bytes) => unpackPortrait(bytes, defaultModel),
  pastInBytes: (change, bytes) => pastInBytes(bytes, change, defaultModel),
};
