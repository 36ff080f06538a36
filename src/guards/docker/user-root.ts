import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { dockerfiles, finalStage, lineage } from './dockerfile.ts';
import type { Dockerfile, DockerfilePair, Instruction } from './dockerfile.ts';

const image = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'app/Dockerfile': `FROM node:22 AS build\nUSER root\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /app /app\n${lines.map((line) => `${line}\n`).join('')}CMD ["node", "."]\n`,
});

/** A program that ran without the rights of root runs with them now. */
export const userRoot: Guard = guard({
  id: 'docker/user-root',
  severity: 'warn',
  protects: 'the host, should somebody break into the container',
  breaks:
    'A fault in the program now gives an attacker root in the container, and often on the host.',
  fix: 'Switch back by USER after the steps that need root.',
  languages: ['dockerfile'],
  cwe: [250],
  confidence: 0.85,
  caught: [
    { name: 'the user is removed', before: image('USER node'), after: image() },
    { name: 'the user becomes root', before: image('USER node'), after: image('USER root') },
    {
      name: 'root installs something and stays',
      before: image('USER 1000:1000'),
      after: image('USER 1000:1000', 'USER 0', 'RUN apt-get install -y curl'),
    },
  ],
  passed: [
    { name: 'it ran as root before', before: image(), after: image('RUN true') },
    { name: 'the user gets another name', before: image('USER node'), after: image('USER app') },
    {
      name: 'root installs something and steps back',
      before: image('USER node'),
      after: image('USER root', 'RUN apt-get install -y curl', 'USER node'),
    },
    {
      name: 'the base brings a user of its own',
      before: image('USER node'),
      after: {
        'app/Dockerfile':
          'FROM gcr.io/distroless/nodejs22:nonroot\nCOPY . /app\nCMD ["server.js"]\n',
      },
    },
    {
      name: 'the user comes from an argument',
      before: image('USER node'),
      after: image('ARG UID=1000', 'USER ${UID}'),
    },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return dockerfiles(scene).flatMap(lostUser);
}

function lostUser({ file, was, now }: DockerfilePair): readonly Sighting[] {
  const old = was === null ? null : userOf(was);
  const last = finalStage(now);
  if (old === null || last === null || isRoot(old) || bringsUser(now)) return [];
  // Started by something that drops its rights itself.
  if (last.instructions.some(({ text }) => /\b(?:gosu|su-exec|setpriv|s6-|tini-su)\b/.test(text)))
    return [];
  const user = userOf(now);
  if (user !== null && !isRoot(user)) return [];
  const says =
    user === null
      ? `runs as root, no longer as ${old.text}`
      : `ends as ${user.text}, no longer as ${old.text}`;
  const line = user?.line ?? lineAfter(file, old.line);
  return [{ path: file.path, line, says, subject: `user ${old.text}` }];
}

function userOf(dockerfile: Dockerfile): Instruction | null {
  const last = finalStage(dockerfile);
  if (last === null) return null;
  for (const { instructions } of lineage(dockerfile, last)) {
    const user = instructions.findLast(({ name }) => name === 'USER');
    if (user !== undefined) return user;
  }
  return null;
}

function isRoot({ text }: Instruction): boolean {
  return /^["']?(?:root|0)(?::\S*)?["']?$/i.test(text.trim());
}

function bringsUser(dockerfile: Dockerfile): boolean {
  const last = finalStage(dockerfile);
  return (
    last !== null &&
    lineage(dockerfile, last).some(({ base }) =>
      /nonroot|unprivileged|rootless|chainguard|bitnami/i.test(base),
    )
  );
}
