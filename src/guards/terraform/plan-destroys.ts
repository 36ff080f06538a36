import { at, dataOf, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting, Source } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { holdsState } from './infrastructure.ts';

const plan = (type: string, actions: string, more = ''): string =>
  `{"format_version": "1.2", "terraform_version": "1.9.5", "resource_changes": [\n  {"address": "${type}.main", "mode": "managed", "type": "${type}", "name": "main",\n   "change": {"actions": [${actions}]${more}}}\n]}\n`;

/** A plan says that the apply will destroy something that holds data. */
export const planDestroys: Guard = guard({
  id: 'terraform/plan-destroys',
  severity: 'block',
  protects: 'databases, buckets, disks, queues and keys',
  breaks: 'Applying this plan destroys it with all it holds.',
  fix: 'Find out what makes Terraform destroy it (see replace_paths in the plan); use a moved block, ignore_changes, or a migration with a backup.',
  languages: ['json'],
  cwe: [664],
  confidence: 0.95,
  readsGenerated: true,
  caught: [
    {
      name: 'the plan deletes a database',
      after: { 'infra/plan.json': plan('aws_db_instance', '"delete"') },
    },
    {
      name: 'the plan replaces a disk',
      after: {
        'infra/plan.json': plan(
          'google_compute_disk',
          '"delete", "create"',
          ', "replace_paths": [["zone"]]',
        ),
      },
    },
    {
      name: 'a newer plan replaces a cluster, the new one first',
      before: { 'infra/tfplan.json': plan('aws_rds_cluster', '"update"') },
      after: {
        'infra/tfplan.json': plan(
          'aws_rds_cluster',
          '"create", "delete"',
          ', "replace_paths": [["engine"], ["kms_key_id"]]',
        ),
      },
    },
  ],
  passed: [
    {
      name: 'the plan makes a database',
      after: { 'infra/plan.json': plan('aws_db_instance', '"create"') },
    },
    {
      name: 'the plan changes a database in place',
      after: { 'infra/plan.json': plan('aws_db_instance', '"update"') },
    },
    {
      name: 'the plan deletes what holds no data',
      after: { 'infra/plan.json': plan('aws_security_group', '"delete"') },
    },
    {
      name: 'the plan lets go of a database without deleting it',
      after: { 'infra/plan.json': plan('aws_db_instance', '"forget"') },
    },
    {
      name: 'a plan of the tests',
      after: { 'test/fixtures/plan.json': plan('aws_db_instance', '"delete"') },
    },
    {
      name: 'the earlier plan said so, too',
      before: { 'infra/plan.json': plan('aws_db_instance', '"delete"') },
      after: { 'infra/plan.json': `${plan('aws_db_instance', '"delete"')}\n` },
    },
  ],
  look,
});

interface Destroyed {
  readonly address: string;
  readonly isReplaced: boolean;
  readonly because: readonly string[];
  readonly line: number;
}

function look(scene: Scene): readonly Sighting[] {
  const files = scene.files.filter(
    ({ path, language }) => language === 'json' && isProductionPath(path),
  );
  return files.flatMap((file) => {
    const old = new Set(destroyedBy(file.before).map(({ address }) => address));
    const now = file.after === null ? [] : planned(file, file.after, scene);
    return now.filter(({ address }) => !old.has(address)).map((one) => sighting(file, one));
  });
}

function planned(file: ChangedFile, source: Source, scene: Scene): readonly Destroyed[] {
  if (!isPlan(source)) return [];
  if (dataOf(source) === null)
    scene.report({ what: file.path, why: 'the plan is too long or not well-formed JSON' });
  return destroyedBy(source);
}

function isPlan({ text }: Source): boolean {
  return text.includes('"resource_changes"') && text.includes('"actions"');
}

function destroyedBy(source: Source | null): readonly Destroyed[] {
  if (source === null || !isPlan(source)) return [];
  return (dataOf(source) ?? []).flatMap((data) =>
    itemsOf(at(data, 'resource_changes')).flatMap(destruction),
  );
}

function destruction(data: Data): readonly Destroyed[] {
  const actions = itemsOf(at(data, 'change', 'actions')).map((one) =>
    one.kind === 'scalar' ? one.value : null,
  );
  // What an earlier replacement left behind is already without use.
  if (!actions.includes('delete') || scalarAt(data, 'deposed') !== undefined) return [];
  if (!holdsState(String(scalarAt(data, 'type') ?? ''))) return [];
  const because = itemsOf(at(data, 'change', 'replace_paths')).map((path) =>
    itemsOf(path)
      .map((part) => (part.kind === 'scalar' ? String(part.value) : ''))
      .join('.'),
  );
  const address = String(scalarAt(data, 'address') ?? '');
  return [{ address, isReplaced: actions.includes('create'), because, line: data.line }];
}

function sighting(file: ChangedFile, { address, isReplaced, because, line }: Destroyed): Sighting {
  const why = because.length === 0 ? '' : `, because of ${because.slice(0, 5).join(', ')}`;
  return {
    path: file.path,
    line,
    says: isReplaced
      ? `the plan destroys ${address} and makes a new one${why}`
      : `the plan destroys ${address}`,
    subject: `${address} ${isReplaced ? 'replaced' : 'deleted'}`,
  };
}
