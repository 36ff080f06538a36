import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { dockerfiles, finalStage, lineage, pairsIn } from './dockerfile.ts';
import type { Dockerfile, Instruction } from './dockerfile.ts';

const image = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  Dockerfile: `FROM node:22\nWORKDIR /app\n${lines.map((line) => `${line}\n`).join('')}CMD ["node", "."]\n`,
});

/** A secret is written into an image, where everybody who pulls it can read it. */
export const secretInImage: Guard = guard({
  id: 'docker/secret-in-image',
  severity: 'block',
  protects: 'passwords, tokens and keys',
  breaks: 'Everybody who can pull the image reads the secret from its layers or its history.',
  fix: 'Mount it while building (RUN --mount=type=secret) and give it to the container when it starts.',
  languages: ['dockerfile'],
  cwe: [522, 538],
  confidence: 0.8,
  caught: [
    {
      name: 'the environment file is copied into the image',
      before: image(),
      after: image('COPY .env /app/.env'),
    },
    {
      name: 'a private key is copied',
      before: image(),
      after: image('COPY --chown=node:node id_rsa /root/.ssh/id_rsa'),
    },
    {
      name: 'a token is given as an argument and used to install',
      before: image('RUN npm ci'),
      after: image('ARG NPM_TOKEN', 'RUN npm ci'),
    },
    {
      name: 'a password from an argument stays in the environment',
      before: image(),
      after: image('ENV NODE_ENV=production \\', '    DB_PASSWORD=${DB_PASSWORD}'),
    },
  ],
  passed: [
    {
      name: 'the secret is mounted',
      before: image('RUN npm ci'),
      after: image('RUN --mount=type=secret,id=NPM_TOKEN npm ci'),
    },
    {
      name: 'an example of the environment is copied',
      before: image(),
      after: image('COPY .env.example /app/.env.example'),
    },
    {
      name: 'a stand-in lets the build pass',
      before: image(),
      after: image('ENV SECRET_KEY_BASE=dummy', 'ENV JWT_SECRET=""'),
    },
    {
      name: 'the argument was there before',
      before: image('ARG NPM_TOKEN'),
      after: image('ARG NPM_TOKEN', 'RUN npm ci'),
    },
    {
      name: 'where a secret is, not the secret',
      before: image(),
      after: image('ENV DB_PASSWORD_FILE=/run/secrets/db', 'ARG PUBLIC_KEY=abc', 'ARG CACHE_KEY=1'),
    },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return dockerfiles(scene).flatMap(({ file, was, now }) => {
    const old = new Set(was === null ? [] : exposedIn(was).map(({ what }) => what));
    return exposedIn(now)
      .filter(({ what }) => !old.has(what))
      .map((one) => sighting(file, one));
  });
}

interface Exposed {
  readonly what: string;
  readonly says: string;
  readonly at: Instruction;
  readonly severity: Severity;
}

function exposedIn(dockerfile: Dockerfile): readonly Exposed[] {
  const last = finalStage(dockerfile);
  const final = new Set(last === null ? [] : lineage(dockerfile, last));
  return dockerfile.stages.flatMap((stage) =>
    stage.instructions.flatMap((at) => {
      const severity = final.has(stage) ? 'block' : 'warn';
      if (at.name === 'ENV' || at.name === 'ARG') return named(at);
      return at.name === 'COPY' || at.name === 'ADD' ? copied(at, severity) : [];
    }),
  );
}

const secretName =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|SECRET_?KEY|PRIVATE_?KEY|ACCESS_?KEY|ENCRYPTION_?KEY|CREDENTIALS?|AUTH)(?:_BASE64|_B64|_JSON)?$/i;
const harmless = /PUBLIC|CSRF|MAX_|MIN_|ALLOW|EMPTY|USE_|ENABLE|DISABLE|REQUIRE|_URL_/i;
const standIn =
  /^(?:\s*|dummy\w*|fake\w*|placeholder\w*|changeme|change[-_]me|test\w*|none|null|unset|build\w*|true|false|\d{1,4}|x+|example\w*|not[-_].*|.*(?:placeholder|dummy|change[-_]?me|build[-_]?time|for[-_]build).*)$/i;

function named(at: Instruction): readonly Exposed[] {
  return pairsIn(at.text).flatMap(([name, value]) => {
    if (!secretName.test(name) || harmless.test(name)) return [];
    if (at.name === 'ARG') {
      if (value !== '') return [];
      return [
        {
          what: `${name} argument`,
          says: `takes ${name} as a build argument, which stays in the history of the image`,
          at,
          severity: 'warn' as const,
        },
      ];
    }
    if (standIn.test(value)) return [];
    const isGiven = /^\$\{?\w+/.test(value);
    const says = isGiven
      ? `keeps ${name} in the environment of the image`
      : `writes a value for ${name} into the image`;
    return [{ what: `${name} value`, says, at, severity: 'warn' as const }];
  });
}

const secretFile =
  /^(?:\.\/)?(?:[\w./-]*\/)?(?:\.env(?:\.(?:local|prod|production|staging))?|id_(?:rsa|ed25519|ecdsa|dsa)|\.npmrc|\.pypirc|\.netrc|\.git-credentials|\.aws\/credentials|\.aws|\.ssh|credentials\.json|service-?account(?:-?key)?\.json|[\w.-]+\.(?:p12|pfx|jks|keystore)|[\w-]*private[\w-]*\.(?:key|pem))\/?$/i;
const mayBeHarmless = /\.npmrc$|\.(?:jks|keystore)$/i;

function copied(at: Instruction, severity: Severity): readonly Exposed[] {
  const words = at.text
    .split('\n')[0]
    ?.replace(/[[\]",]/g, ' ')
    .trim()
    .split(/\s+/)
    .filter((word) => !word.startsWith('--'));
  if (/--from=/.test(at.text)) return [];
  return (words ?? []).slice(0, -1).flatMap((source) => {
    if (!secretFile.test(source)) return [];
    const mild = mayBeHarmless.test(source) ? 'note' : severity;
    return [
      { what: `copy ${source}`, says: `copies ${source} into the image`, at, severity: mild },
    ];
  });
}

function sighting(file: ChangedFile, { what, says, at, severity }: Exposed): Sighting {
  const { line, endLine } = at;
  return { path: file.path, line, endLine, says, subject: what, severity };
}
