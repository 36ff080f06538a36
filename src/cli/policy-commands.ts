import { type Command, Option } from 'commander';
import { argumentOf, examples, formats } from './command-parts.ts';

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
  addPolicyImport(policy);
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
