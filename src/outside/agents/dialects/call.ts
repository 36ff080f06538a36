import type { ProposedCommand, ProposedEdit } from '../../../suggestion/event.ts';

/** What a tool call is known to do. */
export interface Call {
  readonly edits: readonly ProposedEdit[];
  readonly command: ProposedCommand | null;
  /** SQL that it runs. */
  readonly statements?: readonly string[];
  readonly reads: readonly string[];
  readonly unseen: string | null;
}

/** A call, or one sentence on what is wrong with its arguments. */
export type ReadCall = Call | { readonly malformed: string };

export const silentCall: Call = { edits: [], command: null, reads: [], unseen: null };

export function editing(edits: readonly ProposedEdit[]): Call {
  return { ...silentCall, edits };
}

/** Several calls as one; commands are joined, so that all of them are judged. */
export function joinCalls(calls: readonly Call[]): Call {
  const commands = calls.flatMap(({ command }) => (command === null ? [] : [command]));
  const [first] = commands;
  const alike = commands.every(({ shell, cwd }) => shell === first?.shell && cwd === first.cwd);
  const statements = calls.flatMap((call) => call.statements ?? []);
  const unseen = calls.flatMap((call) => (call.unseen === null ? [] : [call.unseen]));
  if (!alike) unseen.push('The call runs several commands in different places or shells.');
  return {
    edits: calls.flatMap(({ edits }) => edits),
    command:
      first === undefined ? null : { ...first, text: commands.map(({ text }) => text).join('\n') },
    ...(statements.length === 0 ? {} : { statements }),
    reads: calls.flatMap(({ reads }) => reads),
    unseen: unseen[0] ?? null,
  };
}
