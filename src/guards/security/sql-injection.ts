import { flowsOf } from '../code/flows.ts';
import type { Flow } from '../code/flows.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { guard } from '../guard.ts';
import type { Guard, Severity, Sighting } from '../guard.ts';
import { isMigrationPath } from '../language.ts';
import { flowSighting, productionFiles } from './sightings.ts';
import { builtStatements } from './built-statements.ts';
import { caught, passed } from './sql-injection.examples.ts';
import { pieceSinks, statementSinks } from './sql-sinks.ts';

/** A statement for the database is put together from text that somebody else chooses. */
export const sqlInjection: Guard = guard({
  id: 'security/sql-injection',
  severity: 'block',
  protects: 'what the database holds',
  breaks:
    'Whoever chooses the value can end the statement and write another one: read, change or delete any row.',
  fix: 'Put a placeholder into the statement and hand the value over beside it.',
  languages: writtenLanguages,
  cwe: [89],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) =>
    productionFiles(scene)
      .filter(({ path }) => !isMigrationPath(path))
      .flatMap((file) => {
        const flows = [
          ...flowsOf(scene, file, statementSinks),
          ...flowsOf(scene, file, pieceSinks),
        ];
        const told = flows.flatMap(sighting);
        const lines = new Set(told.map(({ line }) => line));
        return [...told, ...builtStatements(scene, file).filter(({ line }) => !lines.has(line))];
      }),
});

function sighting(flow: Flow): readonly Sighting[] {
  const { origin } = flow;
  if (origin.built === null) return [];
  const severity = severityOf(flow);
  if (severity === null) return [];
  const value = origin.built.values[0]?.slice(0, 40).replace(/\s+/g, ' ');
  const from = origin.sent ? ', which comes from a request' : '';
  const says = flow.wasFixed
    ? `puts ${value} into the statement that ${flow.callee} runs, where a placeholder was${from}`
    : `puts ${value ?? flow.argument} into the statement that ${flow.callee} runs${from}`;
  return [flowSighting(flow, says, severity)];
}

// Names of tables and columns, lists of placeholders and other pieces of statements cannot be placeholders.
const pieces =
  /table|column|placeholder|schema|order|sort|where|clause|field|condition|query|sql|limit|offset|prefix|join|database|\bdb\b|index|select|filter|direction|\basc\b|\bdesc\b|quote|escape|stmt|partition|sequence|constraint|view\b|\bcols?\b|\bkeys?\b|tmp|temp|marks|binds|params?\b|\bids?_?list|cte\b|fragment|interval|collat|alias|\bop\b|operator|name\b|type\b|suffix/i;
const numbers =
  /\b(?:len|count|size|length|index|id_count|int|Number|parseInt)\b|^\d|\.length\b|^[ijkn]$/;

function severityOf({ origin, wasFixed }: Flow): Severity | null {
  if (origin.sent) return 'block';
  const values = origin.built?.values ?? [];
  const moving = values.filter((value) => !numbers.test(value));
  if (moving.length === 0) return null;
  if (moving.every((value) => pieces.test(value))) return 'note';
  return wasFixed ? 'block' : 'note';
}
