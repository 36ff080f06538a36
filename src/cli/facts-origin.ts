import { createHash } from 'node:crypto';
import { guards } from '../guards/guards.ts';
import { notesHere, readFilesAt, type Repository } from '../outside/git/git.ts';
import { landedRef } from '../capture/landed.ts';
import { noteRefs, presenceRefs } from '../provenance/notes.ts';
import { version } from './version.ts';

/**
 * Marks facts with what they were read by: the history they begin with, the names of its people, and which kinds of
 * notes there were. Facts kept under other marks are not taken. Notes that come later under a kind that was there do not
 * change what is kept.
 */
export async function originOf(
  repository: Repository,
  { first, tip }: { readonly first: string; readonly tip: string },
): Promise<string> {
  const [files, notes] = await Promise.all([
    readFilesAt(repository, tip, ['.mailmap']),
    notesHere(repository, [...noteRefs, ...presenceRefs, landedRef]),
  ]);
  return [first, digest(files.get('.mailmap') ?? ''), ...notes].join('\n');
}

/** Findings of other guards, or of the same in another release, are other findings. */
export function guardsVersion(): string {
  return digest([version(), ...guards.map(({ id }) => id).sort()].join('\n'));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
