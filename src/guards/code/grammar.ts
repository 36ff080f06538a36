import type { Language } from '../guard.ts';
import { csharp } from './grammars/csharp.ts';
import { go } from './grammars/go.ts';
import { java } from './grammars/java.ts';
import { kotlin } from './grammars/kotlin.ts';
import { php } from './grammars/php.ts';
import { python } from './grammars/python.ts';
import { ruby } from './grammars/ruby.ts';
import { rust } from './grammars/rust.ts';
import { javascript, script } from './grammars/script.ts';

/** What the guards need to know about a language's syntax tree: node kinds by role, as data. */
export interface Grammar {
  /** Functions, methods and closures. */
  readonly functions: readonly string[];
  /** Classes and the like: what gives a method the first part of its name. */
  readonly containers: readonly string[];
  readonly calls: readonly string[];
  /** Statements that guard their first block. */
  readonly tries: readonly string[];
  readonly catches: readonly string[];
  readonly finallies: readonly string[];
  readonly ifs: readonly string[];
  /** Whole `a ? b : c` expressions. */
  readonly ternaries: readonly string[];
  /** Binary expressions, `&&` and comparisons alike. */
  readonly binaries: readonly string[];
  readonly blocks: readonly string[];
  readonly comments: readonly string[];
  readonly strings: readonly string[];
  readonly decorators: readonly string[];
  /** `a.b`. */
  readonly members: readonly string[];
  /** `a[b]`. */
  readonly indexes: readonly string[];
  /** Statements that leave the block: return, throw, continue, break. */
  readonly exits: readonly string[];
  /** Statements or expressions that raise an error, when they begin with `throw` or `raise`. */
  readonly throws: readonly string[];
  /** Places that give a nameless function its name, each with the field that holds it. */
  readonly names: Readonly<Record<string, string>>;
  /** `{ key: value }` written as a literal with named pairs. */
  readonly objects: readonly string[];
  /** Nodes in which a lone name is a statement, and so a call; absent where calls always have brackets. */
  readonly statementsIn?: readonly string[];
  /** Parameters, whose text tells whether a type changed. */
  readonly parameters: readonly string[];
}

const grammars: Readonly<Partial<Record<Language, Grammar>>> = {
  typescript: script,
  tsx: script,
  javascript,
  python,
  go,
  java,
  kotlin,
  ruby,
  csharp,
  php,
  rust,
};

/** The languages whose trees these guards compare. */
export const codeLanguages: readonly Language[] = [
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'kotlin',
  'ruby',
  'csharp',
  'php',
  'rust',
];

/** The table of a language; null for those whose trees are not compared. */
export function grammarOf(language: Language): Grammar | null {
  return grammars[language] ?? null;
}
