import { UserError } from '../change/problems.ts';
import type { CodeownersDialect } from '../people/codeowners.ts';
import type { Imported } from '../policy/importers/draft.ts';
import { importCodeowners } from '../policy/importers/import-codeowners.ts';
import { importPolicyBot } from '../policy/importers/import-policy-bot.ts';
import { plain } from './plain.ts';
import { printJson, readNamed } from './print.ts';

export interface ImportOptions {
  readonly path: string;
  readonly dialect: string;
  readonly format: string;
}

/** `policy import`: the policy on standard output, what it could not say on standard error. */
export async function importPolicy(from: string, options: ImportOptions): Promise<number> {
  const text = await readNamed(options.path);
  const imported =
    from === 'codeowners' ? importCodeowners(text, dialectOf(options)) : bot(text, options.path);
  if (options.format === 'json') {
    printJson({
      schema: 'hallmonitor/policy-import/v1',
      policy: imported.text,
      notes: imported.notes,
    });
    return 0;
  }
  process.stdout.write(imported.text);
  for (const { about, says } of imported.notes) {
    process.stderr.write(`${plain(about === null ? says : `${about}: ${says}`)}\n`);
  }
  return 0;
}

function bot(text: string, path: string): Imported {
  const imported = importPolicyBot(text);
  if (!('parseError' in imported)) return imported;
  throw new UserError(
    `${path} is not a policy-bot policy: ${imported.parseError}`,
    'policy-bot itself would refuse it too.',
  );
}

function dialectOf({ dialect }: ImportOptions): CodeownersDialect {
  return dialect === 'gitlab' ? 'gitlab' : 'github';
}
