import type { Guard, Sighting } from '../guards/guard.ts';

/** What somebody's program exported, as a guard; a sentence where it is none. */
export function guardFrom(value: unknown): Guard | string {
  const given = Object(value) as Partial<Guard>;
  const id = typeof given.id === 'string' ? given.id : '';
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id))
    return 'a guard needs an `id` of a shelf and a name, such as shop/raw-price';
  const missing = (['protects', 'breaks', 'fix'] as const).filter(
    (key) => typeof given[key] !== 'string',
  );
  if (missing.length > 0) return `${id} needs ${missing.join(', ')}`;
  if (typeof given.look !== 'function') return `${id} needs a function \`look\``;
  if (!['block', 'warn', 'note'].includes(given.severity ?? ''))
    return `${id} needs a severity: block, warn or note`;
  if (given.languages !== 'any' && !Array.isArray(given.languages))
    return `${id} needs \`languages\`: a list, or 'any'`;
  const defaults = { cwe: [], confidence: 0.8, caught: [], passed: [] };
  const guard = { ...defaults, ...(given as Guard) };
  return { ...guard, look: (scene) => sightingsFrom(guard.look(scene)) };
}

/** What somebody's program answered; an error where that is no list of sightings, so that it counts as not checked. */
function sightingsFrom(answer: unknown): readonly Sighting[] {
  if (!Array.isArray(answer)) throw new TypeError('`look` gave no list (it may not be async)');
  const wrong = answer.findIndex((one) => !isSighting(one));
  if (wrong >= 0)
    throw new TypeError(`sighting ${wrong + 1} needs a path, a line, \`says\` and a \`subject\``);
  return answer as readonly Sighting[];
}

const severities: ReadonlySet<unknown> = new Set(['block', 'warn', 'note']);

function isSighting(value: unknown): boolean {
  const { path, line, endLine, says, subject, severity } = Object(value) as Partial<
    Record<keyof Sighting, unknown>
  >;
  return (
    [path, says, subject].every((one) => typeof one === 'string') &&
    Number.isInteger(line) &&
    (endLine === undefined || Number.isInteger(endLine)) &&
    (severity === undefined || severities.has(severity))
  );
}
