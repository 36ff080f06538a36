import type { Language } from './guard.ts';

const extensions: Readonly<Record<string, Language>> = {
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  py: 'python',
  pyi: 'python',
  pyw: 'python',
  go: 'go',
  java: 'java',
  kt: 'kotlin',
  kts: 'kotlin',
  ktm: 'kotlin',
  rb: 'ruby',
  rbw: 'ruby',
  rake: 'ruby',
  gemspec: 'ruby',
  ru: 'ruby',
  cs: 'csharp',
  csx: 'csharp',
  php: 'php',
  phtml: 'php',
  rs: 'rust',
  sql: 'sql',
  psql: 'sql',
  pgsql: 'sql',
  ddl: 'sql',
  tf: 'terraform',
  tofu: 'terraform',
  tfvars: 'terraform',
  hcl: 'terraform',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  toml: 'toml',
  env: 'dotenv',
  properties: 'properties',
  ini: 'properties',
  cfg: 'properties',
  dockerfile: 'dockerfile',
  containerfile: 'dockerfile',
  graphql: 'graphql',
  graphqls: 'graphql',
  gql: 'graphql',
  proto: 'protobuf',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  ksh: 'shell',
  bats: 'shell',
  md: 'markdown',
  mdx: 'markdown',
  markdown: 'markdown',
};

const interpreters: readonly (readonly [RegExp, Language])[] = [
  [/\b(?:ba|z|k|da)?sh\b/, 'shell'],
  [/\bpython[\d.]*\b/, 'python'],
  [/\b(?:node|bun)\b/, 'javascript'],
  [/\b(?:deno|tsx|ts-node)\b/, 'typescript'],
  [/\bruby\b/, 'ruby'],
  [/\bphp[\d.]*\b/, 'php'],
];

const rubyNames: ReadonlySet<string> = new Set([
  'gemfile',
  'rakefile',
  'guardfile',
  'capfile',
  'podfile',
  'fastfile',
  'dangerfile',
  'brewfile',
]);

/** Language of a file by its name, or by its first line where the name says nothing. */
export function languageOf(path: string, text: string | null = null): Language {
  const name = fileName(path).toLowerCase();
  if (/^(?:dockerfile|containerfile)(?:\..+)?$/.test(name)) return 'dockerfile';
  if (name === '.env' || name.startsWith('.env.') || name === '.envrc') return 'dotenv';
  if (rubyNames.has(name)) return 'ruby';
  const dot = name.lastIndexOf('.');
  const known = dot < 0 ? undefined : extensions[name.slice(dot + 1)];
  if (known !== undefined) return known;
  return dot <= 0 && text !== null && text.startsWith('#!') ? byShebang(text) : 'other';
}

function byShebang(text: string): Language {
  const line = text.slice(0, text.indexOf('\n') < 0 ? 200 : Math.min(text.indexOf('\n'), 200));
  return interpreters.find(([pattern]) => pattern.test(line))?.[1] ?? 'other';
}

const testFolders =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|tests?|testing|spec|specs|e2e|cypress|playwright|testdata|test-data|test_data|fixtures?|testfixtures|integration-tests?|integrationtests?|conformance)\//i;
const testNames: readonly RegExp[] = [
  /[._-](?:test|tests|spec|specs|e2e|e2e-spec|cy|bench)\.[cm]?[jt]sx?$/i,
  /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|tests)\.py$/,
  /_test\.go$/,
  /(?:^|\/)(?:Test[A-Z][^/]*|[^/]*(?:Tests?|TestCase|IT|Spec))\.(?:java|kt|groovy|scala)$/,
  /(?:_spec|_test)\.rb$/,
  /(?:Test|Tests)\.(?:cs|php)$/,
  /(?:^|\/)src\/(?:test|integrationTest|testFixtures|jmh)\//,
  /\.bats$/,
];

/** Whether a file holds tests, or data for them, by the conventions of the languages we know. */
export function isTestPath(path: string): boolean {
  return testFolders.test(path) || testNames.some((pattern) => pattern.test(path));
}

const elsewhere =
  /(?:^|\/)(?:docs?|documentation|website|examples?|samples?|demos?|playgrounds?|tutorials?|quickstarts?|templates?\/examples?|cookbooks?|benchmarks?|bench|stories|\.storybook|storybook|sandbox(?:es)?|vendor|third[_-]party|node_modules|testdata|fixtures?|local-dev|devcontainer|\.devcontainer)\//i;
const elsewhereNames = /(?:^|[./_-])(?:example|sample|demo|template|dist|stories)(?:[./_-]|$)/i;

/** Whether a file may run in production: not a test, document, example, demo, story or vendored copy. */
export function isProductionPath(path: string): boolean {
  if (isTestPath(path) || elsewhere.test(path)) return false;
  return !elsewhereNames.test(fileName(path)) && languageOf(path) !== 'markdown';
}

const migrationFolders =
  /(?:^|\/)(?:migrations?|migrate|alembic\/versions|db\/changelog|flyway)\//i;

const migrationCode =
  /(?:^|\/)(?:Migration\d{8,}[^/]*|\d{10,}[-_.][^/]*|V\d[\d_]*__[^/]*)\.(?:[cm]?[jt]s|py|go|java)$/;

/** Whether a file is a step of a database migration, by the conventions of the tools that run them. */
export function isMigrationPath(path: string): boolean {
  return (migrationFolders.test(path) || migrationCode.test(path)) && !isTestPath(path);
}

const environments =
  /(?:^|[./_-])(?:dev|devel|development|local|localhost|test|testing|ci|e2e|qa|staging|stage|sandbox|preview|minikube|kind|k3d)(?:[./_-]|$)/i;

/** Whether the path names an environment that is not production: `overlays/dev`, `.env.local`, `ci/values.yaml`. */
export function isOtherEnvironment(path: string): boolean {
  return environments.test(path);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
