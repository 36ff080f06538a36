import { at, dataOf, scalarAt } from '../data.ts';
import type { ChangedFile } from '../guard.ts';
import { as, changed, gone } from './breakage.ts';
import type { Breakage } from './breakage.ts';
import { answersOf, contentsOf, isDescription, operationsOf } from './openapi.ts';
import type { Description, Operation } from './openapi.ts';
import { schemaBreaks } from './schema-breakage.ts';
import type { SchemaBreak } from './schema-breakage.ts';

/** What the change to an OpenAPI description breaks for clients that were right before it. */
export function openapiBreakage(file: ChangedFile): readonly Breakage[] {
  const before = descriptionOf(file, 'before');
  const after = descriptionOf(file, 'after');
  if (before === null || after === null) return [];
  const now = operationsOf(after);
  const all = [...operationsOf(before)].flatMap(([key, operation]) => {
    const heir = now.get(key);
    if (heir === undefined) {
      const went = gone(file, operation.line, `removes ${operation.name}`);
      return [operation.isDeprecated || operation.isUnstable ? as('note', went) : went];
    }
    const pair = { file, before, after, was: operation, now: heir };
    const found = [...parameterBreakage(pair), ...bodyBreakage(pair), ...answerBreakage(pair)];
    return operation.isUnstable ? found.map((one) => as('note', one)) : found;
  });
  return together(all);
}

// One schema serves many operations and media types: its break is told once.
function together(all: readonly Breakage[]): readonly Breakage[] {
  const groups = new Map<string, Breakage[]>();
  for (const one of all) {
    const what = one.says.slice(one.says.indexOf(': ') + 1);
    const key = `${one.side} ${one.line} ${what}`;
    const group = groups.get(key) ?? [];
    if (!group.some(({ says }) => says === one.says)) group.push(one);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [
          more.length === 0
            ? first
            : { ...first, says: `${first.says}, and ${more.length} times more` },
        ],
  );
}

function descriptionOf(file: ChangedFile, side: 'before' | 'after'): Description | null {
  const source = file[side];
  const root = source === null ? null : (dataOf(source)?.[0] ?? null);
  return root === null || !isDescription(root) ? null : { root };
}

interface Pair {
  readonly file: ChangedFile;
  readonly before: Description;
  readonly after: Description;
  readonly was: Operation;
  readonly now: Operation;
}

function parameterBreakage({ file, before, after, was, now }: Pair): readonly Breakage[] {
  const old = new Map(was.parameters.map((one) => [one.name, one]));
  return now.parameters.flatMap((one) => {
    const known = old.get(one.name);
    const required = `${now.name} now requires ${one.name}`;
    if (
      one.isRequired &&
      known?.isRequired !== true &&
      scalarAt(one.schema, 'default') === undefined
    )
      return [changed(file, one.line, required)];
    if (known === undefined) return [];
    const breaks = schemaBreaks(
      { description: before, node: known.schema },
      { description: after, node: one.schema },
      'request',
    );
    return breaks.map((found) => told(file, `${now.name}, ${one.name}`, found));
  });
}

function bodyBreakage({ file, before, after, was, now }: Pair): readonly Breakage[] {
  const [old, fresh] = [at(was.node, 'requestBody'), at(now.node, 'requestBody')];
  if (fresh === null) return [];
  if (old === null)
    return scalarAt(fresh, 'required') === true
      ? [changed(file, fresh.line, `${now.name} now requires a body`)]
      : [];
  const contents = contentsOf(after, fresh);
  return [...contentsOf(before, old)].flatMap(([type, schema]) =>
    schemaBreaks(
      { description: before, node: schema },
      { description: after, node: contents.get(type) ?? null },
      'request',
    ).map((found) => told(file, `in the body of ${now.name}`, found)),
  );
}

function answerBreakage({ file, before, after, was, now }: Pair): readonly Breakage[] {
  const fresh = answersOf(after, now);
  return [...answersOf(before, was)].flatMap(([status, answer]) => {
    const heir = fresh.get(status);
    if (heir === undefined) return [];
    const contents = contentsOf(after, heir);
    return [...contentsOf(before, answer)].flatMap(([type, schema]) =>
      schemaBreaks(
        { description: before, node: schema },
        { description: after, node: contents.get(type) ?? null },
        'response',
      ).map((found) => as('warn', told(file, `in the answer of ${now.name}`, found))),
    );
  });
}

function told(file: ChangedFile, where: string, { line, oldLine, says }: SchemaBreak): Breakage {
  return line === null
    ? gone(file, oldLine, `${where}: ${says}`)
    : changed(file, line, `${where}: ${says}`);
}
