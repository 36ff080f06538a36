import type { Change } from '../change/change.ts';
import { attributeFile, witnessOf } from './attribute.ts';
import { linesByAuthorship, toolShares } from './share.ts';
import { strengthOf } from './strength.ts';

/** Who wrote a line. `unknown` is an answer of its own and never counts as human. */
export type Authorship = 'ai' | 'mixed' | 'human' | 'unknown';

export { strengthOf };

export type EvidenceKind = keyof typeof strengthOf;

/** What a piece of evidence claims. `bot` is automation that is neither AI nor human. */
export type Claim = 'ai' | 'mixed' | 'human' | 'unknown' | 'advised' | 'bot';

export type Confidence = 'high' | 'medium' | 'low';

/**
 * What the evidence speaks about: a commit's lines, given lines of one file in that commit, the commits that a
 * merge commit brought in, or everything in the change (of evidence from the environment: what is not committed).
 */
export type Coverage =
  | { readonly kind: 'commit' }
  | { readonly kind: 'merged' }
  | {
      readonly kind: 'lines';
      readonly path: string;
      /** 1-based inclusive, ascending, in the file as of the evidence's commit. */
      readonly ranges: readonly (readonly [number, number])[];
    }
  | { readonly kind: 'change' };

export interface Evidence {
  /** Stable within one judgement, so that lines and rules can refer to it. */
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly claim: Claim;
  readonly tool: string | null;
  readonly model: string | null;
  readonly confidence: Confidence;
  /** Commit it was found on; null for the working tree or the change as a whole. */
  readonly commit: string | null;
  readonly covers: Coverage;
  /** The matched text, shortened, with secrets removed. */
  readonly text: string;
  /** Which row of the signal table, or which note format, says so. */
  readonly source: string;
}

/** A run of added lines with one answer. `from` and `to` are 1-based inclusive lines after the change. */
export interface AuthoredRun {
  readonly from: number;
  readonly to: number;
  readonly authorship: Authorship;
  readonly tool: string | null;
  readonly model: string | null;
  /** Ids of the evidence that decided; of unknown lines, what else speaks about them (bots, advice). */
  readonly evidence: readonly string[];
  /** True when evidence of the same strength, or a weaker one, says otherwise. */
  readonly disputed: boolean;
}

export interface FileProvenance {
  readonly path: string;
  readonly runs: readonly AuthoredRun[];
  /** True for lock files, generated and vendored files: shown, not counted. */
  readonly generated?: boolean;
}

export interface ToolShare {
  readonly tool: string;
  readonly model: string | null;
  readonly lines: number;
}

export interface Provenance {
  /** Added lines of reviewable files, by answer. */
  readonly lines: Readonly<Record<Authorship, number>>;
  readonly tools: readonly ToolShare[];
  readonly files: readonly FileProvenance[];
  readonly evidence: readonly Evidence[];
  /** An AI gave advice that a person followed. Counts as assisted. */
  readonly advised: boolean;
}

/** Whose lines without evidence a policy lets count as human. */
export interface Trust {
  readonly emails: readonly string[];
  readonly wholeRepository: boolean;
}

export interface AttributeOptions {
  readonly evidence: readonly Evidence[];
  readonly trust: Trust;
}
export type { Change };

/** Says who wrote every added line of a change, from the evidence alone; without evidence a line is unknown. */
export function attribute(change: Change, options: AttributeOptions): Provenance {
  const witness = witnessOf(change.commits, options);
  const files = change.files.map((file) => ({
    path: file.path,
    runs: attributeFile(file, witness),
    generated: file.generated !== null,
  }));
  const counted = files.filter(({ generated }) => !generated).flatMap(({ runs }) => runs);
  return {
    lines: linesByAuthorship(counted),
    tools: toolShares(counted),
    files,
    evidence: options.evidence,
    advised: options.evidence.some(({ claim }) => claim === 'advised'),
  };
}
