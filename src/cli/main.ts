import { Command, CommanderError, Option } from 'commander';
import { addAgents } from './agent-commands.ts';
import { addBehaviour } from './behaviour-commands.ts';
import { argumentOf, examples, formats } from './command-parts.ts';
import { failed, misused } from './failed.ts';
import { addGuards } from './guards-commands.ts';
import { addPolicy } from './policy-commands.ts';
import { addRecord } from './record-commands.ts';
import { addReplay } from './replay-commands.ts';
import { version } from './version.ts';

/**
 * The command line. Each command's code is loaded only when it is called, because a hook pays for
 * every file. Exit codes: 0 may land, 1 may not land yet, 2 wrong usage or input, 3 our own failure.
 */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', stopQuietly);
  try {
    await program().parseAsync(argv);
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError
        ? misused(error.exitCode, error.message, argv)
        : failed(error, argv);
  }
}

/** The whole command tree; the documentation of the command line is printed from it. */
export function program(): Command {
  const root = new Command('hallmonitor')
    .description(
      'Follows a change from suggestion to incident, and says what it owes before it may land.',
    )
    .version(version())
    .exitOverride()
    .showHelpAfterError('(hallmonitor --help shows examples)')
    .addHelpText(
      'after',
      examples(['hallmonitor check', 'hallmonitor check main..feature --format markdown']),
    );
  for (const add of [
    addCheck,
    addScan,
    addBlame,
    addStats,
    addRecord,
    addInit,
    addPolicy,
    addAgents,
    addReplay,
    addBehaviour,
    addGuards,
    addGate,
  ]) {
    add(root);
  }
  return root;
}

function addCheck(root: Command): void {
  root
    .command('check')
    .description(
      'judge one change: who wrote it, what would break, how risky it is, who must look at it',
    )
    .argument(
      '[range]',
      'BASE..HEAD or one commit; default: what this branch adds, else the last commit',
    )
    .option('--staged', 'judge what is staged')
    .option('--worktree', 'judge everything that is not committed, untracked files included')
    .option('--repo <dir>', 'the repository', '.')
    .option('--policy <file>', 'use this policy instead of the one on the target branch')
    .option(
      '--cache <dir>',
      'where facts about the history are kept (default: inside the git directory)',
    )
    .option(
      '--registry [list]',
      'ask package registries about new packages: all, or npm,pypi,crates,rubygems,go,maven; also by HALLMONITOR_REGISTRY',
    )
    .addOption(formats(['text', 'json', 'sarif', 'markdown']))
    .addHelpText(
      'after',
      examples([
        'hallmonitor check                        what this branch adds',
        'hallmonitor check --staged               before a commit',
        'hallmonitor check main..HEAD             a range',
        'hallmonitor check 1a2b3c4                one commit',
        'hallmonitor check --format sarif > out.sarif',
      ]),
    )
    .action(async (range: string | undefined, options) => {
      const { check } = await import('./check.ts');
      process.exitCode = await check(range, options);
    });
}

function addScan(root: Command): void {
  root
    .command('scan')
    .description('run the guards over two trees, without git')
    .requiredOption('--before <dir>', 'the tree before the change; may be an empty directory')
    .requiredOption('--after <dir>', 'the tree after the change')
    .addOption(formats(['text', 'json', 'sarif']))
    .addHelpText('after', examples(['hallmonitor scan --before old/ --after new/ --format json']))
    .action(async (options) => {
      const { scan } = await import('./scan.ts');
      process.exitCode = await scan(options);
    });
}

function addBlame(root: Command): void {
  root
    .command('blame')
    .description('who or what wrote each line of a file')
    .argument('<file>', 'path of a tracked file')
    .option('--revision <commit>', 'the file as of this commit', 'HEAD')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples(['hallmonitor blame src/cart.ts', 'hallmonitor blame src/cart.ts --revision v1.2']),
    )
    .action(async (file: string, options) => {
      const { blame } = await import('./blame.ts');
      process.exitCode = await blame(file, options);
    });
}

function addStats(root: Command): void {
  root
    .command('stats')
    .description(
      'share of AI-written lines of a range: by tool, model, author, folder and over time',
    )
    .argument('[range]', 'BASE..HEAD; default: the last 1,000 commits')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples(['hallmonitor stats', 'hallmonitor stats v1.0..HEAD --format json']),
    )
    .action(async (range: string | undefined, options) => {
      const { stats } = await import('./stats.ts');
      process.exitCode = await stats(range, options);
    });
}

function addInit(root: Command): void {
  root
    .command('init')
    .description('set up policy, git hooks, coding agents and CI; shows what it will do first')
    .option('--yes', 'do it without asking')
    .option('--dry-run', 'only show what would be done')
    .option('--verbose', 'show every line of what would be written')
    .option('--undo', 'take back what init did')
    .option('--no-hooks', 'leave the git hooks alone')
    .option(
      '--agents <list>',
      'coding agents to install for: names with commas between, all, or none (default: those found)',
    )
    .addOption(
      new Option(
        '--agents-level <level>',
        'whose files: of the project, shared by git, or of the user',
      )
        .choices(['project', 'user'])
        .default('project'),
    )
    .option(
      '--http',
      'let Claude Code call the resident gate by HTTP instead of starting a program',
    )
    .addOption(
      new Option('--ci <forge>', 'CI snippet to write').choices(['github', 'gitlab', 'none']),
    )
    .option(
      '--pre-receive',
      'install the server-side hook of a plain git server (in a bare repository)',
    )
    .option('--repo <dir>', 'the repository', '.')
    .addHelpText(
      'after',
      examples([
        'hallmonitor init                         shows the plan, asks, then does it',
        'hallmonitor init --yes --ci github',
        'hallmonitor init --agents claude-code,codex',
        'hallmonitor init --agents all --agents-level user',
        'hallmonitor init --undo',
        'hallmonitor init --pre-receive --yes     in a bare repository, on the server',
      ]),
    )
    .action(async (options) => {
      const { init } = await import('./init.ts');
      process.exitCode = await init(options);
    });
}

/** What the installed hooks call; not for people, so not in the help. */
function addGate(root: Command): void {
  root
    .command('gate', { hidden: true })
    .addArgument(
      argumentOf('<hook>', [
        'pre-commit',
        'commit-msg',
        'post-commit',
        'post-rewrite',
        'pre-push',
        'pre-receive',
      ]),
    )
    .argument('[rest...]')
    .action(async (hook: string, rest: readonly string[]) => {
      const { gateHook } = await import('./gate-hook.ts');
      process.exitCode = await gateHook(hook, rest);
    });
}

/** A reader such as `head` that closes the pipe early is not an error. */
function stopQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
}
