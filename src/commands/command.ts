/**
 * A shell command as data: what was typed, what it would run, and what is said about it. Nothing here is ever run;
 * everything comes from an agent and is not believed to be well meant.
 */
import type { Gap } from '../change/change.ts';

/** Reads a script; null when it is too large or not understood at all. Never throws. */
export type ShellParser = (text: string) => Script | null;

export interface Script {
  readonly commands: readonly Command[];
  /** False when the parser met something it did not understand; what it did understand is still here. */
  readonly complete: boolean;
}

/** One word before expansion. */
export interface Word {
  readonly pieces: readonly Piece[];
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'brace'; readonly choices: readonly string[] }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly quoted: boolean;
      /** `$@`, `${list[@]}`: each element is its own word. */
      readonly all: boolean;
      /** False when the value is changed on the way, as in `${name%.txt}`. */
      readonly plain: boolean;
      /** Scripts inside the expansion, which run as well. */
      readonly scripts: readonly Script[];
    }
  | { readonly kind: 'output'; readonly script: Script | null; readonly quoted: boolean }
  /** `<(…)` and `>(…)`: the word is a file that another script fills or drinks. */
  | { readonly kind: 'process'; readonly script: Script | null }
  /** Arithmetic and whatever else has no value we compute. */
  | { readonly kind: 'computed'; readonly scripts: readonly Script[] };

export interface Assignment {
  readonly name: string;
  readonly append: boolean;
  /** What stands in brackets behind the name; substitutions in it run. */
  readonly index: Word | null;
  readonly values: readonly Word[];
}

export type Redirect =
  | {
      readonly kind: 'file';
      readonly operator: string;
      readonly descriptor: number | null;
      readonly target: Word;
    }
  | { readonly kind: 'text'; readonly body: Word };

export type Command =
  | {
      readonly kind: 'simple';
      readonly assignments: readonly Assignment[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'pipeline'; readonly commands: readonly Command[] }
  | { readonly kind: 'list'; readonly commands: readonly Command[] }
  | {
      readonly kind: 'group';
      /** What it changes in the shell is gone afterwards. */
      readonly subshell: boolean;
      readonly commands: readonly Command[];
      readonly redirects: readonly Redirect[];
    }
  /** One of several ways is taken: `if`, `case`. */
  | {
      readonly kind: 'branches';
      readonly first: readonly Command[];
      readonly ways: readonly (readonly Command[])[];
    }
  | {
      readonly kind: 'loop';
      readonly variable: string | null;
      /** Null when the loop is over something other than a list of words. */
      readonly over: readonly Word[] | null;
      readonly commands: readonly Command[];
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command };

/** Stands for every part of a text that is only known when the command runs. */
export const hole = '\uE000';

/** Text that flows into a program, and the programs it came from. */
export interface Feed {
  readonly text: string;
  /** False when the text is only what may be in it, as behind `grep`. */
  readonly exact: boolean;
  readonly from: readonly Run[];
}

/** One program that the command would start, after expansion, with all wrappers taken off. */
export interface Run {
  /** Without folder and `.exe`, lower case; holds `hole` when it is not known. */
  readonly name: string;
  /** As it was written, with its folder. */
  readonly path: string;
  readonly args: readonly string[];
  /** Variables set for it. */
  readonly env: ReadonlyMap<string, string>;
  /** Absolute; null when it is not known. */
  readonly cwd: string | null;
  /** On another machine or in a container, where our paths mean nothing. */
  readonly elsewhere: boolean;
  readonly stdin: Feed | null;
  /** What `<(…)` words of it give. */
  readonly feeds: readonly Feed[];
  readonly redirects: readonly { readonly operator: string; readonly path: string }[];
}

/** What is known about the place where a command would run. */
export interface Place {
  readonly shell: 'posix' | 'powershell' | 'unknown';
  /** Absolute. */
  readonly cwd: string;
  /** Absolute root of the repository. */
  readonly top: string;
  readonly home: string;
  readonly parse: ShellParser;
  /** Names, or patterns with `*`. */
  readonly protectedBranches: readonly string[];
  readonly currentBranch: string | null;
  /** A file's text, or null when there is none or it may not be read. */
  readonly read: (absolutePath: string) => string | null;
  /** Where a path really leads when all links are followed; absent, nobody can tell. */
  readonly real?: (absolutePath: string) => string;
}

/** Something that a command would destroy, give away or switch off. */
export interface Danger {
  /** Such as `commands/database-drop`. */
  readonly rule: string;
  readonly decision: 'deny' | 'ask';
  /** What the command does; safe to show. */
  readonly says: string;
  readonly loses: string;
  /** What the agent should do instead. */
  readonly instead: string;
}

/** One step of an in-place edit by sed or perl. */
export interface StreamEdit {
  readonly kind: 'substitute' | 'delete';
  /** What is looked for; null when lines are meant by number. */
  readonly find: string | null;
  /** True when `find` has no pattern characters and stands for itself. */
  readonly literal: boolean;
  readonly put: string;
  readonly all: boolean;
  /** First and last line (1-based) that it is about; null for all. */
  readonly lines: readonly [number, number] | null;
}

/** What a command would do to a file. Paths are absolute where the working folder is known. */
export type FileWrite =
  | { readonly kind: 'write'; readonly path: string; readonly content: string }
  | { readonly kind: 'append'; readonly path: string; readonly content: string }
  | {
      readonly kind: 'replace-by-sed';
      readonly path: string;
      readonly edits: readonly StreamEdit[];
    }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string }
  | {
      readonly kind: 'copy';
      readonly path: string;
      readonly to: string;
      /** A link takes nothing along; `contents` is what lies in a folder, without the folder itself. */
      readonly form?: 'link' | 'contents';
    }
  /** Paths in the patch start at `cwd`; `strip` leading parts of them do not count. */
  | {
      readonly kind: 'patch';
      readonly form: 'begin-patch' | 'unified';
      readonly text: string;
      readonly cwd: string | null;
      readonly strip: number;
    }
  /** Something is written, and all we have are texts that may be part of it. A null path is not known. */
  | {
      readonly kind: 'unknown';
      readonly path: string | null;
      readonly fragments: readonly string[];
    };

export interface CommandJudgement {
  readonly dangers: readonly Danger[];
  /** In the order in which they would happen. */
  readonly writes: readonly FileWrite[];
  /** Files that the command runs as programs, absolute where that is known. */
  readonly scripts: readonly string[];
  readonly gaps: readonly Gap[];
  /** True only when every program in it is known to change nothing. */
  readonly readOnly: boolean;
}
