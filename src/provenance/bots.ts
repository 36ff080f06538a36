/**
 * Automation that is neither AI nor human: accounts without their `[bot]` ending, and addresses.
 * Whoever ends in `[bot]` and is no known agent is a bot as well; so is a name or login that ends in `-bot`.
 */
const botLogins: ReadonlySet<string> = new Set([
  'dependabot',
  'dependabot-preview',
  'renovate',
  'renovate-bot',
  'github-actions',
  'release-please',
  'pre-commit-ci',
  'mergify',
  'semantic-release',
  'semantic-release-bot',
  'snyk',
  'snyk-bot',
  'greenkeeper',
  'greenkeeperio-bot',
  'imgbot',
  'allcontributors',
  'weblate',
  'transifex-integration',
  'crowdin',
  'crowdin-bot',
  'codecov',
  'codecov-io',
  'stale',
  'stainless-app',
  'fern-api',
  'stagefreight',
  'yoshi-automation',
  'yoshi-code-bot',
  'gcf-owl-bot',
  'owl-bot',
  'kodiakhq',
  'bors',
  'homu',
  'vercel',
  'netlify',
  'gemini-cli-robot',
]);

/** Numeric forge ids of the commonest bots, so that a renamed one still matches. */
const botIds: ReadonlySet<number> = new Set([49699333, 29139614, 41898282, 27856297, 49736102]);

const botAddresses: ReadonlySet<string> = new Set([
  'support@dependabot.com',
  'bot@renovateapp.com',
  'renovate@whitesourcesoftware.com',
  'action@github.com',
  'actions@github.com',
  'github-actions@github.com',
  'semantic-release-bot@martynus.net',
  'snyk-bot@snyk.io',
  'bot@all-contributors.org',
  'hosted@weblate.org',
  'noreply@weblate.org',
  'support+bot@crowdin.com',
  'gemini-cli-robot@google.com',
]);

export interface Account {
  readonly id: number | null;
  /** Lower case. */
  readonly login: string | null;
  readonly email: string;
  readonly name: string;
}

/** True for automation, by account id, login, address or a name that says `bot`. */
export function isBot({ id, login, email, name }: Account): boolean {
  if (id !== null && botIds.has(id)) return true;
  if (login !== null && (login.endsWith('[bot]') || botLogins.has(login))) return true;
  if (botAddresses.has(email) || /^project_\d+_bot/.test(email)) return true;
  if (/\[bot\]$/i.test(name) || botLogins.has(name.toLowerCase())) return true;
  // HonkingGoose is a person and Bot is a surname; only a hyphen makes the last syllable a job.
  return /[_-]bot$/i.test(name) || (login !== null && /[_-]bot$/.test(login));
}
