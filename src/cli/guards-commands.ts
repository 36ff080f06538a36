import type { Command } from 'commander';
import { examples, formats } from './command-parts.ts';

/** The catalogue of guards, and what a team does to it: guards of its own, and its word on noisy ones. */
export function addGuards(root: Command): void {
  const guards = root
    .command('guards')
    .description(
      'the catalogue of guards, guards of your own, and what they learn from being wrong',
    )
    .argument('[id]', 'such as sql/drop-column: that one in full')
    .addOption(formats(['text', 'json', 'markdown']))
    .exitOverride()
    .addHelpText(
      'after',
      examples([
        'hallmonitor guards                       all of them',
        'hallmonitor guards explain sql/drop-column',
        'hallmonitor guards new shop/raw-price    a guard of your own',
        'hallmonitor guards test                  do yours answer their own examples rightly?',
        'hallmonitor guards learn                 which are too noisy here',
      ]),
    )
    .action(async (id: string | undefined, options) => {
      const { listGuards } = await import('./guards.ts');
      process.exitCode = listGuards(id, options);
    });
  addReading(guards);
  addWriting(guards);
  addLearning(guards);
}

// The group has a --format of its own, and commander gives it what stands after the name of a subcommand.
function formatOf(command: Command): string {
  return String(command.optsWithGlobals()['format']);
}

function addReading(guards: Command): void {
  guards
    .command('list')
    .description('the catalogue, with the guards of this repository')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json', 'markdown']))
    .addHelpText('after', examples(['hallmonitor guards list --format json']))
    .action(async (options, command: Command) => {
      const { listAllGuards } = await import('./guards.ts');
      process.exitCode = await listAllGuards({ ...options, format: formatOf(command) });
    });
  guards
    .command('explain')
    .description('one guard in full: why it exists, what sets it off, how to answer it')
    .argument('<id>', 'such as sql/drop-column')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json', 'markdown']))
    .addHelpText('after', examples(['hallmonitor guards explain timeouts/removed']))
    .action(async (id: string, options, command: Command) => {
      const { explainGuard } = await import('./guards.ts');
      process.exitCode = await explainGuard(id, { ...options, format: formatOf(command) });
    });
}

function addWriting(guards: Command): void {
  guards
    .command('new')
    .description('write a guard of your own to start from, in .hallmonitor/guards')
    .argument('<id>', 'shelf and name, such as shop/raw-price')
    .option('--language <language>', 'the language it reads', 'typescript')
    .option('--code', 'as a TypeScript program instead of a YAML rule')
    .option('--repo <dir>', 'the repository', '.')
    .addHelpText(
      'after',
      examples([
        'hallmonitor guards new shop/raw-price',
        'hallmonitor guards new shop/raw-price --language python',
        'hallmonitor guards new shop/raw-price --code',
      ]),
    )
    .action(async (id: string, options) => {
      const { newGuard } = await import('./guards-new.ts');
      process.exitCode = await newGuard(id, options);
    });
  guards
    .command('test')
    .description('ask your own guards about their own examples; programs among them are run')
    .argument('[files...]', 'rule files; default: all in .hallmonitor/guards')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText('after', examples(['hallmonitor guards test']))
    .action(async (files: readonly string[], options, command: Command) => {
      const { testGuards } = await import('./guards-test.ts');
      process.exitCode = await testGuards(files, { ...options, format: formatOf(command) });
    });
}

function addLearning(guards: Command): void {
  guards
    .command('learn')
    .description('what became of findings on changes that landed, and which guards should say less')
    .option('--last <changes>', 'how many changes back', '300')
    .option('--write', 'put the advice into .hallmonitor/guards.yml')
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples(['hallmonitor guards learn', 'hallmonitor guards learn --last 1000 --write']),
    )
    .action(async (options, command: Command) => {
      const { learnGuards } = await import('./guards-learn.ts');
      process.exitCode = await learnGuards({ ...options, format: formatOf(command) });
    });
  guards
    .command('dismiss')
    .description('accept findings of a change, with the reason, in .hallmonitor/baseline.json')
    .argument(
      '<fingerprints...>',
      'as `check --format json` prints them; their first 8 signs are enough',
    )
    .requiredOption('--reason <text>', 'why they are wrong, or right and accepted')
    .option('--range <range>', 'the change they were found in; default: as in check')
    .option('--repo <dir>', 'the repository', '.')
    .addHelpText(
      'after',
      examples(['hallmonitor guards dismiss 3f2a9c1b --reason "the table is empty until launch"']),
    )
    .action(async (fingerprints: readonly string[], options) => {
      const { dismissFindings } = await import('./guards-dismiss.ts');
      process.exitCode = await dismissFindings(fingerprints, options);
    });
}
