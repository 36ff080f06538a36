import type { Person } from '../change/change.ts';

/** Addresses of automation that does not call itself a bot. Coding agents among them: they are nobody's reviewer. */
const addresses: ReadonlySet<string> = new Set([
  'action@github.com',
  'actions@github.com',
  'noreply@github.com',
  'bot@renovateapp.com',
  'support@dependabot.com',
  'support@github.com',
  'snyk-bot@snyk.io',
  'bot@snyk.io',
  'support@greenkeeper.io',
  'semantic-release-bot@martynus.net',
  'badger@gitter.im',
  'noreply@weblate.org',
  'hosted@weblate.org',
  'noreply@anthropic.com',
  'noreply@openai.com',
  'codex@openai.com',
  'copilot@github.com',
  'cursoragent@cursor.com',
  'aider@aider.chat',
  'noaider@aider.chat',
  'openhands@all-hands.dev',
  'amp@ampcode.com',
]);

/** Forge accounts of automation without `[bot]` in their name. */
const accounts: ReadonlySet<string> = new Set([
  'actions-user',
  'claude',
  'copilot',
  'copilot-swe-agent',
  'codecov-io',
  'cursoragent',
  'dependabot',
  'dependabot-preview',
  'github-actions',
  'gitlab-bot',
  'google-labs-jules',
  'googlebot',
  'greenkeeper',
  'imgbot',
  'k8s-ci-robot',
  'mergify',
  'pre-commit-ci',
  'pyup-bot',
  'pytorchmergebot',
  'pytorchbot',
  'renovate',
  'renovate-bot',
  'rust-highfive',
  'bors',
  'semantic-release-bot',
  'snyk-bot',
  'web-flow',
  'weblate',
]);

/** Whether a commit's name and address, or a forge's login in place of the name, belong to automation. */
export function looksLikeBot({ name, email }: Person): boolean {
  const address = email.trim().toLowerCase();
  const called = name.trim().toLowerCase();
  const local = address.slice(0, Math.max(0, address.indexOf('@')));
  if (called.endsWith('[bot]') || local.endsWith('[bot]')) return true;
  if (addresses.has(address)) return true;
  const account = loginOfNoreply(address);
  if (account === null ? endsAsBot(local) : isBotLogin(account)) return true;
  // A display name proves less: only one that is an account's, and no person's first name.
  return !personal.has(called) && (accounts.has(called) || endsAsBot(called));
}

/** Names of tools that are also names of people. */
const personal: ReadonlySet<string> = new Set(['claude', 'copilot']);

/** `acme-bot` and `k8s-ci-robot`, but neither Abbot nor Mr Bot. */
function endsAsBot(word: string): boolean {
  return /^\S+[-_](?:ro)?bot$/.test(word);
}

/** Whether a forge account belongs to automation. */
export function isBotLogin(login: string): boolean {
  const name = login.toLowerCase().replace(/^@/, '');
  return (
    name.endsWith('[bot]') ||
    accounts.has(name) ||
    endsAsBot(name) ||
    // GitLab's access tokens commit as such users.
    /^(?:project|group)_\d+_bot(?:_|$)/.test(name)
  );
}

/** The login behind an address that a forge gives out to hide the real one; null for any other address. */
export function loginOfNoreply(email: string): string | null {
  const address = email.trim().toLowerCase();
  const github = /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(address);
  if (github !== null) return github[1] ?? null;
  const gitlab = /^\d+-([^@]+)@users\.noreply\.[a-z0-9.-]+$/.exec(address);
  if (gitlab !== null) return gitlab[1] ?? null;
  const token = /^((?:project|group)_?\d+_bot[^@]*)@noreply\.[a-z0-9.-]+$/.exec(address);
  return token?.[1] ?? null;
}
