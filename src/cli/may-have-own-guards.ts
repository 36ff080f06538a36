import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownGuardsFolder } from '../guards/own/own.ts';
import type { WorkPlace } from '../outside/git/place.ts';

/** Whether a repository has guards of its own, or had them when they were last read: a branch may lack their folder. */
export function mayHaveOwnGuards({ top, commonDir }: WorkPlace): boolean {
  return existsSync(join(top, ownGuardsFolder)) || existsSync(keptGuards(commonDir));
}

/** Where guards of a repository that are programs are kept to run; the folder is there once any guard was read. */
export function keptGuards(commonDir: string): string {
  return join(commonDir, 'hallmonitor', 'own-guards');
}
