import type { Hunk } from '../../change/change.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { isMigrationPath, isProductionPath } from '../language.ts';
import { cascadeExamples } from './cascade-delete.examples.ts';
import { migrationLanguages } from './languages.ts';
import { steps } from './step.ts';
import type { Step } from './step.ts';

/** Deleting one row takes others with it, which it did not before. */
export const cascadeDelete: Guard = guard({
  id: 'sql/cascade-delete',
  severity: 'warn',
  protects: 'rows that belong to what is deleted',
  breaks:
    'Deleting one row silently deletes all rows that refer to it, and theirs in turn, where the database or the program refused before.',
  fix: 'Keep RESTRICT and delete what belongs to the row on purpose, or mark rows as deleted.',
  languages: migrationLanguages,
  cwe: [664],
  confidence: 0.65,
  ...cascadeExamples,
  look: (scene) => [
    ...steps(scene).flatMap((step) => inMigration(step, scene)),
    ...scene.files.flatMap(inModel),
  ],
});

function inMigration(step: Step, scene: Scene): readonly Sighting[] {
  if (step.setting === 'script') return [];
  const others = step.file.flatMap(({ operations }) => operations);
  return step.operations.flatMap((operation) => {
    if (operation.kind !== 'add-constraint') return [];
    const { table, constraint } = operation;
    const from = constraint.cascadesFrom;
    if (from === undefined) return [];
    const isOld = others.some((one) => one.kind === 'drop-constraint' && one.table === table);
    const columns = constraint.columns ?? [];
    const areNew = columns.some((column) => step.newColumns.has(`${table}.${column}`));
    if (!isOld || areNew || cascadedBefore(constraint.name ?? '', step, scene)) return [];
    const { path, line, endLine } = step;
    const says = `lets a delete in ${from} delete rows of ${table}, which a constraint kept before`;
    return [{ path, line, endLine, says, subject: `${table} ${from}` }];
  });
}

// The part that takes the migration back, or an older migration, tells what the constraint was.
function cascadedBefore(name: string, step: Step, scene: Scene): boolean {
  if (name === '') return false;
  const file = scene.files.find(({ path }) => path === step.path);
  const lines = file?.after?.lines ?? [];
  const isHere = lines.some((text, index) => {
    const outside = index + 1 < step.line || index + 1 > step.endLine;
    const end = index + 1 < step.line ? Math.min(index + 8, step.line - 1) : index + 8;
    return outside && text.includes(name) && cascades(lines.slice(index, end).join('\n'));
  });
  const older = scene.search?.(name) ?? [];
  return isHere || older.some(({ path, text }) => path !== step.path && cascades(text));
}

function cascades(text: string): boolean {
  return /\bon\s+delete\s+cascade\b|ReferentialAction\.Cascade|on_?delete['"]?\s*[:=]\s*['"]cascade/i.test(
    text,
  );
}

const mayCascade = /cascade|dependent:\s*:(?:destroy|delete_all)/i;

function inModel(file: ChangedFile): readonly Sighting[] {
  const { change, path, after, before } = file;
  if (after === null || before === null || !isProductionPath(path) || isMigrationPath(path))
    return [];
  if (!models.has(file.language) && !path.endsWith('.prisma')) return [];
  const old = before.text;
  return change.hunks
    .filter((hunk) => hunk.removed.length > 0 && hunk.added.some((line) => mayCascade.test(line)))
    .flatMap((hunk) => {
      const line = hunk.added.findIndex((text, index) => turnsToCascade(text, hunk, index));
      if (line < 0) return [];
      const text = hunk.added[line] ?? '';
      const name = relationOf(text) ?? relationAbove(after.lines, hunk.newStart + line - 1);
      if (name !== null && !old.includes(name)) return [];
      const says = `lets a delete cascade over ${name === null ? 'a relation' : `relation ${name}`} that was there before`;
      return [{ path, line: hunk.newStart + line, says, subject: text.trim() }];
    });
}

const models: ReadonlySet<string> = new Set([
  'python',
  'ruby',
  'typescript',
  'javascript',
  'java',
  'kotlin',
  'csharp',
  'php',
]);

const cascading =
  /on_delete\s*=\s*(?:models\.)?CASCADE\b|dependent:\s*:(?:destroy|delete_all)\b|onDelete['"]?\s*[:(]\s*['"`]?cascade\b|ondelete\s*=\s*["']CASCADE|cascadeOnDelete\(|DeleteBehavior\.Cascade\b|CascadeType\.(?:REMOVE|ALL)\b|orphanRemoval\s*=\s*true|OnDeleteAction\.CASCADE/i;
const other =
  /on_delete\s*=\s*(?:models\.)?(?!CASCADE)\w+|dependent:\s*:(?!destroy|delete_all)\w+|onDelete['"]?\s*[:(]\s*['"`]?(?!cascade)\w+|ondelete\s*=\s*["'](?!CASCADE)|(?:restrict|null|noAction)OnDelete\(|DeleteBehavior\.(?!Cascade)\w+|OnDeleteAction\.(?!CASCADE)\w+/i;

function turnsToCascade(text: string, { removed, added }: Hunk, index: number): boolean {
  if (
    !cascading.test(text) ||
    removed.some((line) => cascading.test(line) && line.trim() === text.trim())
  )
    return false;
  const name = relationOf(text);
  const same = removed.find((line) => name !== null && relationOf(line) === name);
  if (same !== undefined) return !cascading.test(same);
  const pair = removed[index];
  return name === null && pair !== undefined && added.length === removed.length && other.test(pair);
}

const relations: readonly RegExp[] = [
  /^\s*(\w+)\s*=\s*(?:\w+\.)*(?:ForeignKey|OneToOneField|relationship|mapped_column|Column)\(/,
  /^\s*(?:has_many|has_one|belongs_to|has_and_belongs_to_many)\s*\(?:?(\w+)/,
  /^\s*(\w+)\s+\w+[?[\]]*\s+@relation\b/,
  /^\s*(\w+)\s*[:=]\s*(?:\w+\()/,
];

function relationOf(text: string): string | null {
  if (text.length > 2_000) return null;
  return (
    relations.map((pattern) => pattern.exec(text)?.[1]).find((name) => name !== undefined) ?? null
  );
}

function relationAbove(lines: readonly string[], index: number): string | null {
  for (let at = index; at >= Math.max(0, index - 8); at -= 1) {
    const name = relationOf(lines[at] ?? '');
    if (name !== null) return name;
  }
  return null;
}
