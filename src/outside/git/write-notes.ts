import type { Person } from '../../change/change.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A note to be put on a commit, in place of the one it has under that reference. */
export interface NewNote {
  readonly ref: string;
  readonly commit: string;
  readonly text: string;
}

export interface WriteOptions {
  readonly by: Person;
  readonly at: Date;
  readonly says: string;
}

/** Others may write notes at the same time; so often the writing is begun again on top of theirs. */
const mostTries = 8;

/**
 * Writes notes, each reference in one step: git moves it only from what it was when the writing began, so that of
 * two writers neither is lost. Gives why it failed, or null.
 */
export async function writeNotes(
  repository: Repository,
  notes: readonly NewNote[],
  options: WriteOptions,
): Promise<string | null> {
  const refs = [...new Set(notes.map(({ ref }) => ref))];
  for (const ref of refs) {
    const ofRef = notes.filter((note) => note.ref === ref);
    const why = await writeRef(repository, ofRef, options);
    if (why !== null) return why;
  }
  return null;
}

async function writeRef(
  repository: Repository,
  notes: readonly NewNote[],
  options: WriteOptions,
): Promise<string | null> {
  const ref = notes[0]?.ref ?? '';
  let said = '';
  for (let tries = 0; tries < mostTries; tries += 1) {
    const from = await tipOf(repository, ref);
    const input = Buffer.concat(stream(notes, { ...options, ref, from }));
    const { code, stderr } = await runGit(
      repository,
      ['fast-import', '--quiet', '--date-format=raw'],
      {
        input,
      },
    );
    if (code === 0) return null;
    said = stderr.split('\n').find((line) => line !== '') ?? 'git fast-import failed';
    // Who writes at the same time is done soon; a reference that did not move failed for another reason.
    if ((await tipOf(repository, ref)) === from && !/lock/i.test(stderr)) return said;
  }
  return said;
}

async function tipOf(repository: Repository, ref: string): Promise<string | null> {
  const { stdout } = await runGit(repository, ['rev-parse', '--verify', '--quiet', ref]);
  return stdout.toString('latin1').trim() || null;
}

interface Streaming extends WriteOptions {
  readonly ref: string;
  readonly from: string | null;
}

function stream(
  notes: readonly NewNote[],
  { ref, from, by, at, says }: Streaming,
): readonly Buffer[] {
  const seconds = Math.floor(at.getTime() / 1000);
  return [
    Buffer.from(`commit ${ref}\n`),
    Buffer.from(`committer ${nameOf(by.name)} <${nameOf(by.email)}> ${seconds} +0000\n`),
    ...data(says),
    Buffer.from(from === null ? '' : `from ${from}\n`),
    ...notes.flatMap(({ commit, text }) => [Buffer.from(`N inline ${commit}\n`), ...data(text)]),
    Buffer.from('\n'),
  ];
}

function data(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
}

/** Characters that would end the name or the line. */
function nameOf(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return text.replaceAll(/[<>\u0000-\u001f]/g, '').trim();
}
