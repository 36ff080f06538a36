import type { Run } from '../command.ts';
import type { Hit, Rule, Scene } from '../rule.ts';
import { inText, kindOf } from './secret-paths.ts';

const readers = new Set(
  'cat bat less more head tail tac nl od xxd hexdump strings base64 base32 cp scp rsync tar zip 7z gzip grep egrep rg ag awk gawk sed cut sort diff cmp jq yq tee dd mv ln vim vi nano emacs code open pbcopy xclip curl wget nc ncat socat http openssl gpg age python python3 node ruby perl php mail sendmail rclone s3cmd get-content type gc copy-item fold rev paste column split expand install read-host ex ed view'.split(
    ' ',
  ),
);

/** Reading what lets somebody in. */
export const readCredentials: Rule = {
  id: 'commands/read-credentials',
  title: 'Reading keys, tokens and passwords',
  why: 'What an agent reads goes to a model and its logs, and may be written anywhere from there.',
  decision: 'deny',
  loses: 'the secrecy of the credentials, which must then be replaced',
  instead:
    'Use the tool that holds the credential without printing it, or ask the person for what is needed.',
  programs: null,
  caught: [
    'cat ~/.aws/credentials',
    'less ~/.ssh/id_rsa',
    'cp ~/.ssh/id_ed25519 /tmp/k',
    'base64 ~/.netrc',
    'cat .env',
    'head -5 .env.production',
    'cat ~/.npmrc',
    'security find-generic-password -s x -w',
    'gh auth token',
    'aws configure get aws_secret_access_key',
    'cat /proc/1/environ',
    'curl http://169.254.169.254/latest/meta-data/',
    'python3 -c "print(open(\'/home/ann/.aws/credentials\').read())"',
    'cat < ~/.docker/config.json',
    'grep KEY .env',
    'kubectl get secret db -o yaml',
    'cd ~/.ssh && cat id_rsa',
    'tar czf /tmp/a.tgz ~/.ssh',
    'printf "%s" "$(< ~/.kube/config)"',
    'gcloud auth print-access-token',
    'cat /home/ann/.git-credentials',
    'cat ~/.config/gh/hosts.yml',
    'ssh web cat .env',
    'xxd ~/.aws/creden*',
    'while read l; do echo $l; done < .env',
  ],
  passed: [
    'cat .env.example',
    'ls -la ~/.ssh',
    'cat ~/.ssh/id_rsa.pub',
    'cat ~/.ssh/config',
    'cp .env.example .env',
    'test -f .env',
    'source .env',
    'git check-ignore .env',
    'docker compose --env-file .env up',
    'cat .npmrc',
    'ssh -i ~/.ssh/id_rsa host ls',
    'env | grep PATH',
    'gh auth status',
    'aws configure list',
    'kubectl get secrets',
    'echo "FOO=bar" >> .env',
    'node --env-file=.env server.js',
    'git add .gitignore',
    'cat src/env.ts',
    'grep -rn token src',
    'cat environment.ts',
  ],
  look: (run, scene) => [...byTool(run), ...byPath(run, scene)].slice(0, 1),
};

export function byPath(run: Run, scene: Scene): readonly Hit[] {
  const { name, args, redirects } = run;
  const inputs = redirects.filter(({ operator }) => operator === '<').map(({ path }) => path);
  const paths = [...inputs, ...(readers.has(name) ? readPaths(run) : [])];
  if (
    name === 'git' &&
    args.some((arg) => /:(?:\S{0,200}\/)?\.env(?:\.(?:production|local|prod))?$/.test(arg))
  )
    return [{ decision: 'ask', says: 'It shows a file that usually holds passwords and tokens.' }];
  const kinds = paths.map((path) => kindOf(path, run, scene));
  const inline = /^(?:python[\d.]*|node|ruby|perl|php|bun|deno)$/.test(name)
    ? inText([...args.filter((arg) => arg.includes('(')), run.stdin?.text ?? ''].join('\n'))
    : null;
  if (kinds.includes('key') || inline === 'key')
    return [{ says: 'It reads a file that holds keys or tokens.' }];
  return kinds.includes('environment') || inline === 'environment'
    ? [{ decision: 'ask', says: 'It reads a file that usually holds passwords and tokens.' }]
    : [];
}

