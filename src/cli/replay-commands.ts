import { type Command, Option } from 'commander';
import { examples, formats } from './command-parts.ts';

/** The commands that look back over a repository's history. */
export function addReplay(root: Command): void {
  addReplayItself(root);
  addReport(root);
  addBypasses(root);
  addReplayGuards(root);
}

/** Options of everything that reads a history. */
export function withHistory(command: Command): Command {
  return command
    .option('--since <date>', 'count only what landed from this day on, such as 2025-01-31')
    .option('--observe <days>', 'days a change is watched before it counts as clean', '60')
    .option(
      '--cache <dir>',
      'where facts about the history are kept (default: inside the git directory)',
    )
    .option('--repo <dir>', 'the repository', '.');
}

function catchOption(): Option {
  return new Option(
    '--catch <range>',
    'chance that a closer look finds what is wrong, such as 0.3-0.7',
  );
}

function jobsOption(): Option {
  return new Option(
    '--jobs <n>',
    'processes at the same time, for guards and for many repositories (default: one for each core)',
  );
}

function addReplayItself(root: Command): void {
  withHistory(
    root
      .command('replay')
      .description('what policies would have held over the history, and at what cost')
      .option('--policy <file>', 'a policy to try; may be given more than once', collected, []),
  )
    .option('--repos <file>', 'replay many repositories: one folder a line')
    .addOption(catchOption())
    .option('--reading-speed <lines>', 'lines a reviewer reads in an hour', '400')
    .option('--guards', 'ask the guards about every change too; takes much longer')
    .addOption(jobsOption())
    .option('--html <file>', 'write the operational review as one HTML file')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        'hallmonitor replay                       the own policy beside two common proposals',
        'hallmonitor replay --policy old.yml --policy new.yml --since 2025-01-01',
        'hallmonitor replay --repos repositories.txt --format json',
        'hallmonitor replay --catch 0.2-0.5 --html review.html',
      ]),
    )
    .action(async (options) => {
      const { replay } = await import('./replay.ts');
      process.exitCode = await replay(options);
    });
}

function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function addReport(root: Command): void {
  withHistory(
    root
      .command('report')
      .description('the operational review: how changes turned out, and what to change')
      .option('--policy <file>', 'a policy to look at; may be given more than once', collected, []),
  )
    .addOption(catchOption())
    .option('--reading-speed <lines>', 'lines a reviewer reads in an hour', '400')
    .option('--guards', 'ask the guards about every change too; takes much longer')
    .addOption(jobsOption())
    .option('--html <file>', 'write it as one HTML file, with charts, for a screen or for paper')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples(['hallmonitor report --since 2026-01-01', 'hallmonitor report --html review.html']),
    )
    .action(async (options) => {
      const { report } = await import('./report.ts');
      process.exitCode = await report(options);
    });
}

function addBypasses(root: Command): void {
  withHistory(
    root
      .command('bypasses')
      .description('what landed without going the way that changes go here, from git alone'),
  )
    .addOption(formats(['text', 'json']))
    .addHelpText('after', examples(['hallmonitor bypasses --since 2026-01-01']))
    .action(async (options) => {
      const { bypasses } = await import('./bypasses.ts');
      process.exitCode = await bypasses(options);
    });
}

/** What `--guards` starts on every core; not for people, so not in the help. */
function addReplayGuards(root: Command): void {
  root
    .command('replay-guards', { hidden: true })
    .option('--repo <dir>', 'the repository', '.')
    .action(async (options) => {
      const { replayGuards } = await import('./replay-guards.ts');
      process.exitCode = await replayGuards(options);
    });
}
