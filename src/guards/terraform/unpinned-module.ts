import { guard } from '../guard.ts';
import type { Guard, HclBlock, Scene, Severity, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { attribute, infrastructure } from './infrastructure.ts';
import type { Placed } from './infrastructure.ts';

const git = (ref: string): Readonly<Record<string, string>> => ({
  'infra/main.tf': `module "vpc" {\n  source = "git::https://git.example.com/vpc.git${ref}"\n  cidr   = "10.0.0.0/16"\n}\n`,
});
const registry = (line: string): Readonly<Record<string, string>> => ({
  'infra/main.tf': `module "vpc" {\n  source  = "terraform-aws-modules/vpc/aws"\n${line}}\n`,
});

/** A module is no longer held at one version. */
export const unpinnedModule: Guard = guard({
  id: 'terraform/unpinned-module',
  severity: 'warn',
  protects: 'that the same code builds the same infrastructure',
  breaks:
    'The next init takes whatever the module is then, and its plan may change or destroy what nobody touched.',
  fix: 'Name a version or a tag, and raise it in a change of its own.',
  languages: ['terraform'],
  cwe: [829, 1357],
  confidence: 0.8,
  caught: [
    { name: 'the tag is dropped', before: git('?ref=v1.2.0'), after: git('') },
    {
      name: 'a branch takes the place of the tag',
      before: git('?ref=v1.2.0'),
      after: git('?ref=main'),
    },
    {
      name: 'the version is dropped',
      before: registry('  version = "5.1.0"\n'),
      after: registry(''),
    },
    {
      name: 'any newer version will do',
      before: registry('  version = "~> 5.1"\n'),
      after: registry('  version = ">= 5.1"\n'),
    },
    { name: 'a new module has no version', after: registry('') },
  ],
  passed: [
    { name: 'the tag is raised', before: git('?ref=v1.2.0'), after: git('?ref=v1.3.0') },
    { name: 'it had none before', before: registry(''), after: registry('  azs = ["a"]\n') },
    {
      name: 'the module moves into the repository',
      before: git('?ref=v1.2.0'),
      after: { 'infra/main.tf': 'module "vpc" {\n  source = "../modules/vpc"\n}\n' },
    },
    {
      name: 'a commit takes the place of the tag',
      before: git('?ref=v1.2.0'),
      after: git('?ref=0f1e2d3c4b5a69788796a5b4c3d2e1f001122334'),
    },
    {
      name: 'the version is held more tightly',
      before: registry('  version = ">= 5.1"\n'),
      after: registry('  version = "5.1.2"\n'),
    },
  ],
  look,
});

type Hold = 'local' | 'held' | 'open' | 'unknown';

function look(scene: Scene): readonly Sighting[] {
  const { before, after } = infrastructure(scene);
  const old = new Map(before.filter(isCall).map((placed) => [keyOf(placed), placed]));
  return after.filter(isCall).flatMap((now) => loosened(old.get(keyOf(now)) ?? null, now));
}

function isCall({ block }: Placed): boolean {
  return block.type === 'module';
}

function keyOf({ block, module }: Placed): string {
  return JSON.stringify([module, block.labels[0]]);
}

function loosened(was: Placed | null, now: Placed): readonly Sighting[] {
  if (holdOf(now.block) !== 'open') return [];
  const hold = was === null ? null : holdOf(was.block);
  if (hold !== null && hold !== 'held') return [];
  const at = attribute(now.block, 'version') ?? attribute(now.block, 'source');
  const lost = was === null ? null : attribute(was.block, 'version');
  const isDropped = lost !== null && attribute(now.block, 'version') === null;
  const name = now.block.labels[0] ?? '';
  const severity: Severity = was === null ? 'note' : 'warn';
  return [
    {
      path: now.file.path,
      line: isDropped ? lineAfter(now.file, lost.line) : (at?.line ?? now.block.line),
      says:
        was === null
          ? `takes whatever version of module ${name} is newest`
          : `no longer holds module ${name} at a version`,
      subject: `module.${name}`,
      severity,
    },
  ];
}

function holdOf(block: HclBlock): Hold {
  const source = attribute(block, 'source');
  if (source === null || typeof source.value !== 'string' || !source.literal) return 'unknown';
  const text = source.value;
  if (/^\.{0,2}\//.test(text) || text === '.') return 'local';
  if (
    /^(?:[\w.-]+\/){2,3}[\w-]+(?:\/\/.*)?$/.test(text) &&
    !/^(?:github|bitbucket)\.(?:com|org)\//.test(text)
  )
    return registryHold(block);
  if (!/^(?:git::|git@|github\.com\/|bitbucket\.org\/|hg::|ssh:\/\/)|\.git(?:[/?]|$)/.test(text))
    return 'unknown';
  const ref = /[?&]ref=([^&]+)/.exec(text)?.[1];
  return ref === undefined || /^(?:main|master|develop|dev|trunk|latest|HEAD|staging)$/i.test(ref)
    ? 'open'
    : 'held';
}

function registryHold(block: HclBlock): Hold {
  const version = attribute(block, 'version');
  if (version === null) return 'open';
  if (!version.literal) return 'unknown';
  const text = String(version.value);
  const isBounded = /(?:^|,)\s*(?:=|~>|<=?|[\dv])/.test(text);
  return isBounded ? 'held' : 'open';
}
