/** A way of telling a checker to look away. */
export interface Suppressor {
  readonly name: string;
  readonly checker: string;
  readonly files: RegExp;
  readonly pattern: RegExp;
  /** Finds what it is told to overlook; no match where it overlooks everything. */
  readonly rule: RegExp;
  /** It silences a whole file. */
  readonly isBroad?: boolean;
}

const scripts = /\.[cm]?[jt]sx?$|\.(?:vue|svelte|astro)$/;
const python = /\.pyi?$/;
const never = /(?!)(x)/;

/** Comments and annotations by which code silences its checkers, by language. */
export const suppressions: readonly Suppressor[] = [
  {
    name: 'ts-nocheck',
    checker: 'TypeScript',
    files: scripts,
    pattern: /^\s*(?:\/\/|\/\*)\s*@ts-nocheck\b/,
    rule: never,
    isBroad: true,
  },
  {
    name: 'ts-ignore',
    checker: 'TypeScript',
    files: scripts,
    pattern: /(?:\/\/|\/\*|\{\/\*)\s*@ts-(?:ignore|expect-error)\b/,
    rule: /@ts-(?:ignore|expect-error)[\s:-]+(\S.{3,})/,
  },
  {
    name: 'eslint-file',
    checker: 'ESLint',
    files: scripts,
    pattern: /^\s*\/\*\s*(?:eslint|oxlint|biome)-disable\s*\*\//,
    rule: never,
    isBroad: true,
  },
  {
    name: 'eslint',
    checker: 'ESLint',
    files: scripts,
    pattern:
      /(?:\/\/|\/\*|\{\/\*)\s*(?:eslint|oxlint|tslint|stylelint|standard)[-:](?:disable|ignore)(?:-(?:next-)?line)?\b/,
    rule: /(?:disable|ignore)(?:-(?:next-)?line)?[\s:]+(?!--|\*\/)([\w@/-]+[\w@/, -]*)/,
  },
  {
    name: 'biome',
    checker: 'Biome',
    files: scripts,
    pattern: /(?:\/\/|\/\*|\{\/\*)\s*biome-ignore\b/,
    rule: /biome-ignore(?:-\w+)?\s+([\w/-]+)/,
  },
  {
    name: 'type-ignore',
    checker: 'the type checker',
    files: python,
    pattern:
      /#\s*(?:type:\s*ignore|pyright:\s*ignore|mypy:\s*ignore-errors|pytype:\s*disable|ty:\s*ignore)\b/,
    rule: /(?:ignore|disable)\s*[[=]\s*([\w, -]+)/,
  },
  {
    name: 'noqa-file',
    checker: 'the linter',
    files: python,
    pattern: /^\s*#\s*(?:ruff:\s*noqa|flake8:\s*noqa|pylint:\s*skip-file)\s*$/i,
    rule: never,
    isBroad: true,
  },
  {
    name: 'noqa',
    checker: 'the linter',
    files: python,
    pattern: /#\s*(?:noqa|nosec|ruff:\s*noqa|pylint:\s*disable)\b/i,
    rule: /(?:noqa|nosec|disable)\s*[:=]?\s*((?:[A-Z]{1,4}\d+|[a-z]+(?:-[a-z]+)+)[\w, -]*)/,
  },
  {
    name: 'nolint',
    checker: 'golangci-lint',
    files: /\.go$/,
    pattern: /\/\/\s*(?:nolint|#nosec|lint:ignore)\b/,
    rule: /(?:nolint:|#nosec\s+|lint:ignore\s+)\s*([\w, -]+)/,
  },
  {
    name: 'suppress-warnings',
    checker: 'the compiler',
    files: /\.(?:java|kts?|groovy|scala)$/,
    pattern:
      /@(?:SuppressWarnings|Suppress|SuppressLint|SuppressFBWarnings|nowarn)\b|\/\/\s*(?:NOSONAR|NOPMD|noinspection|ktlint-disable|CHECKSTYLE[:.]OFF)\b/,
    rule: /(?:\(\s*\{?\s*(?:value\s*=\s*)?"((?!all")[\w.:-]+)"|(?:noinspection|ktlint-disable)\s+([\w-]+))/,
  },
  {
    name: 'rubocop',
    checker: 'RuboCop',
    files: /\.(?:rb|rake)$|(?:^|\/)(?:Gemfile|Rakefile)$/,
    pattern: /#\s*(?:rubocop|standard):(?:disable|todo)\b|#\s*typed:\s*(?:false|ignore)\b/,
    rule: /:(?:disable|todo)\s+((?!all\b)[\w/, ]+)/,
  },
  {
    name: 'php',
    checker: 'the analyser',
    files: /\.php$/,
    pattern:
      /(?:\/\/|#|\*)\s*(?:phpcs:(?:ignore|disable|ignoreFile)|@phpstan-ignore(?:-line|-next-line)?|@psalm-suppress|@codingStandardsIgnore\w*|@SuppressWarnings)\b/,
    rule: /(?:phpcs:(?:ignore|disable)\s+|@phpstan-ignore\s+|@psalm-suppress\s+|SuppressWarnings\()([\w.\\/]+)/,
  },
  {
    name: 'rust',
    checker: 'Clippy or the compiler',
    files: /\.rs$/,
    pattern: /#!?\[(?:allow|expect)\(/,
    rule: /(?:allow|expect)\(\s*((?!warnings\b|clippy::all\b)[\w:, ]+)/,
  },
  {
    name: 'csharp',
    checker: 'the compiler',
    files: /\.cs$/,
    pattern:
      /#pragma\s+warning\s+disable\b|\[\s*(?:assembly:\s*)?SuppressMessage\(|\/\/\s*(?:NOSONAR|ReSharper\s+disable)\b/,
    rule: /(?:disable\s+(?:once\s+)?([\w, ]+)|SuppressMessage\(\s*"[^"]*"\s*,\s*"([^"]+))/,
  },
  {
    name: 'shellcheck',
    checker: 'ShellCheck',
    files: /\.(?:sh|bash)$/,
    pattern: /#\s*shellcheck\s+disable=/,
    rule: /disable=((?!all\b)[\w,]+)/,
  },
  {
    name: 'scanner',
    checker: 'the security scanner',
    files: /\.(?:tf|ya?ml|[jt]sx?|py|go|rb|java|php|cs)$|Dockerfile/,
    pattern:
      /(?:#|\/\/)\s*(?:checkov:skip|tfsec:ignore|trivy:ignore|nosemgrep|hadolint\s+ignore|kics-scan\s+ignore|gitleaks:allow|lgtm)\b/,
    rule: /(?:skip|ignore|nosemgrep)\s*[=:]\s*([\w.:-]+)/,
  },
];
