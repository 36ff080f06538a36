import type { Generated } from './change.ts';
import { isLockFile } from './lock-files.ts';

/** What `.gitattributes` says about a path: yes, no, or nothing. */
export interface PathAttributes {
  readonly generated: boolean | null;
  readonly vendored: boolean | null;
}

export interface Classified {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** From the tree the change starts from: a change cannot excuse its own files from review. */
  readonly attributes: PathAttributes | null;
}

/** Why a file is not for people to read, or null when it is. What the attributes say comes first. */
export function classify(file: Classified): Generated | null {
  const { path, attributes } = file;
  if (isLockFile(path)) return 'lock-file';
  if (attributes?.generated === true) return 'generated';
  if (attributes?.vendored === true) return 'vendored';
  if (attributes?.vendored !== false && vendoredPath.test(path)) return 'vendored';
  if (attributes?.generated === false) return null;
  if (generatedPath.test(path)) return 'generated';
  if (isMinified(file)) return 'minified';
  return hasGeneratedHead(file) ? 'generated' : null;
}

const vendoredPath = new RegExp(
  [
    '(^|/)(node_modules|bower_components|jspm_packages|vendors?|site-packages|Pods)/',
    '(^|/)(third[-_]?party|3rd[-_]?party)/',
    '(^|/)Godeps/_workspace/',
    '(^|/)Carthage/(Checkouts|Build)/',
    '(^|/)\\.yarn/(releases|plugins|sdks|cache|unplugged)/',
    '(^|/)\\.?venv/',
    '(^|/)(gradlew|mvnw)(\\.bat|\\.cmd)?$',
  ].join('|'),
);

const generatedPath = new RegExp(
  [
    // Interface compilers.
    '\\.pb(\\.gw)?\\.(go|h|cc|swift|dart)$',
    '_pb2(_grpc)?\\.pyi?$',
    '_(grpc_)?pb\\.(js|ts|d\\.ts|rb)$',
    '\\.(g|freezed|gr|mocks)\\.dart$',
    '\\.(g|g\\.i|designer)\\.(cs|vb)$',
    // What tools name so themselves.
    '(^|/)zz_generated\\.[^/]*\\.go$',
    '_generated\\.go$',
    '\\.generated\\.[A-Za-z0-9.]+$',
    '(^|/)__generated__/',
    '(^|/)\\.pnp\\.(cjs|js|loader\\.mjs)$',
    // Recorded output.
    '(^|/)__snapshots__/',
    '\\.snap(shot)?$',
    '\\.ambr$',
    '\\.(js|mjs|cjs|css|ts)\\.map$',
  ].join('|'),
  'i',
);

/** Longest average line, in characters, that people still write. */
const humanLine = 200;
/** Shorter texts are not judged by their lines. */
const shortText = 2000;

function isMinified({ path, before, after }: Classified): boolean {
  if (/[.-]min\.(js|mjs|cjs|css)$/i.test(path)) return true;
  if (!/\.(js|mjs|cjs|css)$/i.test(path)) return false;
  // As with heads: one long line in a file that people wrote must not hide the rest.
  const texts = [before, after].filter((text) => text !== null);
  return texts.length > 0 && texts.every(hasLongLines);
}

function hasLongLines(text: string): boolean {
  if (text.length < shortText) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    // Enough lines already: no need to count on.
    if (++lines * humanLine > text.length) return false;
  }
  return true;
}

/** How much of a file is searched for the words of a generator. */
const headCharacters = 4000;
const headLines = 40;

/**
 * A head that the change itself puts onto an existing file does not count: it could be there to avoid review. A file
 * of which nothing was read says nothing.
 */
function hasGeneratedHead({ before, after }: Classified): boolean {
  const texts = [before, after].filter((text) => text !== null);
  return texts.length > 0 && texts.every(saysGenerated);
}

function saysGenerated(text: string): boolean {
  const comments = text
    .slice(0, headCharacters)
    .split('\n', headLines)
    .filter((line) => /^\s*(\/\/|\/?\*|#|--|;|<!--|%|\(\*|"""|''')/.test(line));
  const head = comments.join('\n');
  return (
    /\bCode generated\b.*\bDO NOT EDIT\b/.test(head) ||
    /(^|[^\w@-])@generated\b/.test(head) ||
    /\b(auto-?generated|automatically generated)\b/i.test(head) ||
    (/\bgenerated\b/i.test(head) && /\b(do not|don't) (edit|modify|change)\b/i.test(head))
  );
}
