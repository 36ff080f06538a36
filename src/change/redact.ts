/** Text longer than this is cut before it is looked at; nothing shown to people is longer. */
const readLimit = 20_000;

interface SecretShape {
  readonly name: string;
  readonly shape: RegExp;
}

// Issuers publish these prefixes so that scanners can find leaked keys; each quantifier is bounded.
const shapes: readonly SecretShape[] = [
  {
    name: 'private key',
    shape:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  { name: 'AWS key', shape: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  { name: 'GitHub token', shape: /(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255})/g },
  { name: 'GitLab token', shape: /gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[\w.-]{16,300}/g },
  { name: 'Slack token', shape: /xox[a-z]-[\w-]{10,250}|xapp-\d-[\w-]{10,250}/g },
  {
    name: 'Slack hook',
    shape: /hooks\.slack\.com\/(?:services|workflows)\/[\w/+-]{10,200}/g,
  },
  { name: 'model key', shape: /\bsk-(?:ant-|proj-|or-|svcacct-)?[\w-]{20,250}/g },
  { name: 'Stripe key', shape: /\b(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,250}/g },
  { name: 'Google key', shape: /\bAIza[\w-]{35}|\bya29\.[\w-]{20,500}|\bGOCSPX-[\w-]{20,60}/g },
  { name: 'npm token', shape: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { name: 'PyPI token', shape: /\bpypi-[\w-]{16,500}/g },
  { name: 'SendGrid key', shape: /\bSG\.[\w-]{16,64}\.[\w-]{16,64}/g },
  { name: 'Hugging Face token', shape: /\bhf_[A-Za-z0-9]{30,60}\b/g },
  { name: 'DigitalOcean token', shape: /\bdo[opr]_v1_[a-f0-9]{40,80}\b/g },
  { name: 'Vault token', shape: /\bhv[sbr]\.[\w-]{20,250}/g },
  { name: 'signed token', shape: /\beyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{0,2000})?/g },
];

// scheme://user:password@host, and scheme://token@host: what stands before the @ goes, the host stays.
const credentialsInUrl = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@'"`<>]{1,300}@/gi;

const authorisation = /\b(bearer|basic|token)(\s{1,3})([\w.~+/-]{12,2000}={0,2})/gi;

const keyWords =
  'pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|account[_-]?key|' +
  'private[_-]?key|signing[_-]?key|encryption[_-]?key|client[_-]?secret|credentials?|auth|signature|sig';

// key = value, "key": "value", --key value, ?key=value: the name stays, a value that looks like a secret goes.
const assignment = new RegExp(
  String.raw`\b((?:[\w.-]{0,60}?[_.-])?(?:${keyWords})(?:[_-]?\w{1,12})?["'\`]?\s{0,3}(?:=>|:=|[=:])\s{0,3}|--[\w-]{0,30}(?:${keyWords})\s)` +
    String.raw`(["'\`]?)([^\s"'\`&,;<>(){}]{6,2000})`,
  'gi',
);

/** The text with everything that looks like a key, a token or a password replaced by what it was. */
export function redact(text: string): string {
  const read = text.length > readLimit ? `${text.slice(0, readLimit)}…` : text;
  const known = shapes.reduce(
    (rest, { name, shape }) => rest.replace(shape, `[${name} removed]`),
    read,
  );
  return known
    .replace(credentialsInUrl, '$1[credentials removed]@')
    .replace(authorisation, (whole: string, ...[word = '', gap = '', value = '']: string[]) =>
      looksSecret(value) ? `${word}${gap}[secret removed]` : whole,
    )
    .replace(assignment, (whole: string, ...[name = '', quote = '', value = '']: string[]) =>
      looksSecret(value) ? `${name}${quote}[secret removed]` : whole,
    );
}

/** One line that may be shown anywhere: no secrets, no control or direction characters, at most `limit` long. */
export function quotable(text: string, limit: number = 160): string {
  // Escapes go first, so that none of them hides where a secret begins.
  const plain = text.slice(0, readLimit).replace(escapes, ' ').replace(invisible, '');
  const line = redact(plain).replace(controls, ' ').replace(/\s+/g, ' ').trim();
  const points = Array.from(line.slice(0, limit * 2));
  return points.length > limit ? `${points.slice(0, limit - 1).join('')}…` : line;
}

// A terminal would obey these: colours, cursor moves, window titles.
// oxlint-disable-next-line no-control-regex
const escapes = /[\u001b\u009b]\[?[0-9;?]{0,40}[ -/]{0,4}[@-~]?/g;

// Direction marks could reorder what a reviewer reads, and zero-width characters split a secret in two.
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** A value that a person would not read as a word, a path, a version or a placeholder. */
function looksSecret(value: string): boolean {
  if (value.length < 8 || value.startsWith('[')) return false;
  if (/^(?:\$|%|\{\{|<|process\.env|os\.environ|env\.)/i.test(value)) return false;
  if (/^(?:true|false|null|none|undefined|required|optional|x{3,}|\*{3,}|\.{3,})/i.test(value))
    return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) =>
    kind.test(value),
  ).length;
  if (/^[A-Fa-f0-9]{24,}$/.test(value)) return true;
  if (/^[A-Za-z]+(?:[._/-][A-Za-z]+)*$/.test(value)) return classes >= 3 && entropy(value) > 3.8;
  return classes >= 2 && entropy(value) >= 2.75;
}

/** Shannon entropy in bits per character. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  const length = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / length;
    return sum - share * Math.log2(share);
  }, 0);
}
