import { at, dataOf } from '../data.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting, Source } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { resources } from '../resources/resource.ts';
import { settingsOfData } from '../resources/setting.ts';
import type { Setting } from '../resources/setting.ts';
import { grantsOf } from './grants.ts';
import { permissionWidenedExamples } from './permission-widened.examples.ts';

/** A role or policy of the cloud may do everything, or everybody may use it. */
export const cloudPermissionWidened: Guard = guard({
  id: 'access/permission-widened',
  severity: 'block',
  protects: 'the account: what one stolen key or one confused program may do',
  breaks: 'One leaked key or one fault in this program now reaches everything in the account.',
  fix: 'Name the actions and the resources that are needed, and who may use them.',
  languages: ['terraform', 'yaml', 'json'],
  cwe: [250, 732],
  confidence: 0.85,
  ...permissionWidenedExamples,
  look,
});

/** What may hold policies, without regard to the language. */
interface Holder {
  readonly type: string;
  readonly title: string;
  readonly settings: readonly Setting[];
  readonly file: ChangedFile;
}

function look(scene: Scene): readonly Sighting[] {
  const all = resources(scene);
  const documents = scene.files.filter(isDocument);
  const before = [...all.before, ...documents.flatMap((file) => holder(file, file.before))];
  const after = [...all.after, ...documents.flatMap((file) => holder(file, file.after))];
  const own = new Set(before.flatMap((one) => grantsOf(one).map(({ says }) => keyOf(one, says))));
  const stays = new Set(after.flatMap((one) => grantsOf(one).map(({ says }) => keyOf(one, says))));
  const moved = countMoved(before, stays);
  return after.flatMap((one) => newGrants(one, own, moved));
}

function keyOf({ file, title }: Holder, says: string): string {
  return JSON.stringify([file.path, title, says]);
}

// A grant that is no longer where it was may have moved to where it is new.
function countMoved(before: readonly Holder[], stays: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    before.flatMap((one) =>
      grantsOf(one)
        .filter(({ says }) => !stays.has(keyOf(one, says)))
        .map(({ says }) => says),
    ),
  );
}

function newGrants(
  one: Holder,
  own: ReadonlySet<string>,
  moved: ReadonlySet<string>,
): readonly Sighting[] {
  const isMild = isOtherEnvironment(one.file.path);
  return grantsOf(one)
    .filter(({ says }) => !own.has(keyOf(one, says)) && !moved.has(says))
    .map(({ says, severity, line, endLine }) => ({
      path: one.file.path,
      line,
      endLine,
      says: `${says} (${one.title})`,
      subject: `${one.title} ${says}`,
      severity: isMild && severity === 'block' ? 'warn' : severity,
    }));
}

function isDocument({ path, language }: ChangedFile): boolean {
  return language === 'json' && isProductionPath(path);
}

// A policy document by itself: `{"Version": "2012-10-17", "Statement": […]}`.
function holder(file: ChangedFile, source: Source | null): readonly Holder[] {
  if (source === null || !/"Statement"\s*:/.test(source.text)) return [];
  const [data] = dataOf(source) ?? [];
  const statement = at(data ?? null, 'Statement');
  if (statement === null) return [];
  const settings = settingsOfData(statement, { path: 'Statement', at: '' }, () => true);
  return [{ type: 'policy', title: 'the policy', settings, file }];
}
