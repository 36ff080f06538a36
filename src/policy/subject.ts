import type { Severity } from '../guards/guard.ts';

/** A fact that could not be established. It is not false: the policy asks for more because of it. */
export interface Unknown {
  /** Why it is not known, as the end of a sentence: "the history is shallow". */
  readonly unknown: string;
}

/** Whether a fact is missing. */
export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'unknown' in value;
}

/** The answer of a condition. `unknown` asks like `yes` and waives like `no`. */
export type Truth = 'yes' | 'no' | 'unknown';

/** What of a change lies in one area, or the whole of it. Lines are those a reviewer reads. */
export interface Portion {
  /** All touched files, generated ones too. */
  readonly files: number;
  /** Every file of the change is in it, under its old and its new name. False for an empty change. */
  readonly everything: boolean;
  readonly added: number;
  readonly deleted: number;
  /** Added lines by who wrote them; `ai` includes lines that AI and a person wrote together. */
  readonly ai: number;
  readonly human: number;
  readonly unknown: number;
}

/** Somebody as the policy sees them in relation to one change: an author, or one who may review. */
export interface Someone {
  readonly email: string;
  readonly name: string;
  /** Lower case addresses, `@logins` and the name; whatever a policy may call them. */
  readonly ids: ReadonlySet<string>;
  readonly level: number | Unknown;
  readonly teams: readonly string[];
  readonly duties: readonly string[];
  /** Why they may have more names, teams and duties than these; null when this is all. */
  readonly unsure: string | null;
  /** Share (0 to 1) of the changed lines they know, by name of the `who` entry that defines knowing. */
  readonly knows: ReadonlyMap<string, number | Unknown>;
  /** CODEOWNERS names them for at least one changed file. */
  readonly owner: boolean | Unknown;
}

export interface SubjectFinding {
  readonly guard: string;
  readonly severity: Severity;
  readonly fingerprint: string;
}

export interface SubjectService {
  readonly name: string;
  readonly tier: number | null;
}

/** What the change reaches through those who use it. */
export interface SubjectReach {
  /** Services and entry points. */
  readonly names: readonly string[];
  readonly services: readonly SubjectService[];
  /** Why there may be more; null when every user was followed. */
  readonly incomplete: string | null;
}

/** What the policy may ask about AI in the whole change. */
export interface SubjectAi {
  /** There is evidence of AI anywhere: authorship of a line, of a commit, or advice. */
  readonly seen: boolean;
  /** Somebody is known to have written what has no lines to attribute, such as a pure deletion. */
  readonly linesDecide: boolean;
  readonly advised: boolean;
  readonly tools: readonly { readonly tool: string; readonly model: string | null }[];
  /** Ids of the evidence behind it. */
  readonly evidence: readonly string[];
  /** Set when provenance could not be established at all. */
  readonly missing: string | null;
}

/** Everything a policy may ask about one change. Made for one policy, whose areas it is measured against. */
export interface Subject {
  readonly whole: Portion;
  /** By name of the area, or by the pattern itself where a rule gives one in place of a name. */
  readonly areas: ReadonlyMap<string, Portion>;
  /** Why the list of files may be too short; null when it is complete. */
  readonly incomplete: string | null;
  readonly commits: number;
  readonly ai: SubjectAi;
  readonly authors: readonly Someone[] | Unknown;
  readonly riskScore: number | Unknown;
  /** 0 to 100, against this repository's last changes. */
  readonly riskPercentile: number | Unknown;
  /** Findings nobody silenced. */
  readonly findings: readonly SubjectFinding[];
  /** Why there may be more findings than these; null when all was looked at. */
  readonly unfound: string | null;
  readonly services: readonly SubjectService[] | Unknown;
  /** Left out where nobody followed the users: that is unknown, not nothing. */
  readonly reached?: SubjectReach | Unknown;
  /** Name of the branch the change wants to land on. */
  readonly branch: string | Unknown;
  readonly labels: readonly string[] | Unknown;
}

/** Lines a reviewer has to read: added plus deleted. */
export function linesOf(portion: Portion): number {
  return portion.added + portion.deleted;
}

/** A portion with nothing in it. */
export const nothing: Portion = {
  files: 0,
  everything: false,
  added: 0,
  deleted: 0,
  ai: 0,
  human: 0,
  unknown: 0,
};
