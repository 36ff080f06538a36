import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { caught, passed } from './added.examples.ts';
import { loginsIn, webTokensIn } from './bearing.ts';
import { isGenuine } from './genuine.ts';
import { kinds, mayHoldKind } from './kinds.ts';
import { namedValues } from './named-value.ts';
import { entropy, isCounted, isPlaceholder, isStandIn } from './plausible.ts';

export const added: Guard = guard({
  id: 'secrets/added',
  severity: 'block',
  protects: 'credentials',
  breaks:
    'Whoever can read the repository, its forks or its build logs can act with this credential, also after the line is gone.',
  fix: 'Revoke the credential now, take it out of the history, and read it from the environment or a secret store.',
  languages: 'any',
  cwe: [798, 312],
  confidence: 0.9,
  caught,
  passed,
  look(scene) {
    const old = removedText(scene);
    return scene.files.flatMap((file) =>
      lookAt(file)
        .filter((one) => !old().includes(one.secret))
        .map((one) => sighting(file, one)),
    );
  },
});

/** A credential that was found. The secret itself never leaves this file. */
interface Found {
  readonly line: number;
  readonly kind: string;
  readonly secret: string;
  readonly severity: Severity;
  readonly confidence: number;
}

// What stood somewhere before the change was moved, not added.
function removedText(scene: Scene): () => string {
  const known: string[] = [];
  return () => {
    if (known.length === 0)
      known.push(
        scene.files
          .flatMap(({ change }) => change.hunks.flatMap((hunk) => hunk.removed))
          .join('\n'),
      );
    return known[0] ?? '';
  };
}

/** Longest stretch of a line that is read; nobody pastes a credential into a megabyte of minified code. */
const longestLine = 20_000;
/** Credentials told per file: one is enough to act upon. */
const mostPerFile = 20;

function lookAt(file: ChangedFile): readonly Found[] {
  const { change, after } = file;
  if (after === null || isIgnoredName.test(file.path)) return [];
  const found: Found[] = [];
  for (const hunk of change.hunks) {
    hunk.added.forEach((text, index) => {
      if (found.length >= mostPerFile) return;
      const line = hunk.newStart + index;
      found.push(...inLine(readable(text, file.path), { file, line }));
      if (text.includes('PRIVATE KEY')) found.push(...privateKey(hunk.added, index, line));
    });
  }
  return found.map((one) => milder(one, file));
}

const isIgnoredName = /(?:^|\/)(?:go\.sum|.*\.(?:lock|svg|map|snap|sum|csv|tsv|po|pot|xlf|cast))$/i;

const notebook = /\.ipynb$/i;
const picture = /[A-Za-z0-9+/=]{400}/;

// A cell of a notebook is code inside a text of JSON; its pictures are noise in which anything can be found.
function readable(text: string, path: string): string {
  if (!notebook.test(path)) return text.slice(0, longestLine);
  const short = text.slice(0, longestLine);
  return picture.test(short)
    ? ''
    : short.replaceAll('\\"', "'").replace(/^\s*"|(?:\\n)?",?\s*$/g, '');
}

interface At {
  readonly file: ChangedFile;
  readonly line: number;
}

function inLine(text: string, { file, line }: At): readonly Found[] {
  const known = [...ofKnownForm(text, line), ...webTokens(text, line)];
  if (known.length > 0) return known;
  const logins = loginsIn(text).map(({ scheme, secret }) => ({
    line,
    kind: `password in a ${scheme} address`,
    secret,
    severity: 'block' as const,
    confidence: 0.8,
  }));
  if (logins.length > 0 || /(?:^|\s)(?:#|\/\/|\*)\s/.test(text.slice(0, 8))) return logins;
  // A random password in a test or an example is made up for it.
  if (isMadeUp(file)) return [];
  return namedValues(text, file.language).map(({ name, value }) => ({
    line,
    kind: `value of ${name}`,
    secret: value,
    severity: 'warn' as const,
    confidence: 0.6,
  }));
}

function ofKnownForm(text: string, line: number): readonly Found[] {
  if (!mayHoldKind.test(text)) return [];
  return kinds.flatMap((kind) => {
    const match = kind.pattern.exec(text);
    const secret = match?.[1] ?? match?.[0] ?? '';
    if (secret === '' || (kind.beside !== undefined && !kind.beside.test(text))) return [];
    if (entropy(secret) < (kind.entropy ?? 3) || isPlaceholder(secret.slice(4))) return [];
    // Its form is right and its text is counted up: most likely made up, so that it only informs.
    const isMild = kind.mild === true || isCounted(secret.slice(4));
    const severity = isMild ? 'note' : (kind.severity ?? 'block');
    const confidence = isMild ? 0.5 : severity === 'warn' ? 0.7 : 0.95;
    return [{ line, kind: kind.name, secret, severity, confidence } as const];
  });
}

function webTokens(text: string, line: number): readonly Found[] {
  return webTokensIn(text).map(({ secret, isMighty }) => ({
    line,
    kind: isMighty ? 'JSON Web Token with all rights' : 'JSON Web Token',
    secret,
    severity: isMighty ? 'block' : 'warn',
    confidence: isMighty ? 0.9 : 0.6,
  }));
}

const keyHead = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/;

// The head alone is often only compared with; a key has a body of base64 on this line or the next ones.
function privateKey(lines: readonly string[], index: number, line: number): readonly Found[] {
  const match = keyHead.exec(lines[index] ?? '');
  if (match === null) return [];
  const rest = (lines[index] ?? '').slice(match.index + match[0].length);
  const body = [rest, ...lines.slice(index + 1, index + 8)].join('\n').replaceAll('\\n', '\n');
  const runs = body.match(/[A-Za-z0-9+/=]{40,}/g) ?? [];
  const secret = runs.find((run) => entropy(run) >= 4 && !isStandIn(run.slice(24)));
  if (secret === undefined) return [];
  return [{ line, kind: 'private key', secret, severity: 'block', confidence: 0.95 }];
}

const madeUp = /\.(?:md|mdx|rst|txt|adoc)$|(?:^|\/)src\/\w*[tT]ests?\w*\//i;

function isMadeUp(file: ChangedFile): boolean {
  return !isProductionPath(file.path) || file.isTest || madeUp.test(file.path);
}

// In tests, documents and examples most credentials were made up; the reader decides.
function milder(found: Found, file: ChangedFile): Found {
  if (isGenuine(found.secret)) return { ...found, severity: 'block', confidence: 0.99 };
  if (!isMadeUp(file)) {
    const isLocal = isOtherEnvironment(file.path);
    return isLocal && found.severity === 'warn'
      ? { ...found, severity: 'note', confidence: 0.4 }
      : found;
  }
  return { ...found, severity: 'note', confidence: Math.min(found.confidence, 0.4) };
}

function sighting(
  file: ChangedFile,
  { line, kind, secret, severity, confidence }: Found,
): Sighting {
  const shown =
    secret.length >= 16 && !/^-|^value|^password/.test(kind) ? ` (${secret.slice(0, 4)}…)` : '';
  return {
    path: file.path,
    line,
    says: `adds what looks like ${/^[aeiouAEIOU1](?!n?pm)/.test(kind) ? 'an' : 'a'} ${kind}${kind === 'private key' ? '' : shown}`,
    subject:
      `${kind} ${(file.after?.lines[line - 1] ?? '').slice(0, 400).split(secret)[0]?.slice(-60) ?? ''}`.trim(),
    severity,
    confidence,
  };
}
