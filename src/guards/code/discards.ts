import type { Language, Tree } from '../guard.ts';
import { callsIn, isOwn } from './calls.ts';
import type { Call } from './calls.ts';
import { excerpt, lineOf, nodesOf } from './nodes.ts';
import type { Unit } from './units.ts';

/** A statement that throws away the news that something failed. */
export interface Discard {
  readonly line: number;
  readonly says: string;
  readonly subject: string;
  /** Whose failure goes unheard; null where an error that is already known is dropped. */
  readonly call: Call | null;
}

interface Form {
  readonly kinds: readonly string[];
  readonly pattern: string;
  /** How it is written, for the message. */
  readonly spelling: string;
  readonly comment: RegExp;
}

const slashes = /\/\//;

// Data: how each language says that nobody shall hear of it.
const forms: Readonly<Partial<Record<Language, readonly Form[]>>> = {
  go: [
    {
      kinds: ['assignment_statement'],
      pattern: String.raw`^_\s*=\s*\w*[eE]rr\w*$`,
      spelling: '_ =',
      comment: slashes,
    },
  ],
  rust: [
    {
      kinds: ['let_declaration'],
      pattern: String.raw`^let\s+_\s*=\s*[^!]*\)(?:\.await)?;?$`,
      spelling: 'let _ =',
      comment: slashes,
    },
    {
      kinds: ['expression_statement'],
      pattern: String.raw`\.ok\(\);$`,
      spelling: '.ok()',
      comment: slashes,
    },
  ],
  php: [
    {
      kinds: ['error_suppression_expression'],
      pattern: String.raw`^@`,
      spelling: '@',
      comment: /\/\/|#/,
    },
  ],
};

// A closed channel has nobody to tell.
const harmless = /^(?:send|try_send|write|writeln|write_str|join|ok|set|unwrap_or\w*|drop)$/;

/** The statements of a unit that drop an error, without a comment that says why. */
export function discardsIn(unit: Unit): readonly Discard[] {
  return (forms[unit.source.language] ?? []).flatMap((form) =>
    nodesOf(unit.node, form.kinds, form.pattern)
      .filter((node) => isOwn(unit, node) && !isExplained(unit, node, form))
      .flatMap((node) => discardOf(unit, node, form)),
  );
}

function discardOf(unit: Unit, node: Tree, { spelling }: Form): readonly Discard[] {
  const call = callsIn(node, unit).find(({ name }) => !/^(?:ok|await)$/.test(name)) ?? null;
  const isKnownError = unit.source.language === 'go';
  if (!isKnownError && (call === null || harmless.test(call.name))) return [];
  const what = isKnownError ? 'an error' : `the error of ${excerpt(call?.written ?? '', 50)}()`;
  return [
    {
      line: lineOf(node),
      says: `throws ${what} away with \`${spelling}\``,
      subject: excerpt(node.text(), 120),
      call: isKnownError ? null : call,
    },
  ];
}

function isExplained(unit: Unit, node: Tree, { comment }: Form): boolean {
  const { lines } = unit.source;
  const line = lineOf(node);
  return comment.test(lines[line - 1] ?? '') || /^\s*(?:\/\/|#)/.test(lines[line - 2] ?? '');
}
