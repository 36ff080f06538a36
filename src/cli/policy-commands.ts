import { type Command, Option } from 'commander';
import { argumentOf, examples, formats } from './command-parts.ts';
import { withHistory } from './replay-commands.ts';

/** The commands that work on the policy file. */
export function addPolicy(root: Command): void {
  const policy = root.command('policy').description('work on the policy file').exitOverride();
  const file = '[file]';
  const which = 'the policy; default: .hallmonitor/policy.yml';
  policy
    .command('lint')
    .description('errors and doubtful places, with line, column and a suggestion')
    .argument(file, which)
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples(['hallmonitor policy lint', 'hallmonitor policy lint new-policy.yml']),
    )
    .action(async (path: string | undefined, options) => {
      const { lintPolicy } = await import('./policy-lint.ts');
      process.exitCode = await lintPolicy(path, options);
    });
  policy
    .command('test')
    .description("run the policy's own tests")
    .argument(file, which)
    .addOption(formats(['text', 'json']))
    .addHelpText('after', examples(['hallmonitor policy test']))
    .action(async (path: string | undefined, options) => {
      const { testPolicy } = await import('./policy-test.ts');
      process.exitCode = await testPolicy(path, options);
    });
  policy
    .command('explain')
    .description('rule by rule: does it apply to this change, why, and who can unblock it')
    .argument('[range]', 'as in check')
    .option('--staged', 'explain what is staged')
    .option('--worktree', 'explain everything that is not committed')
    .option('--repo <dir>', 'the repository', '.')
    .option('--policy <file>', 'use this policy instead of the one on the target branch')
    .option('--cache <dir>', 'where facts about the history are kept')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples(['hallmonitor policy explain', 'hallmonitor policy explain main..HEAD']),
    )
    .action(async (range: string | undefined, options) => {
      const { explainPolicy } = await import('./policy-explain.ts');
      process.exitCode = await explainPolicy(range, options);
    });
  addPolicyReplay(policy);
  addPolicyImport(policy);
}

/** What looks back over the history to say what an edit of the policy would have done. */
function addPolicyReplay(policy: Command): void {
  withHistory(
    policy
      .command('diff')
      .description('which past changes a new policy would have held differently')
      .argument(
        '<files...>',
        'the new policy, or the old and the new; default for the old: the one on the target branch',
      ),
  )
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        'hallmonitor policy diff .hallmonitor/policy.yml',
        'hallmonitor policy diff old.yml new.yml --since 2026-01-01',
      ]),
    )
    .action(async (files: readonly string[], options) => {
      const { policyDiff } = await import('./policy-diff.ts');
      process.exitCode = await policyDiff(files, options);
    });
  withHistory(
    policy
      .command('optimize')
      .description('thresholds that hold most bad changes with least reading, from the history')
      .argument('[file]', 'the policy; default: the one on the target branch'),
  )
    .option('--catch <range>', 'chance that a closer look finds what is wrong, such as 0.3-0.7')
    .option('--point <number>', 'print the policy of this point instead of the table')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        'hallmonitor policy optimize',
        'hallmonitor policy optimize --point 3 > .hallmonitor/policy.yml',
      ]),
    )
    .action(async (file: string | undefined, options) => {
      const { policyOptimize } = await import('./policy-optimize.ts');
      process.exitCode = await policyOptimize(file, options);
    });
}

function addPolicyImport(policy: Command): void {
  policy
    .command('import')
    .description('translate another tool’s rules into a policy; what cannot be said is listed')
    .addArgument(argumentOf('<from>', ['policy-bot', 'codeowners']))
    .argument('<file>', 'the file to translate')
    .addOption(
      new Option('--dialect <forge>', 'for codeowners')
        .choices(['github', 'gitlab'])
        .default('github'),
    )
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        'hallmonitor policy import policy-bot .policy.yml > .hallmonitor/policy.yml',
        'hallmonitor policy import codeowners .github/CODEOWNERS',
      ]),
    )
    .action(async (from: string, path: string, options) => {
      const { importPolicy } = await import('./policy-import.ts');
      process.exitCode = await importPolicy(from, { ...options, path });
    });
  policy
    .command('conformance')
    .description('compare our reading of another tool’s policies with its own verdicts')
    .addArgument(argumentOf('<from>', ['policy-bot']))
    .requiredOption(
      '--cases <file>',
      'JSON Lines, plain or gzipped: one policy with its facts a line',
    )
    .requiredOption('--verdicts <file>', 'JSON Lines, plain or gzipped: the verdict of each case')
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        'hallmonitor policy conformance policy-bot --cases cases.jsonl.gz --verdicts verdicts.jsonl.gz',
      ]),
    )
    .action(async (_from: string, options) => {
      const { policyConformance } = await import('./policy-conformance.ts');
      process.exitCode = await policyConformance(options);
    });
  policy
    .command('schema')
    .description('the JSON Schema of the policy file, for editors')
    .action(async () => {
      const { printPolicySchema } = await import('./policy-schema.ts');
      process.exitCode = printPolicySchema();
    });
}
