import type { Guard } from '../guards/guard.ts';

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
  return { ...defaults, ...(given as Guard) };
}
