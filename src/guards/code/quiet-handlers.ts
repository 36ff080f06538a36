import type { Language, Tree } from '../guard.ts';
import { callsIn, callsOf, isOwn } from './calls.ts';
import type { Call } from './calls.ts';
import { handlerKind, hasComment } from './handlers.ts';
import type { HandlerKind } from './handlers.ts';
import { inlineHandlersOf } from './inline-handlers.ts';
import { blockOf, isProbe } from './lost-tries.ts';
import { compact, endLineOf, fieldOf, lineOf, nodesOf } from './nodes.ts';
import { guardedParts, handledPromise } from './shields.ts';
import type { Unit } from './units.ts';

type Form = 'catch' | 'except' | 'rescue' | '.catch()' | 'runCatching' | 'if err != nil';

const clauseForms: Readonly<Partial<Record<Language, Form>>> = {
  python: 'except',
  ruby: 'rescue',
};

/** A place that receives an error. */
export interface Handler {
  /** The catch clause, the handler function of `.catch`, or Go's `if err != nil`. */
  readonly node: Tree;
  readonly kind: HandlerKind;
  /** Calls whose errors arrive here. */
  readonly calls: readonly Call[];
  readonly line: number;
  readonly endLine: number;
  readonly form: Form;
  /** The guarded code answers, and what follows the handler is the answer for the other case. */
  readonly isFallback: boolean;
  /** Receives any error, not one named kind. */
  readonly isBroad: boolean;
  /** Says itself, in a comment, a name or the kind of error, why it stays silent. */
  readonly isExplained: boolean;
}

const known = new WeakMap<Unit, readonly Handler[]>();

/** The handlers in a unit's own code. */
export function handlersOf(unit: Unit): readonly Handler[] {
  const found = known.get(unit) ?? [
    ...clauses(unit),
    ...chains(unit),
    ...errorBranches(unit),
    ...inlines(unit),
  ];
  known.set(unit, found);
  return found;
}

function clauses(unit: Unit): readonly Handler[] {
  const { grammar } = unit;
  return nodesOf(unit.node, grammar.catches).flatMap((clause) => {
    const attempt = clause.parent();
    const body = attempt === null ? [] : guardedParts(attempt, grammar);
    if (attempt === null || body.length === 0 || !isOwn(unit, clause)) return [];
    const block = blockOf(clause, unit);
    const head = headOf(clause, block);
    return [
      {
        node: clause,
        kind: handlerKind(block, grammar),
        calls: body.flatMap((part) => callsIn(part, unit)),
        line: lineOf(clause),
        endLine: endLineOf(clause),
        form: clauseForms[unit.source.language] ?? 'catch',
        isFallback:
          body.some((part) => nodesOf(part, grammar.exits, '^return').length > 0) &&
          attempt.next() !== null,
        isBroad: isBroad(head, unit),
        isExplained:
          hasComment(clause, grammar) ||
          isProbe(clause) ||
          isAftermath(clause, unit) ||
          /\b(?:ignored?|expected|unused|_ignored?)\b/.test(head) ||
          explainedAround(attempt, clause, unit),
      },
    ];
  });
}

// What stands before the block of a clause; its first line where it has no block of its own.
function headOf(clause: Tree, block: Tree): string {
  const text = clause.text();
  if (block === clause) return text.split('\n', 1)[0] ?? '';
  return text.slice(0, Math.max(0, block.range().start.index - clause.range().start.index));
}

// Inside another handler or a finally the first error is already on its way; a second one adds nothing.
function isAftermath(node: Tree, unit: Unit): boolean {
  const { catches, finallies } = unit.grammar;
  return node
    .ancestors()
    .some((around) => [...catches, ...finallies].includes(String(around.kind())));
}

// What a clause must name to receive more than one kind of error; languages that are not here cannot narrow it.
const broadHeads: Readonly<Partial<Record<Language, RegExp>>> = {
  python: /^except\s*:?\s*$|\b(?:Base)?Exception\b/,
  java: /\b(?:Exception|Throwable|RuntimeException|IOException|SQLException|Error)\b/,
  kotlin: /\b(?:Exception|Throwable|RuntimeException|IOException|SQLException|Error)\b/,
  csharp: /^catch\s*(?:when\b.*)?$|\b(?:Exception|SystemException|IOException|DbException)\b/,
  php: /\b(?:Exception|Throwable|Error|RuntimeException|QueryException|PDOException)\b/,
  ruby: /^rescue\s*(?:=>\s*\w+\s*)?(?:;|then)?\s*$|\b(?:StandardError|Exception)\b/,
};

function isBroad(head: string, unit: Unit): boolean {
  return broadHeads[unit.source.language]?.test(head.trim()) ?? true;
}

