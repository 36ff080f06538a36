import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { migrationLanguages } from '../sql/languages.ts';
import { migrationName } from './migration-file.ts';
import { outOfOrderExamples } from './out-of-order.examples.ts';
import { forks } from './forks.ts';
import { journalFaults } from './journal.ts';

/** A migration whose place among the others is not clear, so that a tool stops at it or passes it over. */
export const outOfOrder: Guard = guard({
  id: 'migrations/out-of-order',
  severity: 'block',
  protects: 'the one order in which all databases change',
  breaks:
    'The migration tool refuses to run, or silently leaves the migration out on databases that are ahead of it.',
  fix: 'Give the migration a version after the newest one, or make it depend on that one.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.85,
  ...outOfOrderExamples,
  look: (scene) => [
    ...sameVersion(scene),
    ...forks(scene),
    ...journalFaults(scene),
    ...olderThanSchema(scene),
  ],
});

// Tools that remember a version by its number alone.
const numbered = /\.(?:sql|rb|go|java|kt|exs)$/;

function sameVersion(scene: Scene): readonly Sighting[] {
  const seen = new Map<string, ChangedFile>();
  const found: Sighting[] = [];
  for (const file of scene.files) {
    const name = file.after === null ? null : migrationName(file.path);
    if (name === null || !numbered.test(file.path) || !isProductionPath(file.path)) continue;
    if (file.path.endsWith('/migration.sql')) continue;
    const key = `${name.folder}/${name.version}`;
    const other = seen.get(key);
    seen.set(key, file);
    const isNew = file.change.status === 'added' || file.change.status === 'renamed';
    if (other === undefined || !isNew || isPair(file.path, other.path)) continue;
    const says = `has the version ${name.version} of ${migrationName(other.path)?.file ?? other.path}`;
    found.push({ path: file.path, line: 1, says, subject: `${name.version} ${file.path}` });
  }
  return found;
}

// One migration in two files: up and down, or a part for each database.
function isPair(one: string, other: string): boolean {
  const stem = (path: string): string =>
    path.replace(
      /[._-](?:up|down|do|undo|transaction|no_?tx|post|pre|mysql|postgres\w*|sqlite\d?|mssql)(?=\.)/gi,
      '',
    );
  return stem(one) === stem(other);
}

const schemaVersion = /ActiveRecord::Schema(?:\[[\d.]+\])?\.define\(version:\s*([\d_]+)\)/;

// Rails runs it nevertheless, but the schema of a new database was not made in this order.
function olderThanSchema({ files }: Scene): readonly Sighting[] {
  const schema = files.find(({ path }) => /(?:^|\/)db\/schema\.rb$/.test(path));
  const newest = schemaVersion.exec(schema?.before?.text ?? '')?.[1]?.replaceAll('_', '');
  if (newest === undefined) return [];
  return files.flatMap(({ path, change }) => {
    const version = /(?:^|\/)db\/migrate\/(\d{14})_/.exec(path)?.[1];
    if (change.status !== 'added' || version === undefined || version >= newest) return [];
    const says = `is older (${version}) than the newest migration of the base (${newest})`;
    return [{ path, line: 1, says, subject: version, severity: 'note' as const }];
  });
}
