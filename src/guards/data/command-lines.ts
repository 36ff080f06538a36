import type { ChangedFile } from '../guard.ts';
import { isOtherEnvironment } from '../language.ts';
import { fileStem, manualName, scriptName } from './script-names.ts';

/** `by itself`: images and what starts them. `script`: a file that something runs. `by hand`: named for what it does. */
export type CommandSetting = 'pipeline' | 'by itself' | 'script' | 'by hand';

/** One added command. */
export interface CommandLine {
  readonly line: number;
  /** What may run, without comments. */
  readonly text: string;
  readonly whole: string;
  /** True in a script or target whose name says what it does, such as `db:reset`. */
  readonly isNamedSo: boolean;
}

/** Longer lines are data. */
const longest = 1_000;

/** How the commands of a file come to run; null where they do not reach what others use. */
export function settingOf({ path, language }: ChangedFile): CommandSetting | null {
  if (
    /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.buildkite)\/|(?:^|\/)(?:\.gitlab-ci|azure-pipelines|bitbucket-pipelines|cloudbuild|appveyor|\.travis)\.ya?ml$|(?:^|\/)Jenkinsfile/i.test(
      path,
    )
  )
    return manualName.test(fileStem(path)) ? 'by hand' : 'pipeline';
  if (isOtherEnvironment(path) || /(?:^|\/)(?:\.devcontainer|dev|e2e|hack|ci-local)\//.test(path))
    return null;
  if (
    language === 'dockerfile' ||
    /(?:^|\/)(?:Procfile|entrypoint[^/]*|docker-entrypoint[^/]*)$/.test(path)
  )
    return 'by itself';
  const isShell =
    language === 'shell' ||
    /(?:^|\/)(?:GNU)?[Mm]akefile$|\.(?:mk|ps1|bat|cmd)$|(?:^|\/)[Jj]ustfile$|(?:^|\/)Taskfile\.ya?ml$|(?:^|\/)package\.json$|(?:^|\/)composer\.json$/.test(
      path,
    );
  if (isShell) return manualName.test(fileStem(path)) ? 'by hand' : 'script';
  return programs.has(language)
    ? manualName.test(fileStem(path)) ||
      /(?:^|\/)(?:scripts?|tools?|bin|seeds?|cli|commands?|migrations?|migrate)\//i.test(path)
      ? 'by hand'
      : 'script'
    : null;
}

const programs: ReadonlySet<string> = new Set([
  'typescript',
  'javascript',
  'python',
  'ruby',
  'php',
  'go',
  'java',
  'kotlin',
  'csharp',
  'rust',
]);

/** The commands a change adds to a file. In programs only strings and calls of destructive functions matter. */
export function commandLines(file: ChangedFile, setting: CommandSetting): readonly CommandLine[] {
  const lines = file.after?.lines ?? [];
  return [...file.added].flatMap((line) => {
    const whole = lines[line - 1] ?? '';
    if (whole.length > longest || !mayDestroy.test(whole) || isOnlySaid(whole)) return [];
    const text = whole.replace(/(?:^|\s)(?:#|\/\/)\s.*$/, '');
    if (!mayDestroy.test(text)) return [];
    const name = setting === 'script' ? scriptName(lines, line - 1, file.path) : '';
    const isNamedSo = manualName.test(name) || isForTests(text);
    return [{ line, text, whole, isNamedSo }];
  });
}

const mayDestroy =
  /\b(?:rm|destroy|delete|drop\w*|reset\w*|flush\w*|force\w*|remove|purge|truncate|rollback|downgrade|clean|fresh|refresh|wipe|down|terminate\S*|prune|uninstall|sync\w*|rb|db:\S+|ensure\w*|push|accept-data-loss|clean)\b/i;

// Told to a person, or what the line is about, not run.
function isOnlySaid(text: string): boolean {
  return /^\s*(?:#(?!!)|\/\/|\*|\/\*|<!--|REM\b|@?echo\b|printf\b|log\b|info\b|warn\b|console\.|print\(|puts\b|say\b|cat\s*<<|description:|name:|-\s*name:|title:|help\b|usage)/i.test(
    text,
  );
}

function isForTests(text: string): boolean {
  return /(?:RAILS|RACK|NODE|MIX|APP|DJANGO)_ENV=["']?(?:test|development|dev)\b|--env=(?:testing|test|dev)|dotenv\s+-e\s+\S*(?:test|dev|local)|(?:^|[\s_/-])(?:e2e|kind|minikube)(?:[\s_/-]|$)/i.test(
    text,
  );
}
