import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { runtimeRaisedExamples } from './runtime-raised.examples.ts';

/** What the code runs on must be newer than before. */
export const runtimeRaised: Guard = guard({
  id: 'dependencies/runtime-raised',
  severity: 'warn',
  protects: 'machines and users that still have the older version',
  breaks:
    'Where the older version runs, the next deployment or installation fails, or fails only when the first new call is made.',
  fix: 'Raise the machines first, and the required version in a release whose number says so.',
  languages: 'any',
  cwe: [1104],
  confidence: 0.6,
  ...runtimeRaisedExamples,
  look: (scene: Scene) => scene.files.flatMap(sightings),
});

/** How a runtime's version is demanded, by kind of manifest. Its first group is the demand. */
interface Demand {
  readonly files: RegExp;
  readonly runtime: string;
  readonly pattern: RegExp;
  /** Parts of a version whose rise is told: 1 for the major one only. */
  readonly parts: 1 | 2;
}

const demands: readonly Demand[] = [
  {
    files: /(?:^|\/)package\.json$/,
    runtime: 'Node',
    pattern: /^\s*"node"\s*:\s*"([^"]+)"/,
    parts: 1,
  },
  {
    files: /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/,
    runtime: 'Python',
    pattern: /^\s*(?:requires[-_]python|python_requires|python)\s*=\s*["']?([^"'\n]+)/,
    parts: 2,
  },
  { files: /(?:^|\/)go\.mod$/, runtime: 'Go', pattern: /^go\s+(\d[\w.]*)/, parts: 2 },
  {
    files: /(?:^|\/)Cargo\.toml$/,
    runtime: 'Rust',
    pattern: /^\s*rust-version\s*=\s*"([^"]+)"/,
    parts: 2,
  },
  {
    files: /(?:^|\/)pom\.xml$/,
    runtime: 'Java',
    pattern: /^\s*<(?:java\.version|maven\.compiler\.(?:release|target)|release)>\s*([\d.]+)/,
    parts: 2,
  },
  {
    files: /(?:^|\/)build\.gradle(?:\.kts)?$/,
    runtime: 'Java',
    pattern:
      /\b(?:targetCompatibility|JavaLanguageVersion\.of|jvmTarget|jvmToolchain)\b\D{0,40}?([\d_.]+)/,
    parts: 2,
  },
  {
    files: /\.gemspec$/,
    runtime: 'Ruby',
    pattern: /required_ruby_version\s*=?\s*\(?\s*["']([^"']+)/,
    parts: 2,
  },
  {
    files: /\.csproj$|(?:^|\/)Directory\.Build\.props$/,
    runtime: '.NET',
    pattern: /^\s*<TargetFramework>\s*net(?:coreapp)?([\d.]+)/,
    parts: 1,
  },
  {
    files: /(?:^|\/)composer\.json$/,
    runtime: 'PHP',
    pattern: /^\s*"php"\s*:\s*"([^"]+)"/,
    parts: 2,
  },
];

const elsewhere =
  /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test|tests|examples?|docs?|samples?|templates?|node_modules|vendor|benchmarks?|bench)\//;

function sightings(file: ChangedFile): readonly Sighting[] {
  const able = demands.filter(({ files }) => files.test(file.path));
  const { before, after } = file;
  if (able.length === 0 || before === null || after === null || elsewhere.test(file.path))
    return [];
  return able.flatMap((demand) => raised(file, demand));
}

/** Longer lines are generated. */
const longestLine = 500;

function raised(file: ChangedFile, { runtime, pattern, parts }: Demand): readonly Sighting[] {
  const old = file.change.hunks
    .flatMap(({ removed }) => removed)
    .flatMap((text) => demandIn(text, pattern) ?? []);
  return file.change.hunks.flatMap(({ added, newStart }) =>
    added.flatMap((text, index) => {
      const now = demandIn(text, pattern);
      const was = now === null ? undefined : old.shift();
      if (now === null || was === undefined || !isHigher(was, now, parts)) return [];
      const says = `asks for ${runtime} ${now}, where ${was} was enough`;
      const told = { path: file.path, line: newStart + index, says, subject: runtime };
      if (saysSo(file)) return [];
      return isPublished(file) ? [told] : [{ ...told, severity: 'note' as const, confidence: 0.5 }];
    }),
  );
}

function demandIn(text: string, pattern: RegExp): string | null {
  return text.length > longestLine ? null : (pattern.exec(text)?.[1]?.trim() ?? null);
}

function isHigher(was: string, now: string, parts: 1 | 2): boolean {
  const [a, b] = [lowest(was), lowest(now)];
  if (a === null || b === null) return false;
  if (b[0] !== a[0]) return b[0] > a[0];
  return parts === 2 && b[1] > a[1];
}

/** The lowest version of a range: major and minor. Java called 8 once 1.8. */
function lowest(range: string): readonly [number, number] | null {
  const found = [
    ...range.slice(0, 200).matchAll(/(<|!=)?[~^>=v\s]{0,8}(?<![\d._])(\d+)(?:[._](\d+))?/g),
  ]
    .filter(([, sign]) => sign === undefined)
    .map(([, , major, minor]) => [Number(major), Number(minor ?? 0)] as const);
  const [first] = found.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (first === undefined) return null;
  return first[0] === 1 && /^1[._]\d$/.test(range.trim()) ? [first[1], 0] : first;
}

// Of a service, whoever deploys it decides; a package is installed by strangers.
function isPublished({ path, after }: ChangedFile): boolean {
  const text = after?.text ?? '';
  if (path.endsWith('package.json'))
    return (
      /"version"\s*:/.test(text) && /"name"\s*:/.test(text) && !/"private"\s*:\s*true/.test(text)
    );
  if (path.endsWith('pyproject.toml'))
    return /\[build-system\]/.test(text) && !/Private ::/.test(text);
  if (path.endsWith('Cargo.toml'))
    return !/publish\s*=\s*false/.test(text) && /^\s*version\s*=/m.test(text);
  return path.endsWith('.gemspec') || path.endsWith('setup.py');
}

function saysSo({ change }: ChangedFile): boolean {
  const [was, now] = [
    change.hunks.flatMap(({ removed }) => removed),
    change.hunks.flatMap(({ added }) => added),
  ].map((lines) =>
    lines
      .map((text) => /^\s*"?version"?\s*[:=]\s*"?v?(\d+)\./.exec(text.slice(0, longestLine))?.[1])
      .find((major) => major !== undefined),
  );
  return was !== undefined && now !== undefined && Number(now) > Number(was);
}
