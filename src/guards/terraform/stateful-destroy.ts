import { guard } from '../guard.ts';
import type { Guard, HclAttribute, HclBlock, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import {
  addressOf,
  attribute,
  attributesOf,
  callsStatefulModule,
  holdsState,
  infrastructure,
} from './infrastructure.ts';
import type { Infrastructure, Placed } from './infrastructure.ts';
import { defaultOf, identitiesOf } from './identities.ts';
import { statefulDestroyExamples } from './stateful-destroy.examples.ts';

/** The next apply would destroy something that holds data. */
export const statefulDestroy: Guard = guard({
  id: 'terraform/stateful-destroy',
  severity: 'block',
  protects: 'databases, buckets, disks, queues and keys',
  breaks: 'The next apply destroys it with all it holds, and whatever still uses it fails.',
  fix: 'Say what happens to it: a moved block when it gets another address, a removed block with destroy = false when Terraform shall let go of it; to delete it for good, do that in a change of its own after a backup.',
  languages: ['terraform'],
  cwe: [664],
  confidence: 0.9,
  ...statefulDestroyExamples,
  look,
});

function look(scene: Scene): readonly Sighting[] {
  const both = infrastructure(scene);
  return [
    ...gone(both),
    ...switchedOff(both),
    ...fewer(both),
    ...notCreated(both),
    ...replaced(both),
  ];
}

function gone(both: Infrastructure): readonly Sighting[] {
  const stays = new Set(both.after.map(keyOf));
  return both.before
    .filter((placed) => isStateful(placed) && !stays.has(keyOf(placed)))
    .filter((placed) => !isExcused(placed, both.after))
    .map((placed) => sighting(placed, both));
}

function isStateful({ block }: Placed): boolean {
  return block.type === 'resource' ? holdsState(block.labels[0] ?? '') : callsStatefulModule(block);
}

function keyOf({ block, module }: Placed): string {
  return JSON.stringify([module, addressOf(block)]);
}

// `moved` keeps the object, `removed` with destroy = false leaves it alone. A folder that moves takes its state with it.
function isExcused({ block, module, file }: Placed, after: readonly Placed[]): boolean {
  const address = addressOf(block) ?? '';
  const said = after.some((other) => {
    if (other.module !== module || fromOf(other) !== address) return false;
    if (other.block.type === 'moved') return true;
    const lifecycle = other.block.blocks.find((inner) => inner.type === 'lifecycle');
    return (
      other.block.type === 'removed' &&
      lifecycle !== undefined &&
      attribute(lifecycle, 'destroy')?.value === false
    );
  });
  const fileWent = file.after === null || file.change.status === 'renamed';
  return said || (fileWent && after.some((other) => addressOf(other.block) === address));
}

// `from` may name one of several instances: the address is what stands before the brackets.
function fromOf({ block }: Placed): string {
  return String(attribute(block, 'from')?.value ?? '').replace(/\[[^\]]*\]$/, '');
}

function sighting(placed: Placed, { before, after }: Infrastructure): Sighting {
  const { block, module, file } = placed;
  const address = addressOf(block) ?? '';
  const old = new Set(before.map(keyOf));
  const heir = after.find(
    (other) =>
      other.module === module &&
      other.block.type === block.type &&
      (block.type === 'module' || other.block.labels[0] === block.labels[0]) &&
      !old.has(keyOf(other)),
  );
  const elsewhere = after.find(
    (other) => other.module !== module && addressOf(other.block) === address,
  );
  const isModule = block.type === 'module';
  return {
    path: file.path,
    line: file.after === null ? 1 : lineAfter(file, block.line),
    says:
      heir !== undefined
        ? `gives ${address} the address ${addressOf(heir.block) ?? ''} without a moved block, which destroys it and makes a new one`
        : elsewhere === undefined
          ? `removes ${address}, which the next apply destroys`
          : `moves ${address} to ${elsewhere.file.path} without a moved block, which destroys it and makes a new one`,
    subject: address,
    ...(elsewhere !== undefined || isModule || comesBack(block)
      ? { severity: 'warn', confidence: 0.6 }
      : {}),
  };
}

// The provider keeps these for some days, or refuses while something is inside.
const kept =
  /^(?:aws_(?:kms_key|secretsmanager_secret|route53_zone|ecr_repository|backup_vault)|google_(?:kms_\w+|secret_manager_secret|dns_managed_zone|project|artifact_registry_repository)|azurerm_key_vault(?:_key)?|azurerm_dns_zone|azurerm_recovery_services_vault)$/;

function comesBack({ labels }: HclBlock): boolean {
  return kept.test(labels[0] ?? '');
}

