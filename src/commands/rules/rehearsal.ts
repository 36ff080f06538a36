import type { Run } from '../command.ts';
import { readArgs } from '../read-args.ts';

/** Words of a command line that say which of a tool's commands is meant, options left out. */
export function verbsOf(run: Run, valued: readonly string[] = []): readonly string[] {
  return readArgs(run.args, valued).operands;
}

export function isRehearsal(run: Run): boolean {
  return run.args.some((arg) =>
    /^--?(?:dry-?run(?:=(?!none|false).*)?|help|h|noop|whatif|what-if|preview|check)$/i.test(arg),
  );
}