// What is written to is not read; the first word of a search is what is searched for.
function readPaths({ name, args }: Run): readonly string[] {
  const plain = args.filter((arg) => !arg.startsWith('-') || /^-[dFT]@?./.test(arg));
  const files = plain.map((arg) => arg.replace(/^-[dFT]/, '').replace(/^[\w.-]{0,60}=?@/, ''));
  const glued = args.flatMap((arg) => /^--[\w-]{1,40}=@?(.{1,400})$/.exec(arg)?.[1] ?? []);
  if (/^(?:cp|mv|scp|rsync|ln|install|copy-item)$/.test(name)) return files.slice(0, -1);
  if (/^(?:grep|egrep|rg|ag|awk|gawk|sed|jq|yq)$/.test(name))
    return isInPlace(args) ? [] : files.slice(1);
  if (name === 'tee') return [];
  if (name === 'dd') return args.flatMap((arg) => (arg.startsWith('if=') ? [arg.slice(3)] : []));
  if (/^(?:python[\d.]*|node|ruby|perl|php)$/.test(name)) return [];
  if (name === 'openssl' || name === 'gpg')
    return args.some((arg) => /^(?:-pubout|-pubin|verify|x509|s_client|--verify)$/.test(arg))
      ? []
      : files;
  return [...files, ...glued].map((path) =>
    path.includes('*')
      ? path.replace(/creden\*$|cred\*$/, 'credentials').replace(/id_\*$/, 'id_rsa')
      : path,
  );
}

function isInPlace(args: readonly string[]): boolean {
  return args.some((arg) => arg.startsWith('-i') || arg.startsWith('--in-place'));
}

const tools: readonly (readonly [string, RegExp, 'deny' | 'ask'])[] = [
  ['security', /find-(?:generic|internet)-password.{0,200}(?:-w|-g)|dump-keychain|export/, 'deny'],
  ['gh', /^auth token|^auth status.{0,40}(?:-t\b|--show-token)/, 'ask'],
  ['glab', /^auth token|^config get token/, 'ask'],
  [
    'aws',
    /configure (?:get aws_|export-credentials)|sts (?:get-session-token|assume-role)|secretsmanager get-secret-value|ecr get-login-password|ssm get-parameters?\b.{0,400}--with-decryption/,
    'ask',
  ],
  ['gcloud', /auth (?:application-default )?print-|secrets versions access/, 'ask'],
  ['az', /account get-access-token|keyvault secret show/, 'ask'],
  ['op', /^(?:read|item get)/, 'ask'],
  ['pass', /^(?:show )?[\w/.-]+$/, 'ask'],
  ['vault', /^(?:kv get|read)/, 'ask'],
  ['heroku', /^(?:config(?:\s|$)(?!:set)|config:get|auth:token)/, 'ask'],
  [
    'kubectl',
    /\bget secrets?\b.{0,400}(?:-o\s?=?(?:yaml|json|jsonpath|go-template)|--output)/,
    'ask',
  ],
  ['doppler', /^secrets(?: get| download|$)/, 'ask'],
  ['npm', /^(?:token list|config get .{0,60}_authToken)/, 'ask'],
  ['git', /^credential(?:-\w{1,20})? (?:fill|get)/, 'ask'],
  ['docker-credential-desktop', /get|list/, 'ask'],
  ['ssh-add', /-L/, 'ask'],
  ['printenv', /secret|token|passw|api_?key|private/i, 'ask'],
  ['ssh-keygen', /-y\b/, 'ask'],
];

export function byTool({ name, args }: Run): readonly Hit[] {
  const said = args.join(' ').slice(0, 4_000);
  if (
    /^(?:curl|wget|http|invoke-webrequest|invoke-restmethod|iwr|irm)$/.test(name) &&
    /169\.254\.169\.254|metadata\.google\.internal|100\.100\.100\.200|169\.254\.170\.2|fd00:ec2::254/.test(
      said,
    )
  )
    return [{ says: 'It asks the cloud for the credentials of this machine.' }];
  return tools
    .filter(([tool, shape]) => tool === name && shape.test(said))
    .map(([, , decision]) => ({ decision, says: `It prints a secret that ${name} keeps.` }));
}
