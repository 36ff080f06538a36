import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';

/** Code no longer asks whom it talks to. */
export const tlsVerificationOff: Guard = guard({
  id: 'config/tls-verification-off',
  severity: 'warn',
  protects: 'what goes over the wire',
  breaks:
    'Whoever sits between the two ends can read and change everything, credentials included, and nobody notices.',
  fix: 'Trust the certificate authority that signed the certificate (ca, RootCAs, verify="ca.pem") instead of nobody.',
  languages: ['typescript', 'tsx', 'javascript', 'python', 'go', 'java'],
  cwe: [295],
  confidence: 0.8,
  caught: [
    {
      name: 'Node accepts any certificate',
      after: {
        'src/client.ts': 'const agent = new https.Agent({\n  rejectUnauthorized: false,\n});\n',
      },
    },
    {
      name: 'Python accepts any certificate',
      after: { 'app/client.py': 'def load():\n    return requests.get(url, verify=False)\n' },
    },
    {
      name: 'Go accepts any certificate where it did not',
      before: { 'client.go': 'package a\n\nvar c = tls.Config{InsecureSkipVerify: false}\n' },
      after: { 'client.go': 'package a\n\nvar c = tls.Config{InsecureSkipVerify: true}\n' },
    },
    {
      name: 'the whole process stops asking',
      after: { 'src/main.js': "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';\n" },
    },
  ],
  passed: [
    {
      name: 'the caller decides',
      after: {
        'src/client.ts': 'const agent = new https.Agent({ rejectUnauthorized: options.strict });\n',
      },
    },
    {
      name: 'somebody asked for it by an option',
      after: {
        'client.go':
          'package a\n\nfunc f(insecure bool) {\n\tif insecure {\n\t\tc.TLS = &tls.Config{InsecureSkipVerify: true}\n\t}\n}\n',
      },
    },
    {
      name: 'a test talks to its own server',
      after: {
        'src/client.test.ts': 'const agent = new https.Agent({ rejectUnauthorized: false });\n',
      },
    },
    {
      name: 'it was so before, elsewhere in the file',
      before: { 'a.py': 'x = requests.get(u, verify=False)\n' },
      after: { 'a.py': 'import os\n\nx = requests.get(u, verify=False)\n' },
    },
    {
      name: 'words in a comment',
      after: { 'src/a.ts': '// never use rejectUnauthorized: false\nexport const a = 1;\n' },
    },
  ],
  look: (scene: Scene) =>
    scene.files
      .filter(({ path }) => isProductionPath(path) && !isOtherEnvironment(path))
      .flatMap(sightings),
});

const forms: readonly (readonly [readonly Language[], RegExp])[] = [
  [
    ['typescript', 'tsx', 'javascript'],
    /\brejectUnauthorized["']?\s*:\s*false\b|NODE_TLS_REJECT_UNAUTHORIZED["'\]]*\s*=\s*["']?0\b|\bstrictSSL\s*:\s*false\b/,
  ],
  [
    ['python'],
    /[(,]\s*verify\s*=\s*False\b|^\s*verify\s*=\s*False\s*,|\.verify\s*=\s*False\b|\b_create_unverified_context\b|\bcheck_hostname\s*=\s*False\b|\bverify_mode\s*=\s*ssl\.CERT_NONE\b/,
  ],
  [['go'], /\bInsecureSkipVerify\s*[:=]\s*true\b/],
  [
    ['java'],
    /\bNoopHostnameVerifier\b|\bTrustAllStrategy\b|\bInsecureTrustManagerFactory\.INSTANCE\b/,
  ],
];
/** Longer lines are generated. */
const longestLine = 1_000;
const asked =
  /bypass|disabl|insecure|skip|verif|unsafe|allow|dev|local|test|debug|self_?signed|trust/i;

function sightings(file: ChangedFile): readonly Sighting[] {
  const { after, before, path } = file;
  const form = forms.find(([languages]) => languages.includes(file.language))?.[1];
  if (form === undefined || after === null) return [];
  const old = new Set(before?.lines.filter((text) => form.test(text)).map((text) => text.trim()));
  return [...file.added].flatMap((line) => {
    const text = after.lines[line - 1] ?? '';
    if (
      text.length > longestLine ||
      !form.test(text) ||
      /^\s*(?:\/\/|#|\*|\/\*|import\b)/.test(text) ||
      old.has(text.trim())
    )
      return [];
    if (isAskedFor(file, line)) return [];
    return [{ path, line, says: 'accepts any certificate', subject: text.trim() }];
  });
}

// Switched by an option that says so, it is somebody's decision and not this code's.
function isAskedFor({ after }: ChangedFile, line: number): boolean {
  const indent = indentOf(after?.lines[line - 1] ?? '');
  let inner = indent;
  for (let at = line - 1; at > Math.max(0, line - 40) && inner > 0; at -= 1) {
    const text = after?.lines[at - 1] ?? '';
    if (text.trim() === '' || indentOf(text) >= inner) continue;
    inner = indentOf(text);
    if (/\b(?:if|unless|elif|else if|when|case)\b|\?\s*$/.test(text) && asked.test(text))
      return true;
  }
  return /\?[^:]*:|&&|\|\|/.test((after?.lines[line - 1] ?? '').replace(/\?\./g, ''));
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
