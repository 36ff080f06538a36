import { existsSync } from 'node:fs';
import { environmentFiles, readEnvironment } from '../provenance/environment.ts';
import type { Evidence } from '../provenance/provenance.ts';

/** Agents that run this very process, by its environment. */
export function agentsHere(): readonly Evidence[] {
  const present = Object.keys(environmentFiles).filter((file) => existsSync(file));
  return readEnvironment(process.env, present);
}
