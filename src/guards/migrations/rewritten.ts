import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting, Source } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { writtenOf } from '../code/written.ts';
import { migrationLanguages } from '../sql/languages.ts';
import { tableOf } from '../sql/operation.ts';
import { rawSteps } from '../sql/raw-steps.ts';
import { withoutComments } from '../sql/words.ts';
import { migrationName } from './migration-file.ts';
import { rewrittenExamples } from './rewritten.examples.ts';

/** A migration that may have run already says something else now. */
export const rewritten: Guard = guard({
  id: 'migrations/rewritten',
  severity: 'block',
  protects: 'the one history that all databases share',
  breaks:
    'Databases that ran the migration keep the old result while new ones get another, and tools that remember checksums refuse to start.',
  fix: 'Leave the migration as it was and write a new one that changes what it did.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.8,
  ...rewrittenExamples,
  look: (scene) => {
    const old = scene.files.filter(isOld);
    const squashes = isSquash(old, scene);
    return old.flatMap((file) => sightings(file, scene, squashes));
  },
});

function isOld({ change, before }: ChangedFile): boolean {
  return (
    before !== null &&
    change.status !== 'added' &&
    change.status !== 'copied' &&
    migrationName(change.oldPath) !== null &&
    isProductionPath(change.oldPath)
  );
}

function sightings(file: ChangedFile, scene: Scene, squashes: boolean): readonly Sighting[] {
  const { change, path } = file;
  const from = migrationName(change.oldPath)?.file ?? '';
  const line = Math.max(1, Math.min(...(file.added.size > 0 ? file.added : [1])));
  const base = { path, line, subject: change.oldPath };
  if (change.status === 'deleted') return deleted(base, from, { scene, squashes });
  const to = migrationName(path)?.file ?? '';
  if (to !== from && change.status === 'renamed')
    return [
      { ...base, says: `renames migration ${from} to ${to === '' ? path : to}`, ...tone(squashes) },
    ];
  if (file.after === null || file.before === null) return [];
  if (plain(file.before) === plain(file.after)) {
    // Checksums of Flyway, Prisma and Liquibase cover comments and blanks too.
    const isSummed = /^V\d|^migration\.sql$/.test(path.slice(path.lastIndexOf('/') + 1));
    return file.before.text === file.after.text || !isSummed
      ? []
      : [{ ...base, says: `changes comments or blanks of migration ${from}`, severity: 'note' }];
  }
  const isSame = doings(file.before, scene) === doings(file.after, scene);
  if (isSame && file.before.language !== 'sql') return [];
  const severity =
    squashes || isMadeUpFor(file.before, scene)
      ? 'note'
      : file.before.language === 'sql'
        ? 'block'
        : 'warn';
  return [{ ...base, says: `edits migration ${from}, which may have run already`, severity }];
}

interface Around {
  readonly scene: Scene;
  readonly squashes: boolean;
}

function deleted(
  base: Pick<Sighting, 'path' | 'line' | 'subject'>,
  from: string,
  { scene, squashes }: Around,
): readonly Sighting[] {
  const text = scene.files.find(({ change }) => change.oldPath === base.subject)?.before?.text;
  const movedTo = scene.files.find(
    ({ change, after, path }) =>
      change.status === 'added' &&
      after !== null &&
      (after.text === text || migrationName(path)?.file === from),
  );
  const name = movedTo === undefined ? '' : (migrationName(movedTo.path)?.file ?? movedTo.path);
  if (name === from) return [];
  const heir = scene.files.find(
    ({ change, path }) => change.status === 'added' && titleOf(path) === titleOf(from),
  );
  if (movedTo === undefined && heir !== undefined)
    return [
      {
        ...base,
        says: `replaces migration ${from} by ${heir.path.slice(heir.path.lastIndexOf('/') + 1)}`,
        severity: squashes ? 'note' : 'warn',
      },
    ];
  const says =
    movedTo === undefined ? `deletes migration ${from}` : `renames migration ${from} to ${name}`;
  return [{ ...base, says, ...tone(squashes) }];
}

/** What a migration is called without its time or number. */
function titleOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/^V?[\d._-]+/, '');
}

// Code of a migration is edited for new databases, and a new one does the same to those that are there.
function isMadeUpFor(before: Source, scene: Scene): boolean {
  const tables = tablesIn(before, scene);
  return (
    before.language !== 'sql' &&
    scene.files.some(
      ({ change, after, path }) =>
        change.status === 'added' &&
        after !== null &&
        migrationName(path) !== null &&
        tablesIn(after, scene).some((table) => tables.includes(table)),
    )
  );
}

function tablesIn(source: Source, scene: Scene): readonly string[] {
  return rawSteps(source, scene).flatMap(({ operations }) =>
    operations.flatMap((one) => tableOf(one) ?? []),
  );
}

function tone(squashes: boolean): Partial<Sighting> {
  return squashes ? { severity: 'note' } : { confidence: 0.75 };
}

/** Deletions from which on a new migration in the same change counts as their sum. */
const squashed = 3;

function isSquash(old: readonly ChangedFile[], { files }: Scene): boolean {
  const gone = old.filter(({ change }) => change.status === 'deleted').length;
  const isSaid = files.some(
    ({ after, change }) =>
      change.status === 'added' &&
      /\breplaces\s*=\s*\[|squash|baseline|consolidat/i.test(
        `${change.path} ${after?.text.slice(0, 4_000) ?? ''}`,
      ),
  );
  const hasNew = files.some(
    ({ change, path }) => change.status === 'added' && migrationName(path) !== null,
  );
  return isSaid || (gone >= squashed && hasNew) || gone >= 10;
}

function plain(source: Source): string {
  const text =
    source.language === 'sql'
      ? withoutComments(source.text)
      : (writtenOf(source)?.code ?? source.text);
  return text.replace(/\s+/g, '');
}

// Another way to ask which database this is does nothing else to it.
function withoutQuestions(text: string): string {
  return text.replace(/\bif\s*\([^{};\n]{0,200}\)\s*\{/g, 'if {').replace(/\s+/g, ' ');
}

function doings(source: Source, scene: Scene): string {
  return JSON.stringify(
    rawSteps(source, scene).map(({ operations, text }) => [operations, withoutQuestions(text)]),
  );
}
