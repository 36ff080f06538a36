import type { Run } from '../command.ts';
import { resolvePath } from '../paths.ts';
import { isProtected } from '../git-command.ts';
import type { Scene } from '../rule.ts';

const keys: readonly RegExp[] = [
  /(?:^|\/)\.aws\/(?:credentials|config|sso\/.*|cli\/cache\/.*)$/,
  /(?:^|\/)\.ssh\/(?:id_[\w-]{1,40}|[\w.-]{1,60}\.pem|[\w.-]{1,60}_(?:rsa|ed25519|ecdsa))$/,
  /(?:^|\/)\.(?:ssh|aws|kube)(?:\/\*)?\/?$/,
  /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/,
  /(?:^|\/)[._]netrc$/,
  /(?:^|\/)\.npmrc$/,
  /(?:^|\/)\.pypirc$/,
  /(?:^|\/)\.docker\/config\.json$/,
  /(?:^|\/)\.kube\/(?:config|cache)$/,
  /(?:^|\/)\.git-credentials$/,
  /(?:^|\/)\.config\/(?:gh\/hosts\.yml|gcloud\/.*|hub|op\/.*|doctl\/config\.yaml|stripe\/.*)$/,
  /(?:^|\/)\.azure\/(?:accessTokens|msal_token_cache)\S{0,20}$/,
  /(?:^|\/)\.gnupg(?:\/.*)?$/,
  /(?:^|\/)\.pgpass$/,
  /(?:^|\/)\.my\.cnf$/,
  /(?:^|\/)\.cargo\/credentials(?:\.toml)?$/,
  /(?:^|\/)\.gem\/credentials$/,
  /(?:^|\/)\.terraform\.d\/credentials\.\w{1,10}\.json$/,
  /(?:^|\/)\.vault-token$/,
  /^\/proc\/[^/]{1,20}\/environ$/,
  /^\/etc\/(?:shadow|sudoers|gshadow)$/,
  /(?:^|\/)\.(?:claude|codex|gemini)\/(?:\.credentials|auth|oauth_creds)\.json$/,
  /(?:^|\/)(?:Login Data|logins\.json|key4\.db|Cookies)$/,
  /(?:^|\/)Library\/Keychains\//,
  /(?:^|\/)\.bash_history$|(?:^|\/)\.zsh_history$/,
];

const environmentFile =
  /(?:^|\/)\.env(?:\.(?!example|sample|template|dist|defaults?|schema|test\b)[\w-]{1,40}){0,3}$|(?:^|\/)[\w-]{1,40}\.env$|(?:^|\/)\.envrc$/;

const more =
  /(?:^|\/)(?:credentials|secrets?|service[-_]account\w{0,20})\.(?:json|ya?ml|toml|txt)$|\.(?:pem|p12|pfx|jks|keystore|kdbx)$/;

type Kind = 'key' | 'environment';

export function kindOf(path: string, run: Run, { place }: Scene): Kind | null {
  const at = path.startsWith('~/') ? `${place.home}/${path.slice(2)}` : path;
  const full = resolvePath(at, run.cwd) ?? at;
  if (full.endsWith('.pub')) return null;
  // A project's own .npmrc and the like are sources; tokens are in the one of the home folder.
  const isOwn = full.startsWith(`${place.top}/`) && full.endsWith('/.npmrc');
  if (isOwn) return null;
  if (keys.some((shape) => shape.test(full)) || (full.includes('*') && mayMean(full, place.home)))
    return 'key';
  return environmentFile.test(full) || more.test(full) ? 'environment' : null;
}

export function inText(code: string): Kind | null {
  const short = code.slice(0, 200_000);
  if (
    /\.aws\/credentials|\.ssh\/id_|\.netrc|\.docker\/config\.json|\.kube\/config|\.git-credentials|\/proc\/\w{1,10}\/environ|169\.254\.169\.254/.test(
      short,
    )
  )
    return 'key';
  if (
    /(?:print|puts|console\.log|dict|dumps|json\s{0,2}=|stringify|data\s{0,2}=)\s{0,2}\(?\s{0,2}(?:dict\(|JSON\.stringify\(|json\.dumps\()?\s{0,2}(?:os\.environ|process\.env|ENV(?:\.to_h)?)\s{0,2}\)/.test(
      short,
    )
  )
    return 'environment';
  return /(?:open|read\w{0,20}|Path)\s{0,2}\(\s{0,2}["'`][^"'`\n]{0,200}\.env(?:\.(?:production|local|prod))?["'`]/.test(
    short,
  )
    ? 'environment'
    : null;
}

const wellKnown = [
  '.ssh/id_rsa',
  '.ssh/id_ed25519',
  '.aws/credentials',
  '.netrc',
  '.npmrc',
  '.pypirc',
  '.docker/config.json',
  '.kube/config',
  '.git-credentials',
];

// A pattern that could be a key file is taken for it, unless it could be nearly anything.
function mayMean(pattern: string, home: string): boolean {
  if (!/\/\.[a-z]/.test(pattern)) return false;
  return wellKnown.some((file) => isProtected(`${home}/${file}`, [pattern]));
}
