import { chmodSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { git, temporaryFolder } from '../story.ts';
import { runCli, runGit, type Ran, type RunOptions } from './run-cli.ts';

/** A plain git server of its own, filled from branches of a repository, with the hook that `init` writes. */
export function serverOf(folder: string, branches: Readonly<Record<string, string>>): string {
  const server = emptyServer();
  const specs = Object.entries(branches).map(([to, from]) => `${from}:refs/heads/${to}`);
  if (specs.length > 0) git(folder, 'push', '--quiet', server, ...specs);
  return guarded(server);
}

/** An empty server without the hook, as `git init --bare` makes it; HEAD names main. */
export function emptyServer(options: readonly string[] = ['--initial-branch=main']): string {
  const server = join(temporaryFolder(), 'shop.git');
  git(temporaryFolder(), 'init', '--quiet', '--bare', ...options, server);
  return server;
}

/** Puts the hook in, the very file that `init --pre-receive --yes` wrote into another bare repository. */
export function guarded(server: string): string {
  mkdirSync(join(server, 'hooks'), { recursive: true });
  const path = join(server, 'hooks', 'pre-receive');
  copyFileSync(writtenHook(), path);
  chmodSync(path, 0o755);
  return server;
}

const written = new Map<'hook', string>();

function writtenHook(): string {
  const known = written.get('hook');
  if (known !== undefined) return known;
  const server = emptyServer();
  const { code, stderr } = runCli(server, ['init', '--pre-receive', '--yes']);
  if (code !== 0) throw new Error(`init did not install the hook: ${stderr}`);
  const hook = join(server, 'hooks', 'pre-receive');
  written.set('hook', hook);
  return hook;
}

/** A real push, hooks and all. */
export function push(folder: string, args: readonly string[], options: RunOptions = {}): Ran {
  return runGit(folder, ['push', ...args], options);
}

/** What a server has: references with their commits. */
export function refsOf(server: string): Readonly<Record<string, string>> {
  const lines = git(server, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n');
  return Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** Files of a bare repository that git itself did not put there. */
export function foreignFiles(server: string): readonly string[] {
  const ours = /^(?:objects|refs|info|branches|logs|description|config|HEAD|packed-refs)(?:\/|$)/;
  return readdirSync(server, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(server.length + 1))
    .filter((path) => !ours.test(path) && !path.endsWith('.sample'));
}

/** Number of objects, so that what a refused push brought can be seen to be gone. */
export function objectCount(server: string): number {
  const text = git(server, 'count-objects', '--verbose');
  return Number(/count: (\d+)/.exec(text)?.[1]) + Number(/in-pack: (\d+)/.exec(text)?.[1]);
}
