import { readPolicy } from '../policy/policy.ts';
import { count } from './plain.ts';
import { findPolicy, problemText } from './policy-file.ts';
import { printJson } from './print.ts';

/** `policy lint`: every error and doubtful place; exit 1 when the policy cannot be used. */
export async function lintPolicy(
  path: string | undefined,
  { format }: { readonly format: string },
): Promise<number> {
  const found = await findPolicy(path);
  const { policy, problems } = readPolicy(found.text, found.path);
  if (format === 'json') {
    printJson({
      schema: 'hallmonitor/policy-lint/v1',
      file: found.path,
      usable: policy !== null,
      problems,
    });
  } else if (problems.length === 0) {
    process.stdout.write(
      `${found.path}: no problems in ${count(policy?.rules.length ?? 0, 'rule')}\n`,
    );
  } else {
    process.stdout.write(`${problems.map(problemText).join('\n')}\n`);
  }
  return policy === null ? 1 : 0;
}