// A comment just above the statement, at its first line or before the handler counts as the reason.
function explainedAround(attempt: Tree, clause: Tree, unit: Unit): boolean {
  const lines = [
    lineOf(attempt) - 1,
    lineOf(attempt),
    lineOf(clause) - 1,
    lineOf(clause),
    endLineOf(clause),
  ];
  return lines.some((line) => isCommented(unit, line));
}

const slashes = /(?:^|\s)\/[/*]\s*\w|^\s*\*\s*\w|\*\/\s*$/;
const hashes = /(?:^|\s)#\s*\w/;
const commentMarks: Readonly<Partial<Record<Language, readonly RegExp[]>>> = {
  python: [hashes],
  ruby: [hashes],
  php: [slashes, hashes],
};

function isCommented(unit: Unit, line: number): boolean {
  const text = unit.source.lines[line - 1] ?? '';
  return (commentMarks[unit.source.language] ?? [slashes]).some((mark) => mark.test(text));
}

function chains(unit: Unit): readonly Handler[] {
  if (!/^(?:typescript|tsx|javascript)$/.test(unit.source.language)) return [];
  return callsOf(unit).flatMap((call) => {
    const promise = handledPromise(call.node);
    const given = fieldOf(call.node, 'arguments')
      ?.namedChildren()
      .filter((child) => child.kind() !== 'comment');
    const handler = given?.at(-1);
    if (promise === null || handler === undefined) return [];
    const line = lineOf(handler);
    return [
      {
        node: handler,
        kind: kindOfCallback(handler, unit),
        calls: callsIn(promise, unit).slice(0, 1),
        line,
        endLine: endLineOf(handler),
        form: '.catch()' as const,
        isFallback: false,
        isBroad: true,
        isExplained:
          isAftermath(call.node, unit) ||
          hasComment(call.node, unit.grammar) ||
          isCommented(unit, line) ||
          isCommented(unit, lineOf(call.node) - 1),
      },
    ];
  });
}

function kindOfCallback(handler: Tree, unit: Unit): HandlerKind {
  const body = fieldOf(handler, 'body');
  if (body === null)
    return /^(?:noop|_\.noop|\(\)=>undefined)$/.test(compact(handler.text())) ? 'empty' : 'handles';
  if (unit.grammar.blocks.includes(String(body.kind()))) return handlerKind(body, unit.grammar);
  const text = compact(body.text());
  if (/^(?:undefined|null|void0|\(\{\}\)|\{\}|\[\]|false|''|"")$/.test(text)) return 'defaults';
  return /^(?:console|\w*[lL]og(?:ger)?)\./.test(text) ? 'logs' : 'handles';
}

function errorBranches(unit: Unit): readonly Handler[] {
  if (unit.source.language !== 'go') return [];
  return nodesOf(unit.node, unit.grammar.ifs).flatMap((check) => {
    const condition = fieldOf(check, 'condition')?.text() ?? '';
    const block = fieldOf(check, 'consequence');
    if (block === null || !isOwn(unit, check) || !/^\w*[eE]rr\w*\s*!=\s*nil$/.test(condition))
      return [];
    const source = fieldOf(check, 'initializer') ?? check.prev();
    return [
      {
        node: check,
        kind: goKind(block, unit),
        calls: source === null ? [] : callsIn(source, unit).slice(0, 1),
        line: lineOf(check),
        endLine: endLineOf(check),
        form: 'if err != nil' as const,
        isFallback: false,
        isBroad: true,
        isExplained: hasComment(check, unit.grammar) || isCommented(unit, lineOf(check) - 1),
      },
    ];
  });
}

// `return nil, err` hands the error on; only answers that say "all is well" hide it.
function goKind(block: Tree, unit: Unit): HandlerKind {
  const kind = handlerKind(block, unit.grammar);
  if (kind !== 'defaults') return kind;
  const returnsError = /\berror\b/.test(fieldOf(unit.node, 'result')?.text() ?? '');
  return returnsError ? 'defaults' : 'handles';
}

function inlines(unit: Unit): readonly Handler[] {
  return inlineHandlersOf(unit)
    .filter(({ node }) => isOwn(unit, node))
    .map(({ node, body, kind, form }) => ({
      node,
      kind,
      calls: callsIn(body, unit).filter((call) => call.name !== 'runCatching'),
      line: lineOf(node),
      endLine: endLineOf(node),
      form,
      isFallback: false,
      isBroad: true,
      isExplained:
        isAftermath(node, unit) ||
        hasComment(node, unit.grammar) ||
        [lineOf(node) - 1, lineOf(node), endLineOf(node)].some((line) => isCommented(unit, line)),
    }));
}
