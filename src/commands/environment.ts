import { hole } from './command.ts';
import { spend } from './walker.ts';
import type { Shell, Walker } from './walker.ts';

/** Settings that hooks read count even when nobody exported them in this command. */
export function noteExported(shell: Shell, name: string): void {
  if (/^(?:HUSKY|SKIP|CLAUDE_|GIT_|LEFTHOOK|HALLMONITOR_)/.test(name)) shell.exports.add(name);
}

/** The variables that a program is started with. */
export function environment(
  walker: Walker,
  shell: Shell,
  assigned: readonly (readonly [string, readonly string[]])[],
): ReadonlyMap<string, string> {
  const exported = [...shell.exports].map(
    (name) => [name, writtenOut(walker, shell.vars.get(name) ?? [hole])] as const,
  );
  return new Map<string, string>([
    ...exported,
    ...assigned.map(([name, values]) => [name, values.join(' ')] as const),
  ]);
}

// A list that is exported is written out anew for every program.
function writtenOut(walker: Walker, values: readonly string[]): string {
  const [only = ''] = values;
  if (values.length < 2) return only;
  const size = values.reduce((sum, { length }) => sum + length, 0);
  return spend(walker, size) ? values.join(' ') : hole;
}
