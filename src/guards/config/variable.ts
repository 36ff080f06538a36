import type { Mention } from '../guard.ts';
import { isProductionPath, isTestPath } from '../language.ts';

/** A place in code that reads a variable of the environment. */
export interface Reading {
  readonly name: string;
  readonly line: number;
  /** The code does without it: a default stands beside it, or it asks whether it is there. */
  readonly hasDefault: boolean;
}

const name = String.raw`([A-Z][A-Z0-9_]{2,60})`;
/** How code of each language reads a variable; the group is its name. */
const readers: readonly (readonly [RegExp, readonly RegExp[]])[] = [
  [
    /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
    [
      new RegExp(
        String.raw`\b(?:process|Bun|import\.meta)\.env(?:\.|\??\.?\[["'\x60])${name}`,
        'g',
      ),
      new RegExp(String.raw`\bDeno\.env\.get\(["']${name}["']`, 'g'),
    ],
  ],
  [
    /\.py$/,
    [
      new RegExp(String.raw`\bos\.environ\[["']${name}["']\]`, 'g'),
      new RegExp(String.raw`\b(?:os\.)?(?:environ\.get|getenv)\(\s*["']${name}["']\s*\)`, 'g'),
      new RegExp(String.raw`\benv(?:\.\w+)?\(\s*["']${name}["']\s*\)`, 'g'),
    ],
  ],
  [/\.go$/, [new RegExp(String.raw`\bos\.(?:Getenv|LookupEnv)\("${name}"`, 'g')]],
  [
    /\.(?:java|kts?|scala|groovy)$/,
    [
      new RegExp(
        String.raw`\bSystem\.getenv\(\s*"${name}"|\bSystem\.getenv\(\)\[\s*"${name}"`,
        'g',
      ),
    ],
  ],
  [
    /\.(?:rb|rake)$/,
    [new RegExp(String.raw`\bENV(?:\.fetch\(|\[)\s*["']${name}["']\s*[\])]`, 'g')],
  ],
  [
    /\.php$/,
    [
      new RegExp(
        String.raw`\b(?:getenv|env)\(\s*['"]${name}['"]\s*\)|\$_(?:ENV|SERVER)\[\s*['"]${name}['"]\s*\]`,
        'g',
      ),
    ],
  ],
  [/\.rs$/, [new RegExp(String.raw`\b(?:env::var(?:_os)?|env!)\(\s*"${name}"`, 'g')]],
  [/\.cs$/, [new RegExp(String.raw`\bEnvironment\.GetEnvironmentVariable\(\s*"${name}"`, 'g')]],
];

const quick = /env|ENV|getenv|Environment/;
const defaults =
  /\?\?|\|\||\bor\b|\bunwrap_or|\?:|\bis\s+None\b|\bif\b|\bunless\b|\?\s*[^.:]*:|!==?|===?|\bBoolean\(|!!|\.get\(["'][A-Z_0-9]+["']\s*,|\boptional\b|\btypeof\b|\bin process\.env|\bok\s*:?=|default/;
/** Longer lines are generated. */
const longestLine = 1_000;

/** Variables of the environment that a line of code reads. */
export function readingsIn(path: string, text: string, line: number): readonly Reading[] {
  if (text.length > longestLine || !quick.test(text) || /^\s*(?:\/\/|#|\*)/.test(text)) return [];
  const patterns = readers.find(([files]) => files.test(path))?.[1] ?? [];
  const hasDefault = defaults.test(text);
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const found = match.slice(1).find((group) => group !== undefined);
      const isSet = /^["'\]]*\s*=(?!=)/.test(text.slice(match.index + match[0].length));
      return found === undefined || isSet || ofPlatform.test(found)
        ? []
        : [{ name: found, line, hasDefault }];
    }),
  );
}

// The machine, the CI service or the host sets these without anybody's declaration.
const ofPlatform =
  /^(?:NODE_ENV|NODE_OPTIONS|PATH|CI|HOME|PORT|HOST|HOSTNAME|USER|USERNAME|USERPROFILE|SHELL|TERM|TERM_PROGRAM|COLORTERM|TMPDIR|TEMP|TMP|PWD|OLDPWD|LANG|TZ|EDITOR|VISUAL|DISPLAY|PAGER|DEBUG|NO_COLOR|FORCE_COLOR|COLUMNS|LINES|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|SYSTEMROOT|COMSPEC|PATHEXT|WINDIR|DEV|PROD|MODE|SSR|BASE_URL|VERBOSE|GOPATH|GOROOT|JAVA_HOME|VIRTUAL_ENV|PYTHONPATH|CONDA_PREFIX|WSL_DISTRO_NAME|SSH_\w+|XDG_\w+|LC_\w+|npm_\w+|JEST_WORKER_ID|VITEST\w*|PLAYWRIGHT\w*|PYTEST_\w+|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|(?:GITHUB|RUNNER|ACTIONS|GITLAB|CI|CIRCLE|TRAVIS|BUILDKITE|JENKINS|VERCEL|NETLIFY|RENDER|RAILWAY|FLY|HEROKU|DYNO|CF|AWS|AMAZON|ECS|LAMBDA|GOOGLE|GCP|GAE|K|AZURE|WEBSITE|KUBERNETES|POD|ELECTRON|CODESPACES?|VSCODE|DOCKER|OTEL|NEXT_RUNTIME|NEXT_PHASE|TURBO|NX|BUN|DENO)(?:_\w+)?)$/;

const declaring =
  /(?:^|\/)\.?(?:env|envrc|example\.env|sample\.env)(?:[._-][\w.-]*)?$|\.env(?:\.[\w.-]+)?$|(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)(?:[\w.-]*\.)?Dockerfile[\w.-]*$|(?:^|\/)(?:app|vercel|netlify|fly|render|railway|turbo|serverless|wrangler|nixpacks|Procfile|heroku|app-spec|manifest)[\w.-]*\.(?:json|jsonc|toml|ya?ml)$|\.ya?ml$|\.tf(?:vars)?$|\.md$|\.mdx$|\.rst$|\.(?:toml|ini|properties|conf|cfg|service|plist|nix|sh|bash|ps1|bicep)$|(?:^|\/)Makefile$|(?:^|\/)(?:env|environment|config|settings)[\w.-]*\.(?:d\.ts|schema\.\w+)$|\.d\.ts$|\.json$/i;

/** Whether a file can declare a variable: sample settings, deployment, schema, CI, documents. */
export function isDeclaringFile(path: string): boolean {
  return declaring.test(path) && !isTestPath(path);
}

/** Files from which somebody who sets the program up takes the list of its variables. */
export const sampleFile: RegExp =
  /(?:^|\/)(?:\.env\.(?:example|sample|template|dist|defaults?|local\.example|example\.\w+)|env\.(?:example|sample|template)|(?:example|sample)\.env|\.env)$/;

/** Whether a line does more than read a variable: it sets it, lists it, validates it, describes it. */
export function declares({ path, text }: Mention, variable: string): boolean {
  if (isDeclaringFile(path)) return true;
  if (!isProductionPath(path)) return false;
  return readingsIn(path, text, 1).every((one) => one.name !== variable);
}
