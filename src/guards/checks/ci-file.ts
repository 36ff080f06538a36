import type { ChangedFile } from '../guard.ts';

const ciFiles =
  /(?:^|\/)\.github\/(?:workflows|actions)\/.+\.ya?ml$|(?:^|\/)action\.ya?ml$|(?:^|\/)\.gitlab-ci[\w.-]*\.ya?ml$|(?:^|\/)\.gitlab\/.+\.ya?ml$|(?:^|\/)\.circleci\/.+\.ya?ml$|(?:^|\/)azure-pipelines[\w.-]*\.ya?ml$|(?:^|\/)\.azure-pipelines\/.+\.ya?ml$|(?:^|\/)\.travis\.ya?ml$|(?:^|\/)bitbucket-pipelines\.ya?ml$|(?:^|\/)\.buildkite\/.+\.ya?ml$|(?:^|\/)\.drone\.ya?ml$|(?:^|\/)\.woodpecker(?:\/.+)?\.ya?ml$|(?:^|\/)appveyor\.ya?ml$|(?:^|\/)Jenkinsfile[\w.-]*$|(?:^|\/)cloudbuild[\w.-]*\.ya?ml$/;
const scripts =
  /(?:^|\/)(?:package\.json|composer\.json|Makefile|GNUmakefile|[jJ]ustfile|Rakefile|tox\.ini|noxfile\.py|Taskfile\.ya?ml|lefthook\.ya?ml|\.pre-commit-config\.yaml|build\.gradle(?:\.kts)?|pom\.xml)$|(?:^|\/)\.(?:husky|githooks)\/[\w-]+$|(?:^|\/)(?:ci|\.ci|scripts?|bin|build)\/[\w.-]+\.(?:sh|bash)$|\.mk$/;
const vendored =
  /(?:^|\/)(?:node_modules|vendor|third[_-]party|fixtures?|__fixtures__|testdata|examples?)\//;

/** Whether a file says what the CI service runs: GitHub, GitLab, CircleCI, Azure, Travis, Bitbucket, Jenkins and others. */
export function isCiFile({ path }: ChangedFile): boolean {
  return ciFiles.test(path) && !vendored.test(path);
}

/** Whether a file holds commands that CI or git hooks call: package scripts, makefiles, hooks. */
export function isScriptFile({ path }: ChangedFile): boolean {
  return scripts.test(path) && !vendored.test(path);
}

/** What a command looks for, by the words of the tools that do it. */
export const checkKinds: readonly (readonly [string, RegExp])[] = [
  [
    'tests',
    /\b(?:npm|pnpm|yarn|bun|nx|turbo|lerna|deno|make|rake|just|task|mix|sbt|lein|swift|flutter|dart|bazel|meteor|rails|artisan|cargo|go|dotnet|mvnw?|gradlew?|gradle)\b[^\n|&;#]{0,60}?\s(?::?[\w:-]*:)?(?:unit-?|integration-?|e2e-?|ci:?)?tests?(?::[\w:-]+)?(?=\s|$|"|')|\b(?:pytest|vitest|jest|mocha|karma|rspec|phpunit|pest|tox|nox|ctest|playwright test|cypress run|ava|gotestsum|nosetests|behave|cucumber|detox test|nextest|manage\.py test|mvn[^\n|&;#]{0,40}\sverify|gradlew?[^\n|&;#]{0,40}\scheck)\b/,
  ],
  [
    'lint',
    /\b(?:npm|pnpm|yarn|bun|nx|turbo|make|just|task|rake)\b[^\n|&;#]{0,40}?\s(?::?[\w:-]*:)?lint(?::[\w:-]+)?(?=\s|$|"|')|\b(?:eslint|oxlint|biome (?:ci|check|lint)|ruff check|flake8|pylint|golangci-lint|rubocop|phpcs|clippy|ktlint|detekt|checkstyle|stylelint|shellcheck|hadolint|actionlint|pre-commit run|staticcheck|go vet)\b/,
  ],
  [
    'type checks',
    /\b(?:tsc\b(?=[^\n|&;#]*--noEmit)|vue-tsc|mypy|pyright|phpstan|psalm|sorbet|srb tc|typecheck|type-check|check-types|check:types|pytype)\b/,
  ],
  [
    'security checks',
    /\b(?:npm audit|pnpm audit|yarn audit|pip-audit|bundle[- ]audit|cargo (?:audit|deny)|govulncheck|snyk test|trivy|grype|gitleaks|trufflehog|semgrep|bandit|brakeman|osv-scanner|codeql|checkov|tfsec|gosec|dependency-review-action)\b/,
  ],
];

/** What a line of commands checks; null when it checks nothing we know. Comments and names of steps do not count. */
export function checkOf(text: string): string | null {
  if (text.length > 1_000 || /^\s*(?:#|\/\/|-?\s*name\s*:)/.test(text)) return null;
  // Sentences tell somebody, such as an agent, what to run.
  if (/^\s*(?:[-*]\s+)?[A-Z][A-Za-z]*\s+[A-Za-z]+\s+[A-Za-z]+\s/.test(text)) return null;
  // To install a tool is not to run it.
  if (/\b(?:install|add|apt-get|brew|pip3?|restore-keys|cache|key)\b(?!\S*\s+(?:&&|;))/.test(text))
    return null;
  return checkKinds.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
