import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordAfter, recordBefore, recordMoment } from '../src/cli/capture-session.ts';
import type { HookEvent, Phase } from '../src/suggestion/event.ts';
import { checkOut, edit, git, repo, type FileContent } from './story.ts';
import { run } from './end-to-end/run-cli.ts';

/** A work tree in which agents are watched, told from their hooks' side. */
export interface Watched {
  readonly folder: string;
  /** A person asks; the agent's turn begins. */
  prompt(session?: string): Promise<void>;
  turnEnds(session?: string): Promise<void>;
  /** The agent writes files with its edit tool, before and after events included. */
  agentEdits(files: Readonly<Record<string, string>>, options?: Call): Promise<void>;
  /** The agent runs a command that does this. */
  agentRuns(work: () => void, options?: Call): Promise<void>;
  /** One event as its dialect would parse it. */
  event(phase: Phase, more?: Partial<HookEvent>): HookEvent;
  /** Commits with the hooks; what git said on standard error. */
  commits(message: string, ...args: readonly string[]): string;
}

export interface Call {
  readonly session?: string;
  readonly userModified?: boolean;
  /** What is written in the end, when it is not what was asked for. */
  readonly instead?: Readonly<Record<string, string>>;
  readonly before?: boolean;
  readonly after?: boolean;
  readonly decision?: string;
  readonly subagent?: string;
}

const root = join(import.meta.dirname, '..');

/** Builds a repository with our hooks and something to record into. */
export function watched(files: Readonly<Record<string, FileContent>>): Watched {
  const folder = checkOut(repo([{ by: 'Ann', says: 'Start', files }]));
  installHooks(folder);
  return watch(folder);
}

/** Watches a work tree that is there already. */
export function watch(folder: string): Watched {
  const top = git(folder, 'rev-parse', '--show-toplevel');
  const gitDir = git(folder, 'rev-parse', '--absolute-git-dir');
  const commonDir = join(top, git(folder, 'rev-parse', '--git-common-dir'));
  const place = { top, gitDir, commonDir: commonDir.includes(gitDir) ? gitDir : commonDir };
  let calls = 0;
  function event(phase: Phase, more: Partial<HookEvent> = {}): HookEvent {
    return {
      agent: 'claude-code',
      agentVersion: '2.1.332',
      dialect: 'claude-code/1',
      phase,
      eventName: phase,
      sessionId: 'one',
      turnId: null,
      callId: `call-${calls}`,
      callIdSynthetic: false,
      subagent: null,
      model: 'claude-opus-5',
      permissionMode: null,
      cwd: folder,
      transcriptPath: null,
      tool: 'Write',
      edits: [],
      command: null,
      reads: [],
      succeeded: null,
      userModified: false,
      unseen: null,
      ...more,
    };
  }
  function textOf(path: string): string | null {
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch {
      return null;
    }
  }
  return {
    folder,
    event,
    async prompt(session = 'one') {
      const told = await recordMoment(place, event('prompt', { sessionId: session }), new Date());
      if (!told.recorded) throw new Error(told.why ?? '');
    },
    async turnEnds(session = 'one') {
      await recordMoment(place, event('turn-end', { sessionId: session }), new Date());
    },
    async agentEdits(files, call = {}) {
      calls += 1;
      const shared = { sessionId: call.session ?? 'one', subagent: call.subagent ?? null };
      const edits = Object.entries(files).map(
        ([path, content]) => ({ kind: 'write', path, content }) as const,
      );
      const asked = event('pre-tool', { ...shared, edits });
      if (call.before !== false)
        await recordBefore(place, asked, {
          decision: call.decision ?? 'pass',
          rules: [],
          files: Object.entries(files).map(([path, after]) => ({
            path,
            before: textOf(path),
            after,
          })),
          now: new Date(),
        });
      edit(folder, { ...files, ...call.instead });
      const done = { ...shared, edits, userModified: call.userModified === true };
      if (call.after !== false) await recordAfter(place, event('post-tool', done), new Date());
    },
    async agentRuns(work, call = {}) {
      calls += 1;
      const command = { text: 'sh build.sh', shell: 'posix', cwd: null } as const;
      const told = { sessionId: call.session ?? 'one', command, tool: 'Bash' };
      await recordBefore(place, event('pre-tool', told), {
        decision: 'pass',
        rules: [],
        files: [],
        now: new Date(),
      });
      work();
      if (call.after !== false) await recordAfter(place, event('post-tool', told), new Date());
    },
    commits(message, ...args) {
      git(folder, 'add', '--all');
      const { stderr } = run(folder, ['git', 'commit', '--quiet', `--message=${message}`, ...args]);
      return stderr;
    },
  };
}

/** Our hooks, as `init` writes them, but started without the command line around them. */
export function installHooks(folder: string): void {
  const hooks = join(folder, '.git', 'hooks');
  mkdirSync(hooks, { recursive: true });
  for (const name of ['pre-commit', 'post-commit', 'post-rewrite']) {
    const entry = join(root, 'src/cli/gate-hook.ts');
    const code = `import { gateHook } from '${entry}'; process.exitCode = await gateHook('${name}', []);`;
    const text = `#!/bin/sh\nexec '${process.execPath}' --input-type=module -e "${code}"\n`;
    writeFileSync(join(hooks, name), text);
    chmodSync(join(hooks, name), 0o755);
  }
}
