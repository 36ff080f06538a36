import type { SgNode } from '@ast-grep/napi';
import type { FileChange, Gap } from '../change/change.ts';
import type { Answers } from './dependencies/registry.ts';

/** `block` stops a change, `warn` asks for a look, `note` informs. */
export type Severity = 'block' | 'warn' | 'note';

export type Language =
  | 'typescript'
  | 'tsx'
  | 'javascript'
  | 'python'
  | 'go'
  | 'java'
  | 'kotlin'
  | 'ruby'
  | 'csharp'
  | 'php'
  | 'rust'
  | 'sql'
  | 'terraform'
  | 'yaml'
  | 'json'
  | 'toml'
  | 'dotenv'
  | 'properties'
  | 'dockerfile'
  | 'graphql'
  | 'protobuf'
  | 'shell'
  | 'markdown'
  | 'other';

/** A syntax tree as ast-grep gives it. */
export type Tree = SgNode;

/** One side of a file, parsed on first use and kept. Each reader gives null when it could not parse. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** Lines without their line ends; `lines[0]` is line 1. */
  readonly lines: readonly string[];
  readonly language: Language;
  /** Root of the syntax tree: null for languages without one. */
  readonly tree: () => Tree | null;
}

/** A changed file as guards see it. */
export interface ChangedFile {
  readonly change: FileChange;
  readonly path: string;
  readonly language: Language;
  readonly before: Source | null;
  readonly after: Source | null;
  /** 1-based lines after the change that it added, and lines before the change that it removed. */
  readonly added: ReadonlySet<number>;
  readonly removed: ReadonlySet<number>;
  /** True for files that hold tests, by path and name. */
  readonly isTest: boolean;
}

/** A line of a file after the change in which a word stands. */
export interface Mention {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Finds a whole word in the files after the change, a limited number of lines; null where that is not possible. */
export type Search = (word: string) => readonly Mention[] | null;

/** The whole change, for guards that must know whether a thing reappears elsewhere. */
export interface Scene {
  readonly files: readonly ChangedFile[];
  readonly parsers: Parsers;
  /** A file of the tree after the change that the change did not touch; null when absent or not readable. */
  readonly readAfter: (path: string) => string | null;
  /** Absent where nobody can search. */
  readonly search?: Search;
  /** What registries say of the packages the change asks for; absent where nobody allowed to ask. */
  readonly registry?: Answers;
  /** Where a guard says what it could not examine; saying it twice does no harm. */
  readonly report: (gap: Gap) => void;
}

export type SqlDialect = 'postgresql' | 'mysql' | 'other';

/** One SQL statement with its place. */
export interface SqlStatement {
  /** 1-based line where the statement starts (leading blanks and comments skipped), and where it ends. */
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  /** The statement's node as libpg-query gives it, such as `{ AlterTableStmt: … }`; null when not understood. */
  readonly node: Readonly<Record<string, unknown>> | null;
}

/** A Terraform block: `resource "aws_db_instance" "main" { … }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
  readonly endLine: number;
  /** Attributes with their text and line; nested blocks by name. */
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclAttribute {
  readonly name: string;
  /** The literal when it is one, otherwise the expression's source text. */
  readonly value: string | number | boolean | null;
  readonly literal: boolean;
  readonly line: number;
}

/** What guards need from parsers; loaded at the edge, only those the change needs. Null: could not parse. */
export interface Parsers {
  readonly tree: (language: Language, text: string) => Tree | null;
  readonly sql: (text: string) => readonly SqlStatement[] | null;
  readonly hcl: (text: string) => readonly HclBlock[] | null;
  /** Parsers that could not be loaded on this machine. */
  readonly gaps?: readonly Gap[];
}

/** One place where a guard saw its fault. */
export interface Sighting {
  readonly path: string;
  /** 1-based, in the file after the change; for something that only went away, the nearest line that stayed. */
  readonly line: number;
  readonly endLine?: number;
  /** One sentence without the path: "drops column coupon of orders". */
  readonly says: string;
  /** The code the fault is about, for the fingerprint: survives line shifts. Secrets must not be put here. */
  readonly subject: string;
  /** Overrides of the guard's own values, where one sighting is milder or surer than another. */
  readonly severity?: Severity;
  readonly confidence?: number;
  readonly fix?: string;
  readonly breaks?: string;
}

/** An example that must fire (`caught`) or stay quiet (`passed`): files before and after. */
export interface Example {
  readonly name: string;
  readonly before?: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** What registries say in it, for guards that read their answers. */
  readonly registry?: Answers;
}

/** An incident that somebody wrote about in public. */
export interface Outage {
  /** What happened, one or two sentences: who, when, what stood still. */
  readonly says: string;
  /** Where it can be read. */
  readonly source: string;
}

/** A deterministic, diff-aware check for one class of fault. */
export interface Guard {
  /** Shelf and name, equal to the file's path under `guards/`. */
  readonly id: string;
  /** Of an ordinary sighting. */
  readonly severity: Severity;
  /** Of its gravest sighting, where that is graver. */
  readonly gravest?: Severity;
  /** What is protected, in a few words: "data in production tables". */
  readonly protects: string;
  /** What breaks in production and how, one sentence. */
  readonly breaks: string;
  /** How to fix it, one sentence. */
  readonly fix: string;
  /** Languages it can see; the guard is asked only about changes that touch one of them. */
  readonly languages: readonly Language[] | 'any';
  readonly cwe: readonly number[];
  /** A public incident that this guard, had it been there, would have told of. */
  readonly outage?: Outage;
  /** 0 to 1: how sure an ordinary sighting is. */
  readonly confidence: number;
  /** True when the guard wants generated, vendored and lock files too. */
  readonly readsGenerated?: boolean;
  readonly caught: readonly Example[];
  readonly passed: readonly Example[];
  readonly look: (scene: Scene) => readonly Sighting[];
  /** What the guard would have to know and cannot, such as an answer of a registry: it is told as "not checked". */
  readonly gaps?: (scene: Scene) => readonly Gap[];
}

/** Declares a guard; the identity function, so that the object is checked where it is written. */
export function guard(definition: Guard): Guard {
  return definition;
}