function pairs({ before, after }: Infrastructure): readonly (readonly [Placed, Placed])[] {
  const old = new Map(before.map((placed) => [keyOf(placed), placed]));
  return after.flatMap((now) => {
    const was = old.get(keyOf(now));
    return was === undefined || !isStateful(now) ? [] : [[was, now] as const];
  });
}

function switchedOff(both: Infrastructure): readonly Sighting[] {
  return pairs(both).flatMap(([was, now]) => {
    const off = ['count', 'for_each'].map((name) => attribute(now.block, name)).find(isNone);
    if (off === undefined || off === null) return [];
    if (isNone(attribute(was.block, off.name))) return [];
    const address = addressOf(now.block) ?? '';
    const { path } = now.file;
    return [
      {
        path,
        line: off.line,
        says: `sets ${off.name} of ${address} to none, which destroys it`,
        subject: `${address} ${off.name}`,
      },
    ];
  });
}

// A set of names that loses one, or a count that falls, destroys what it no longer names.
function fewer(both: Infrastructure): readonly Sighting[] {
  return pairs(both).flatMap(([was, now]) =>
    ['count', 'for_each'].flatMap((name) => {
      const [old, value] = [attribute(was.block, name), attribute(now.block, name)];
      if (old === null || value === null || isNone(value)) return [];
      const lost = lostInstances(old, value);
      if (lost === null) return [];
      const address = addressOf(now.block) ?? '';
      const says = `no longer makes ${lost} of ${address}, which destroys it`;
      const { path } = now.file;
      return [{ path, line: value.line, says, subject: `${address} ${name}`, confidence: 0.8 }];
    }),
  );
}

function lostInstances(old: HclAttribute, value: HclAttribute): string | null {
  if (old.name === 'count') {
    const [from, to] = [old.value, value.value];
    const isFewer = typeof from === 'number' && typeof to === 'number' && to < from;
    return isFewer ? `${from - to} of ${from}` : null;
  }
  const [before, after] = [namesIn(old), namesIn(value)];
  if (before === null || after === null) return null;
  const gone = [...before].filter((name) => !after.has(name));
  return gone.length === 0 ? null : gone.slice(0, 5).join(', ');
}

function namesIn({ value }: HclAttribute): ReadonlySet<string> | null {
  const list = /^(?:toset\s*\(\s*)?\[([^[\]{}$]*)\]\s*\)?$/.exec(String(value))?.[1];
  if (list === undefined || !/^[\s,]*(?:"[^"]*"[\s,]*)*$/.test(list)) return null;
  return new Set([...list.matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? ''));
}

const switches = /^(?:create|enabled|create_\w{0,40}|enable)$/;

// Modules have a switch that makes nothing at all.
function notCreated(both: Infrastructure): readonly Sighting[] {
  return pairs(both).flatMap(([was, now]) => {
    if (now.block.type !== 'module') return [];
    return now.block.attributes.flatMap(({ name, value, line }) => {
      const old = attribute(was.block, name);
      if (!switches.test(name) || value !== false || old?.value === false) return [];
      const isMain = /^(?:create|enabled|create_(?:bucket|db_instance|cluster|table|db))$/.test(
        name,
      );
      if (!isMain) return [];
      const address = addressOf(now.block) ?? '';
      const says = `sets ${name} of ${address} to false, which destroys what it made`;
      const { path } = now.file;
      return [{ path, line, says, subject: `${address} ${name}`, severity: 'warn' as const }];
    });
  });
}

function isNone(count: HclAttribute | null): boolean {
  if (count === null) return false;
  const text = String(count.value).replace(/\s+/g, '');
  return count.name === 'count' ? count.value === 0 : /^(?:\{\}|\[\]|toset\(\[\]\))$/.test(text);
}

// A new value of what the provider cannot change in place makes a new, empty object.
function replaced(both: Infrastructure): readonly Sighting[] {
  return pairs(both).flatMap(([was, now]) => {
    const old = new Map(attributesOf(was.block));
    const values = new Map(attributesOf(now.block));
    return identitiesOf(now.block.labels[0] ?? '').flatMap((name) => {
      const [from, to] = [known(old.get(name), name), known(values.get(name), name)];
      if (from === undefined || to === undefined || from === to) return [];
      const address = addressOf(now.block) ?? '';
      const says = `changes ${name} of ${address} from ${String(from)} to ${String(to)}, which destroys it and makes a new one`;
      const line =
        values.get(name)?.line ?? lineAfter(now.file, old.get(name)?.line ?? now.block.line);
      return [{ path: now.file.path, line, says, subject: `${address} ${name}` }];
    });
  });
}

function known(value: HclAttribute | undefined, name: string): HclAttribute['value'] | undefined {
  if (value === undefined) return defaultOf(name);
  const isList = !value.literal && /^\[[^${}]*\]$/.test(String(value.value));
  return value.literal || isList ? value.value : undefined;
}
