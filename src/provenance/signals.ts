import { accountSignals } from './signals-accounts.ts';
import { markerSignals } from './signals-markers.ts';
import type { Claim, Confidence } from './provenance.ts';

/** Where a signal is looked for. `login` is a forge account, by its numeric id, its noreply address or its `[bot]` name. */
export type Where =
  | 'email'
  | 'login'
  | 'name'
  | 'trailer'
  | 'subject'
  | 'body'
  | 'pr-body'
  | 'branch';

export type Matcher =
  | { readonly kind: 'address'; readonly is: string }
  | { readonly kind: 'account'; readonly login: string; readonly ids: readonly number[] }
  /** `anyAddress`: beside anybody's address, otherwise only beside one that is nobody's. `outranks` the address. */
  | {
      readonly kind: 'name';
      readonly shape: RegExp;
      readonly anyAddress: boolean;
      readonly outranks: boolean;
    }
  | { readonly kind: 'text'; readonly shape: RegExp };

/** One row of the signal table: what to look for, where, and how sure it is that an AI tool took part. */
export interface Signal {
  readonly id: string;
  /** Null when the sign says "an AI" without saying which. */
  readonly tool: string | null;
  readonly where: Where;
  readonly match: Matcher;
  readonly confidence: Confidence;
  readonly claim: Claim;
  /** What it claims as co-author of somebody else's commit, when that is something else. */
  readonly asCoAuthor: Claim;
  /** Which public source names it. */
  readonly source: string;
  readonly note: string;
}

/** The whole table. Order is precedence within one place: the first row that matches speaks. */
export const signals: readonly Signal[] = [...accountSignals, ...markerSignals];
