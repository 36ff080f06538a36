import { guard } from '../guard.ts';
import type { ChangedFile, Guard, HclBlock, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { lineAfter } from '../seam.ts';
import { attribute, infrastructure } from './infrastructure.ts';
import type { Infrastructure, Placed } from './infrastructure.ts';

const state =
  '{\n  "version": 4,\n  "terraform_version": "1.9.5",\n  "serial": 7,\n  "lineage": "f3c1",\n  "resources": []\n}\n';
const backend = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'infra/main.tf': `terraform {\n  required_version = "1.9.5"\n${lines.map((line) => `  ${line}\n`).join('')}}\n`,
});
const s3 = (...more: readonly string[]): Readonly<Record<string, string>> =>
  backend('backend "s3" {', '  bucket = "state"', '  key = "shop"', ...more, '}');

/** Terraform's state, which holds passwords in plain text, lands in the repository or loses its home. */
export const stateExposed: Guard = guard({
  id: 'terraform/state-exposed',
  severity: 'block',
  protects: 'what Terraform knows of your infrastructure, and the secrets in it',
  breaks:
    'A state in the repository shows its secrets to every reader; a state that is lost or doubled makes the next apply build everything again.',
  fix: 'Keep the state in a remote backend with locking and encryption, move it by terraform init -migrate-state, and keep state files out by .gitignore.',
  languages: 'any',
  cwe: [200, 312],
  confidence: 0.9,
  caught: [
    { name: 'a state file is added', after: { 'infra/terraform.tfstate': state } },
    { name: 'a backup of the state is added', after: { 'infra/prod.tfstate.backup': state } },
    {
      name: 'the state moves to a local file',
      before: s3(),
      after: backend('backend "local" {', '  path = "terraform.tfstate"', '}'),
    },
    { name: 'the backend is removed', before: s3(), after: backend() },
    {
      name: 'the state gets another key',
      before: s3(),
      after: backend('backend "s3" {', '  bucket = "state"', '  key = "store"', '}'),
    },
    {
      name: 'nobody locks the state any more',
      before: s3('  dynamodb_table = "locks"'),
      after: s3(),
    },
  ],
  passed: [
    {
      name: 'a state file is removed',
      before: { 'infra/terraform.tfstate': state },
      after: {},
    },
    { name: 'the backend stays', before: s3(), after: s3('  encrypt = true') },
    {
      name: 'one kind of lock takes the place of the other',
      before: s3('  dynamodb_table = "locks"'),
      after: s3('  use_lockfile = true'),
    },
    {
      name: 'the state gets a home',
      before: backend('backend "local" {', '}'),
      after: s3(),
    },
    {
      name: 'the backend moves to another file',
      before: s3(),
      after: { ...backend(), 'infra/backend.tf': s3()['infra/main.tf'] ?? '' },
    },
    { name: 'a state of the tests', after: { 'test/fixtures/terraform.tfstate': state } },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return [...scene.files.flatMap(stateAdded), ...backendsChanged(infrastructure(scene))];
}

const stateName = /\.tfstate(?:\.\d+)?(?:\.backup)?$/;

function stateAdded(file: ChangedFile): readonly Sighting[] {
  const { path, after, before, change } = file;
  if (!stateName.test(path) || !isProductionPath(path) || change.status === 'deleted') return [];
  if (before !== null && stateName.test(before.path)) return [];
  if (after !== null && !/"(?:lineage|terraform_version|serial)"/.test(after.text)) return [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  const says = `adds the state of Terraform (${name}) to the repository`;
  return [{ path, line: 1, says, subject: name }];
}

interface Home {
  readonly block: HclBlock;
  readonly placed: Placed;
}

function backendsChanged({ before, after }: Infrastructure): readonly Sighting[] {
  return homesIn(before).flatMap((was) => {
    const { module } = was.placed;
    const now = homesIn(after).find(({ placed }) => placed.module === module);
    if (now !== undefined) return moved(was, now);
    const stays = after.find(
      ({ block, module: folder }) => folder === module && block.type === 'terraform',
    );
    if (stays === undefined || was.placed.file.after === null || was.block.labels[0] === 'local')
      return [];
    const says = `removes the backend ${was.block.labels[0] ?? ''}, so that the state is a local file`;
    return [seen(was.placed, { line: lineAfter(was.placed.file, was.block.line), says })];
  });
}

function homesIn(placed: readonly Placed[]): readonly Home[] {
  return placed.flatMap((one) =>
    one.block.type !== 'terraform'
      ? []
      : one.block.blocks
          .filter(({ type }) => type === 'backend' || type === 'cloud')
          .map((block) => ({ block, placed: one })),
  );
}

// What names the place of the state in each kind of backend.
const places = [
  'bucket',
  'key',
  'prefix',
  'path',
  'container_name',
  'storage_account_name',
  'address',
  'organization',
  'workspaces.name',
  'secret_suffix',
];
const locks = ['dynamodb_table', 'use_lockfile'];

function moved(was: Home, now: Home): readonly Sighting[] {
  const [from, to] = [was.block.labels[0] ?? was.block.type, now.block.labels[0] ?? now.block.type];
  const { line } = now.block;
  if (from !== to) {
    if (from === 'local') return [];
    return to === 'local'
      ? [seen(now.placed, { line, says: `moves the state from ${from} to a local file` })]
      : [seen(now.placed, { line, says: `moves the state from ${from} to ${to}`, isMild: true })];
  }
  const place = places.find((name) => {
    const [old, value] = [attribute(was.block, name), attribute(now.block, name)];
    return old?.literal === true && value?.literal === true && old.value !== value.value;
  });
  if (place !== undefined) {
    const at = attribute(now.block, place)?.line ?? line;
    const says = `looks for the state at another ${place} (${String(attribute(was.block, place)?.value)} before)`;
    return [seen(now.placed, { line: at, says, isMild: true })];
  }
  return unlocked(was, now);
}

function unlocked(was: Home, now: Home): readonly Sighting[] {
  const isLocked = ({ block }: Home): boolean =>
    locks.some((name) => ![undefined, false].includes(attribute(block, name)?.value as false));
  const wasOpen = attribute(was.block, 'encrypt')?.value !== true;
  const isOpen = attribute(now.block, 'encrypt')?.value === false;
  if (isLocked(was) && !isLocked(now)) {
    const old = locks.map((name) => attribute(was.block, name)).find((one) => one !== null);
    const line = lineAfter(now.placed.file, old?.line ?? now.block.line);
    return [seen(now.placed, { line, says: 'takes the lock off the state', isMild: true })];
  }
  if (wasOpen || !isOpen) return [];
  const line = attribute(now.block, 'encrypt')?.line ?? now.block.line;
  return [seen(now.placed, { line, says: 'stops encrypting the state', isMild: true })];
}

interface Seen {
  readonly line: number;
  readonly says: string;
  readonly isMild?: boolean;
}

function seen({ file }: Placed, { line, says, isMild }: Seen): Sighting {
  const mild = isMild === true ? ({ severity: 'warn', confidence: 0.7 } as const) : {};
  return { path: file.path, line, says, subject: says, ...mild };
}
