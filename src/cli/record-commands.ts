import { Option, type Command } from 'commander';
import { examples, formats } from './command-parts.ts';

/** The commands that work on the record of who wrote what. */
export function addRecord(root: Command): void {
  const record = root
    .command('record')
    .description('the record of which lines coding agents wrote, kept in the git directory')
    .exitOverride();
  record
    .command('show')
    .description(
      'sessions of agents in this work tree, what they wrote, and where the record has holes',
    )
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText('after', examples(['hallmonitor record show']))
    .action(async (options) => {
      const { showRecord } = await import('./record.ts');
      process.exitCode = await showRecord(options);
    });
  record
    .command('verify')
    .description('follow the chain of the journal, and hold the notes of commits against it')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText('after', examples(['hallmonitor record verify']))
    .action(async (options) => {
      const { verifyRecord } = await import('./record.ts');
      process.exitCode = await verifyRecord(options);
    });
  record
    .command('export')
    .description('who wrote the lines of commits, in a public format')
    .argument('[range]', 'BASE..HEAD or one commit; default: the last commit')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(
      new Option(
        '--format <format>',
        'git-ai: the notes as git-ai writes them; agent-trace: one record a line',
      )
        .choices(['git-ai', 'agent-trace', 'json'])
        .default('json'),
    )
    .addHelpText(
      'after',
      examples(['hallmonitor record export main..HEAD --format agent-trace > traces.jsonl']),
    )
    .action(async (range: string | undefined, options) => {
      const { exportRecord } = await import('./record-export.ts');
      process.exitCode = await exportRecord(range, options);
    });
  addRecordChanges(record);
}

function addRecordChanges(record: Command): void {
  record
    .command('trailers')
    .description(
      'lines that disclose which agents wrote the last commit; --yes puts them into its message',
    )
    .option('--yes', 'amend the message of the last commit')
    .option('--repo <dir>', 'the repository', '.')
    .addHelpText(
      'after',
      examples([
        'hallmonitor record trailers               shows the message as it would be',
        'hallmonitor record trailers --yes',
      ]),
    )
    .action(async (options) => {
      const { disclose } = await import('./record-trailers.ts');
      process.exitCode = await disclose(options);
    });
  record
    .command('prune')
    .description(
      'let go of what is known of files that nobody touched for 30 days, and of old parts of the journal',
    )
    .option(
      '--journal',
      'begin a new journal; what the old one proves is then only claimed by notes',
    )
    .option('--yes', 'do it; without it, only say what would go')
    .option('--repo <dir>', 'the repository', '.')
    .addHelpText('after', examples(['hallmonitor record prune --yes']))
    .action(async (options) => {
      const { pruneRecord } = await import('./record-prune.ts');
      process.exitCode = await pruneRecord(options);
    });
}
