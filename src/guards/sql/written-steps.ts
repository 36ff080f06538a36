import { lineAt, writtenOf } from '../code/written.ts';
import type { Literal, Written } from '../code/written.ts';
import { textCalls } from '../code/text-calls.ts';
import type { TextCall } from '../code/text-calls.ts';
import type { Language, Parsers, Source } from '../guard.ts';
import type { RawStep } from './operation.ts';
import { efForms } from './ef-forms.ts';
import { laravelForms, laravelChains } from './laravel-forms.ts';
import { railsForms } from './rails-forms.ts';
import { sqlSteps } from './sql-string.ts';
import { callOf } from './written-call.ts';
import type { WrittenForm } from './written-call.ts';

interface Framework {
  readonly forms: Readonly<Record<string, WrittenForm>>;
  /** What opens the part that takes the migration back. */
  readonly down: RegExp;
  /** What opens a block about one table; the first group is its name. */
  readonly table: RegExp;
}

const frameworks: Readonly<Partial<Record<Language, Framework>>> = {
  ruby: {
    forms: railsForms,
    down: /\bdef (?:self\.)?down\b|\.down\s+do\b|\.down\s*\{/g,
    table: /\b(?:create_table|change_table)[( ]\s*[:"'](\w+)/g,
  },
  php: {
    forms: laravelForms,
    down: /\bfunction\s+down\s*\(/g,
    table: /\bSchema::(?:connection\([^)\n]{0,80}\)->)?(?:create|table)\(\s*["'](\w+)/g,
  },
  csharp: { forms: efForms, down: /\bvoid\s+Down\s*\(/g, table: /$^/g },
};

/** The statements in a migration of Rails, Laravel or EF Core: calls of the framework, and SQL in strings. */
export function writtenSteps(source: Source, parsers: Parsers): readonly RawStep[] {
  const framework = frameworks[source.language];
  const written = framework === undefined ? null : writtenOf(source);
  if (framework === undefined || written === null) return [];
  const scopes = scopesOf(written, framework);
  const names = Object.keys(framework.forms).join('|');
  const callee = new RegExp(
    String.raw`(?:(?<![\w$])[\w$]+(?:\.|->|::)|(?<![\w$.>:]))(?:${names})(?:<[^<>()\n]{1,60}>)?(?![\w?!])`,
  );
  const called = textCalls(written, callee)
    .filter((call) => !scopes.isDown(call.start))
    .flatMap((call) => callSteps(call, { written, framework, scopes }));
  const said = written.literals
    .filter((literal) => !scopes.isDown(literal.start))
    .flatMap((literal) => literalSteps(literal, written, parsers));
  const chained =
    source.language === 'php'
      ? laravelChains(written, scopes.tableAt).filter(({ start }) => !scopes.isDown(start))
      : [];
  return [...called, ...said, ...chained].sort((a, b) => a.line - b.line);
}

interface Around {
  readonly written: Written;
  readonly framework: Framework;
  readonly scopes: Scopes;
}

function callSteps(call: TextCall, { written, framework, scopes }: Around): readonly RawStep[] {
  const read = callOf(call, written, scopes.tableAt(call.start));
  const form = Object.hasOwn(framework.forms, read.name) ? framework.forms[read.name] : undefined;
  const operations = form?.(read) ?? [];
  const { line, endLine } = call;
  return operations.length === 0 ? [] : [{ line, endLine, text: read.text, operations }];
}

function literalSteps(literal: Literal, written: Written, parsers: Parsers): readonly RawStep[] {
  const whole = written.text.slice(literal.start, literal.end);
  const inner = /^[@$]*("""|["'`])([\s\S]*)\1$/.exec(whole)?.[2] ?? whole;
  const around = written.code.slice(Math.max(0, literal.start - 6), literal.start).trimEnd();
  const after = written.code.slice(literal.end, literal.end + 6).trimStart();
  const isJoined = /[+.]$/.test(around) || /^(?:\+|\.(?!\w)|\\)/.test(after);
  const isWhole = literal.holes.length === 0 && !isJoined;
  const line = lineAt(written, literal.start);
  return sqlSteps({ text: inner, line, isWhole }, parsers);
}

interface Scopes {
  readonly isDown: (offset: number) => boolean;
  readonly tableAt: (offset: number) => string | null;
}

interface Scope {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** More blocks than these in one file are not told apart. */
const mostScopes = 300;

function scopesOf(written: Written, { down, table }: Framework): Scopes {
  const downs = scopesBy(written, down);
  const tables = scopesBy(written, table);
  const holds = (scope: Scope, offset: number): boolean =>
    scope.start < offset && offset < scope.end;
  return {
    isDown: (offset) => downs.some((scope) => holds(scope, offset)),
    tableAt: (offset) => tables.findLast((scope) => holds(scope, offset))?.name ?? null,
  };
}

function scopesBy(written: Written, opener: RegExp): readonly Scope[] {
  return [...written.code.matchAll(opener)].slice(0, mostScopes).map((match) => ({
    start: match.index,
    end: blockEnd(written, match.index),
    name: match[1] ?? '',
  }));
}

// A block lasts until the first line that is indented no deeper than the line that opens it.
function blockEnd({ bare, starts }: Written, from: number): number {
  let first = starts.length - 1;
  while (first > 0 && (starts[first] ?? 0) > from) first -= 1;
  const indent = indentAt(bare, starts[first] ?? 0);
  for (let index = first + 1; index < starts.length; index += 1) {
    const start = starts[index] ?? 0;
    const at = start + indentAt(bare, start);
    const letter = bare[at];
    if (letter === undefined || letter === '\n' || letter === '\r' || letter === '{') continue;
    if (at - start <= indent) return start;
  }
  return bare.length;
}

function indentAt(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at - start;
}
