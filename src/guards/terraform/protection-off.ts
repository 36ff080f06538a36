import { guard } from '../guard.ts';
import type { Guard, HclAttribute, HclBlock, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { addressOf, attributesOf, infrastructure } from './infrastructure.ts';
import type { Infrastructure, Placed } from './infrastructure.ts';
import { protectionOffExamples } from './protection-off.examples.ts';
import { protections } from './protections.ts';
import type { Protection } from './protections.ts';
import { shieldsGone } from './shields-gone.ts';

/** A safety catch on something that holds data is taken off. */
export const protectionOff: Guard = guard({
  id: 'terraform/protection-off',
  severity: 'block',
  protects: 'the way back: backups, final snapshots, versions, deletion protection',
  breaks:
    'One wrong apply or click now destroys the data, and there is nothing to restore it from.',
  fix: 'Keep the protection; where it must go for a migration, take it off in a change of its own and put it back after.',
  languages: ['terraform'],
  cwe: [664],
  confidence: 0.9,
  ...protectionOffExamples,
  look,
});

function look(scene: Scene): readonly Sighting[] {
  const both = infrastructure(scene);
  const old = new Map(both.before.map((placed) => [keyOf(placed), placed]));
  const changes = both.after.flatMap((now) => [
    ...compare(old.get(keyOf(now)) ?? null, now),
    ...defaultOff(old.get(keyOf(now)) ?? null, now),
    ...versionsGone(old.get(keyOf(now)) ?? null, now, both),
  ]);
  return [...changes, ...shieldsGone(both)];
}

// Files of values have no names: each stands for itself.
function keyOf({ block, module, file }: Placed): string {
  return JSON.stringify([block.type === '' ? file.path : module, block.type, ...block.labels]);
}

function compare(was: Placed | null, now: Placed): readonly Sighting[] {
  const { block } = now;
  const type = block.type === 'resource' ? (block.labels[0] ?? '') : '';
  if (!['resource', 'module', ''].includes(block.type)) return [];
  return protections.flatMap((protection) => {
    if (type !== '' && !protection.counts(type)) return [];
    return changed(protection, { was, now, type });
  });
}

interface Pair {
  readonly was: Placed | null;
  readonly now: Placed;
  readonly type: string;
}

function changed(protection: Protection, { was, now, type }: Pair): readonly Sighting[] {
  const before = was === null ? [] : named(was.block, protection);
  const after = named(now.block, protection);
  const turned = after.flatMap(([path, value]) => {
    if (!value.literal || !protection.isOff(value.value)) return [];
    const old = before.find(([name]) => name === path)?.[1];
    if (old?.literal === true && protection.isOff(old.value)) return [];
    // A new object has nothing to lose yet, and an unknown value may have been off before.
    const isMild = was === null || (old !== undefined && !old.literal);
    return [said({ now, protection, path, line: value.line, isMild })];
  });
  if (type === '' || !protection.offWhenAbsent(type)) return turned;
  const dropped = before.flatMap(([path, old]) => {
    const isGone = !after.some(([name]) => name === path);
    if (!isGone || !old.literal || protection.isOff(old.value)) return [];
    const line = lineAfter(now.file, old.line);
    return [said({ now, protection, path, line, isMild: false })];
  });
  return [...turned, ...dropped];
}

function named(
  block: HclBlock,
  { name }: Protection,
): readonly (readonly [string, HclAttribute])[] {
  return attributesOf(block).filter(([path]) => name.test(path));
}

interface Said {
  readonly now: Placed;
  readonly protection: Protection;
  readonly path: string;
  readonly line: number;
  readonly isMild: boolean;
}

function said({ now, protection, path, line, isMild }: Said): Sighting {
  const place = addressOf(now.block) ?? now.file.path;
  return {
    path: now.file.path,
    line,
    says: `${protection.says} (${path} of ${place})`,
    subject: `${place} ${path}`,
    ...(isMild ? { severity: 'warn', confidence: 0.6 } : {}),
  };
}

// The default of a variable reaches every environment that does not say otherwise.
function defaultOff(was: Placed | null, now: Placed): readonly Sighting[] {
  if (now.block.type !== 'variable' || was === null) return [];
  const name = now.block.labels[0] ?? '';
  const protection = protections.find((one) => one.name.test(name));
  const value = now.block.attributes.find((one) => one.name === 'default');
  const old = was.block.attributes.find((one) => one.name === 'default');
  if (protection === undefined || !value?.literal || !protection.isOff(value.value)) return [];
  if (old === undefined || protection.isOff(old.value)) return [];
  const says = `by default ${protection.says} (variable ${name})`;
  return [
    {
      path: now.file.path,
      line: value.line,
      says,
      subject: name,
      severity: 'warn',
      confidence: 0.7,
    },
  ];
}

// Since version 4 of the provider, versioning is a resource of its own; moving it there is no loss.
function versionsGone(
  was: Placed | null,
  now: Placed,
  { after }: Infrastructure,
): readonly Sighting[] {
  if (now.block.labels[0] !== 'aws_s3_bucket' || was === null) return [];
  const old = was.block.blocks.find((inner) => inner.type === 'versioning');
  const enabled = old?.attributes.find((one) => one.name === 'enabled');
  if (old === undefined || enabled?.value !== true) return [];
  if (now.block.blocks.some((inner) => inner.type === 'versioning' || inner.type === 'dynamic'))
    return [];
  if (after.some(({ block }) => block.labels[0] === 'aws_s3_bucket_versioning')) return [];
  const address = addressOf(now.block) ?? '';
  const line = lineAfter(now.file, old.line);
  return [
    {
      path: now.file.path,
      line,
      says: `stops keeping versions (versioning of ${address})`,
      subject: `${address} versioning`,
    },
  ];
}
