import { program } from '../src/cli/main.ts';
import { guards } from '../src/guards/guards.ts';
import { policySchema } from '../src/policy/schema.ts';
import { docsOfCommands } from './docs-of-commands.ts';
import { docsOfGuards } from './docs-of-guards.ts';

/** Every document that is generated, by its path, as it should be now. */
export function documents(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/cli.md', docsOfCommands(program())],
    ...docsOfGuards(guards),
    ['docs/policy.schema.json', `${JSON.stringify(policySchema(), null, 2)}\n`],
  ]);
}
