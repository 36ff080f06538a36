import type { Gap } from '../../change/change.ts';
import type { Scene } from '../guard.ts';
import { isPublic } from './asked-packages.ts';
import { knownNames, newDependencies } from './new-dependencies.ts';
import type { NewDependency } from './new-dependencies.ts';
import { answerOn } from './registry.ts';
import type { Answer } from './registry.ts';
import { unlocked } from './unlocked.ts';

/** A dependency of the change with what its registry says of it. */
export interface Answered {
  readonly one: NewDependency;
  readonly answer: Extract<Answer, { kind: 'known' }>;
  readonly now: number;
}

/** New and changed dependencies that their registry knows; nothing where nobody asked. */
export function answered(scene: Scene): readonly Answered[] {
  const { registry } = scene;
  if (registry === undefined) return [];
  return newDependencies(scene).flatMap((one) => {
    const answer = registry.of(one.registry, one.name);
    return answer.kind === 'known' && isPublic(one, scene)
      ? [{ one, answer, now: registry.now }]
      : [];
  });
}

/** Names that one sentence lists. */
const mostNames = 3;

/** One sentence about all new packages whose registry gave no answer; where nobody asked, about new names only. */
export function unanswered(scene: Scene): readonly Gap[] {
  const known = knownNames(scene);
  // Of these it is already told that nobody knows whether they exist.
  const told = new Set(unlocked(scene).map(({ name }) => name));
  const asked = newDependencies(scene).filter((one) => isPublic(one, scene));
  const open = asked.flatMap((one) => {
    const answer = answerOn(scene.registry, one.registry, one.name);
    const isNews = one.was === null && !known.has(one.name);
    const isOpen = answer.kind === 'not-asked' && !told.has(one.name);
    return isOpen && (isNews || scene.registry !== undefined) ? [{ one, why: answer.why }] : [];
  });
  const [first] = open;
  if (first === undefined) return [];
  const names = [...new Set(open.map(({ one }) => one.name))];
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return [
    {
      what: `age, withdrawal and licence of ${names.slice(0, mostNames).join(', ')}${more}`,
      why: first.why,
    },
  ];
}

/** Days between two moments in seconds. */
export function daysBetween(from: number, to: number): number {
  return (to - from) / 86_400;
}
