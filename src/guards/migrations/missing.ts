import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting } from '../guard.ts';
import { isMigrationPath, isProductionPath } from '../language.ts';
import { missingExamples } from './missing.examples.ts';
import { djangoFields, prismaFields } from './model-fields.ts';
import type { Field } from './model-fields.ts';

/** A model says something else than the database, because no migration came with it. */
export const missing: Guard = guard({
  id: 'migrations/missing',
  severity: 'warn',
  protects: 'the agreement of models and tables',
  breaks:
    'The program asks for columns that the database does not have, and every query of the model fails.',
  fix: 'Make the migration (manage.py makemigrations, prisma migrate dev, rails generate migration) and commit it with the model.',
  languages: ['python', 'ruby', 'other'] satisfies readonly Language[],
  cwe: [664],
  confidence: 0.7,
  ...missingExamples,
  look: (scene) => scene.files.flatMap((file) => sightings(file, scene)),
});

interface Model {
  readonly is: RegExp;
  readonly fields: (lines: readonly string[]) => ReadonlyMap<string, Field>;
  /** Folder of the migrations that belong to a model file, and a file that is there if they are used. */
  readonly home: (folder: string) => string;
  readonly mark: string;
  readonly says: string;
}

const models: readonly Model[] = [
  {
    is: /(?:^|\/)models\.py$/,
    fields: djangoFields,
    home: (folder) => `${folder}/migrations`,
    mark: '__init__.py',
    says: 'no migration of the app',
  },
  {
    is: /(?:^|\/)models\/[^/]+\.py$/,
    fields: djangoFields,
    home: (folder) => `${folder.replace(/\/?models$/, '')}/migrations`,
    mark: '__init__.py',
    says: 'no migration of the app',
  },
  {
    is: /(?:^|\/)schema\.prisma$/,
    fields: prismaFields,
    home: (folder) => `${folder}/migrations`,
    mark: 'migration_lock.toml',
    says: 'no migration of Prisma',
  },
];

function sightings(file: ChangedFile, scene: Scene): readonly Sighting[] {
  const { path, before, after } = file;
  if (before === null || after === null || !isProductionPath(path)) return [];
  const model = models.find(({ is }) => is.test(path));
  if (model === undefined || scene.files.some((other) => isMigrationPath(other.path))) return [];
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (scene.readAfter(`${model.home(folder)}/${model.mark}`) === null) return [];
  const [old, fresh] = [model.fields(before.lines), model.fields(after.lines)];
  const come = [...fresh].filter(([key]) => !old.has(key));
  const gone = [...old].filter(([key]) => !fresh.has(key));
  // A model that moves to another file takes its columns along.
  const moved = scene.files.some(
    (other) => other !== file && models.some(({ is }) => is.test(other.path)),
  );
  const [first] = come.length > 0 ? come : gone;
  if (first === undefined || moved) return [];
  const [key, { line }] = first;
  const at = come.length > 0 ? line : Math.min(line, after.lines.length);
  const says = `${come.length > 0 ? 'adds' : 'removes'} ${key} and brings ${model.says}`;
  return [{ path, line: at, says, subject: key }];
}
