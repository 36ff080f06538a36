import type { ChangedFile, Tree } from '../guard.ts';
import { callsIn, callsOf, isOwn } from './calls.ts';
import type { Call } from './calls.ts';
import { fieldOf, lineOf, nodesOf } from './nodes.ts';
import type { Pair } from './pairs.ts';
import { isCleanup } from './risky.ts';
import { finallyOf, guardedParts } from './shields.ts';
import type { Unit } from './units.ts';

/** Tidying that ran whatever happened, and does not any more. */
export interface LostCleanup {
  /** What it did: `client.release()`, `this.busy = false`. */
  readonly what: string;
  /** It gave something back or stopped something, as far as the name tells. */
  readonly gives: boolean;
  /** What stays and needs it, as it is after the change. */
  readonly stays: Call;
  /** 1-based line before the change. */
  readonly line: number;
  readonly form: 'finally' | 'defer';
  /** The call is still there, but only on the path where nothing fails. */
  readonly onlyOnSuccess: boolean;
}

/** `finally` blocks and `defer` statements that went while the work they tidied up after stayed. */
export function lostCleanups(pair: Pair): readonly LostCleanup[] {
  return [...finals(pair), ...defers(pair)];
}

function finals(pair: Pair): readonly LostCleanup[] {
  const { before, after, from } = pair;
  return nodesOf(before.node, before.grammar.finallies).flatMap((clause) => {
    const attempt = clause.parent();
    if (attempt === null || !isOwn(before, clause) || !from.removed.has(lineOf(clause))) return [];
    const body = guardedParts(attempt, before.grammar);
    if (body.length === 0 || finallyCount(after) >= finallyCount(before)) return [];
    const calls = callsIn(clause, before).filter((call) => !isLogging(call));
    const cleanup = calls.find(isCleanup) ?? calls[0];
    const what = cleanup === undefined ? firstStatement(clause) : `${cleanup.written}()`;
    const stays = body
      .flatMap((part) => callsIn(part, before))
      .map((call) => sameCall(after, call))
      .find((call) => call !== undefined);
    if (what === '' || stays === undefined || isOwnerGone(after, cleanup)) return [];
    const onlyOnSuccess = cleanup !== undefined && sameCall(after, cleanup) !== undefined;
    const gives = cleanup !== undefined && isCleanup(cleanup);
    return [{ what, gives, stays, line: lineOf(clause), form: 'finally' as const, onlyOnSuccess }];
  });
}

// What is not there any more need not be given back.
function isOwnerGone(after: Unit, cleanup: Call | undefined): boolean {
  const owner = /^(?:this\.|self\.|@)?([A-Za-z_]\w*)\./.exec(cleanup?.callee ?? '')?.[1];
  return owner !== undefined && !new RegExp(`\\b${owner}\\b`).test(after.node.text());
}

function firstStatement(clause: Tree): string {
  const block = clause.namedChildren().find((child) => String(child.kind()).endsWith('block'));
  const text =
    block
      ?.namedChildren()
      .find((child) => /assignment|expression/.test(String(child.kind())))
      ?.text() ?? '';
  return /[\w\])]\s*=[^=]/.test(text) ? text.replace(/;$/, '') : '';
}

function isLogging(call: Call): boolean {
  return /^(?:console|log|logger|logging|this\.log\w*|print)\b/i.test(call.callee);
}

function finallyCount(unit: Unit): number {
  return nodesOf(unit.node, unit.grammar.tries).filter(
    (attempt) => finallyOf(attempt, unit.grammar) !== null,
  ).length;
}

function defers(pair: Pair): readonly LostCleanup[] {
  if (pair.before.source.language !== 'go') return [];
  return nodesOf(pair.before.node, ['defer_statement']).flatMap((statement) => {
    const line = lineOf(statement);
    const cleanup = callsIn(statement, pair.before)[0];
    if (cleanup === undefined || !pair.from.removed.has(line) || !isOwn(pair.before, statement))
      return [];
    if (!isCleanup(cleanup) && !/^(?:R?Unlock|Done)$/.test(cleanup.name)) return [];
    const stays = acquirer(pair.after, cleanup);
    if (stays === undefined || isDeferred(pair.after, cleanup)) return [];
    const onlyOnSuccess = sameCall(pair.after, cleanup) !== undefined;
    const what = `${cleanup.callee}()`;
    return [{ what, gives: true, stays, line, form: 'defer' as const, onlyOnSuccess }];
  });
}

// What the deferred call belongs to: `mu.Lock()` for `mu.Unlock()`, `f, err := os.Open(…)` for `f.Close()`.
function acquirer(unit: Unit, cleanup: Call): Call | undefined {
  const owner = cleanup.callee.replace(/(?:\.Body)?\.\w+$/, '');
  const lock = /^R?Unlock$/.test(cleanup.name);
  if (cleanup.name === 'Done') return callsOf(unit)[0];
  return callsOf(unit).find((call) => {
    if (lock) return call.callee === `${owner}.${cleanup.name.replace('Unlock', 'Lock')}`;
    const statement = call.node.parent()?.parent() ?? null;
    const left = statement === null ? undefined : fieldOf(statement, 'left')?.text();
    return left?.split(',').some((part) => part.trim() === owner) === true;
  });
}

function isDeferred(unit: Unit, cleanup: Call): boolean {
  return nodesOf(unit.node, ['defer_statement']).some((statement: Tree) =>
    statement.text().replace(/\s+/g, '').includes(`${cleanup.callee}(`),
  );
}

function sameCall(unit: Unit, call: Call): Call | undefined {
  return callsOf(unit).find((other) => other.callee === call.callee);
}

/** Whether the file is one where leaking until the process ends does no harm. */
export function isShortLived(file: ChangedFile): boolean {
  return /(?:^|\/)(?:scripts?|tools?|bin|hack|examples?|cmd)\//.test(file.path);
}
