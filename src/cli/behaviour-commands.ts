import type { Command } from 'commander';
import { examples, formats } from './command-parts.ts';

/** The commands that run code of the change. */
export function addBehaviour(root: Command): void {
  addComparison(root);
  addMutants(root);
}

function addComparison(root: Command): void {
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

const safety = `This runs code of the change: pure functions of JavaScript and TypeScript,
inside an engine of their own without files, network, processes or clock.
No check, hook or gate does it by itself.`;

function addMutants(root: Command): void {
  root
    .command('mutants')
    .description(
      'make the added lines wrong, one place after the other, and see whether a test notices',
    )
    .argument(
      '[range]',
      'BASE..HEAD or one commit; default: what this branch adds, else the last commit',
    )
    .option('--budget <time>', 'stop after so long, such as 90s, 5m or 1h', '5m')
    .option('--max <number>', 'try at most so many mutants', '50')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      `${examples([
        'hallmonitor mutants                      what this branch adds',
        'hallmonitor mutants main..HEAD --budget 10m --max 200',
        'hallmonitor mutants HEAD --format json',
      ])}\n\n${warning}`,
    )
    .action(async (range: string | undefined, options) => {
      const { mutants } = await import('./mutants.ts');
      process.exitCode = await mutants(range, options);
    });
}

const warning = `This runs the project's own tests, with all your rights, in a temporary
worktree whose node_modules are links to yours. Do not run it on a change of
somebody whose code you would not run. No check, hook or gate does it by itself.
Tests are found for Vitest, Jest, node:test and pytest.`;
