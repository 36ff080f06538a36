import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { dockerfiles } from './dockerfile.ts';
import type { Dockerfile, DockerfilePair, Stage } from './dockerfile.ts';
import { holdOf, looserThan, nameOfImage } from './image.ts';

const image = (base: string, ...args: readonly string[]): Readonly<Record<string, string>> => ({
  Dockerfile: `${args.map((arg) => `ARG ${arg}\n`).join('')}FROM ${base} AS base\nRUN make\n`,
});
const digest = `sha256:${'0a1b2c3d'.repeat(8)}`;

/** The image a build starts from is no longer held at one version. */
export const imageUnpinned: Guard = guard({
  id: 'docker/image-unpinned',
  severity: 'warn',
  protects: 'that the same commit builds the same image',
  breaks: 'The next build starts from whatever was pushed under that name, tested or not.',
  fix: 'Name a version, best with its digest, and raise it in a change of its own.',
  languages: ['dockerfile'],
  cwe: [829, 1357],
  confidence: 0.85,
  caught: [
    {
      name: 'the version becomes latest',
      before: image('node:22.4-slim'),
      after: image('node:latest'),
    },
    { name: 'the version is dropped', before: image('node:22.4-slim'), after: image('node') },
    {
      name: 'the digest is dropped',
      before: image(`node:22.4@${digest}`),
      after: image('node:22.4'),
    },
    {
      name: 'the argument for the version becomes latest',
      before: image('python:${TAG}', 'TAG=3.12'),
      after: image('python:${TAG}', 'TAG=latest'),
    },
  ],
  passed: [
    { name: 'the version is raised', before: image('node:20'), after: image('node:22') },
    {
      name: 'it was latest before',
      before: image('node:latest'),
      after: image('node:latest', 'A=1'),
    },
    { name: 'another image takes its place', before: image('node:22'), after: image('scratch') },
    {
      name: 'an earlier stage is the base',
      before: image('node:22'),
      after: { Dockerfile: 'FROM node:22 AS deps\nFROM deps AS base\nRUN make\n' },
    },
    {
      name: 'the digest is new',
      before: image(`node@${digest}`),
      after: image(`node@${digest.replaceAll('0a', '1f')}`),
    },
    {
      name: 'the version comes from outside',
      before: image('node:22'),
      after: image('node:${NODE}'),
    },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return dockerfiles(scene).flatMap(loosened);
}

function loosened({ file, was, now }: DockerfilePair): readonly Sighting[] {
  if (was === null) return [];
  const old = was.stages.map((stage) => baseOf(stage, was));
  return now.stages.flatMap((stage, index) => {
    const base = baseOf(stage, now);
    if (base === null) return [];
    const before = old[index] ?? null;
    const same = [before, ...old].find(
      (one) => one !== null && nameOfImage(one) === nameOfImage(base),
    );
    if (same === undefined || same === null) return [];
    const says = looserThan(same, base);
    if (says === null) return [];
    const from = stage.from;
    return [
      {
        path: file.path,
        line: changedLine(stage, now, file.after?.lines ?? []),
        endLine: from.endLine,
        says: `${says} (${same.replace(/(@sha256:\w{8})\w+$/, '$1')} before)`,
        subject: `from ${nameOfImage(base)}`,
      },
    ];
  });
}

// The line that names the version may be the argument's.
function changedLine(
  { from, base }: Stage,
  { args }: Dockerfile,
  lines: readonly string[],
): number {
  const name = /\$\{?(\w+)/.exec(base)?.[1];
  if (name === undefined || !args.has(name)) return from.line;
  const index = lines.findIndex((line) => line.trimStart().startsWith(`ARG ${name}`));
  return index < 0 ? from.line : index + 1;
}

function baseOf(stage: Stage, { args, stages }: Dockerfile): string | null {
  const index = stages.indexOf(stage);
  const isStage = stages.some(
    ({ name }, at) => at < index && name !== '' && name === stage.base.toLowerCase(),
  );
  if (isStage || stage.base === 'scratch') return null;
  const text = stage.base.replace(
    /\$\{?(\w{1,60})(?::-([^}]{0,100}))?\}?/g,
    (whole, name: string, other: string | undefined) => args.get(name) || (other ?? whole),
  );
  return holdOf(text) === 'unknown' ? null : text;
}
