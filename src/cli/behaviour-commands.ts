import type { Command } from 'commander';
import { examples, formats } from './command-parts.ts';

/** The commands that run code of the change. */
export function addBehaviour(root: Command): void {
  root
    .command('behaviour')
    .description(
      'run changed pure functions, old and new, on the same inputs, and show where they differ',
    )
    .argument(
      '[range]',
      'BASE..HEAD or one commit; default: what this branch adds, else the last commit',
    )
    .option('--staged', 'examine what is staged')
    .option('--worktree', 'examine everything that is not committed, untracked files included')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      `${examples([
        'hallmonitor behaviour                    what this branch adds',
        'hallmonitor behaviour main..HEAD         a range',
        'hallmonitor behaviour --staged --format json',
      ])}\n\n${safety}`,
    )
    .action(async (range: string | undefined, options) => {
      const { behaviour } = await import('./behaviour.ts');
      process.exitCode = await behaviour(range, options);
    });
  root.command('behaviour-isolate', { hidden: true }).action(async () => {
    const { behaviourIsolate } = await import('./behaviour-isolate.ts');
    process.exitCode = await behaviourIsolate();
  });
}

const safety = `This runs code of the change: pure functions of JavaScript and TypeScript, inside an engine of
their own without files, network, processes or clock. Nothing else runs it: no check, hook or gate.`;
