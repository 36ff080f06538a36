import { wasThere } from '../code/faults.ts';
import { followOf, isSent } from '../code/origin.ts';
import { lineAt } from '../code/written.ts';
import type { ChangedFile, Scene, Sighting } from '../guard.ts';

/** Commands in backticks on added lines, in the languages that run them. */
export function backtickCommands(scene: Scene, file: ChangedFile): readonly Sighting[] {
  if (file.language !== 'ruby' && file.language !== 'php') return [];
  const follow = file.after === null ? null : followOf(file.after);
  if (follow === null) return [];
  const { written } = follow;
  return written.literals.flatMap(({ start, end, holes }) => {
    const line = lineAt(written, start);
    const isCommand = written.text[start] === '`' || written.text.startsWith('%x', start);
    if (!isCommand || holes.length === 0 || !file.added.has(line)) return [];
    const sent = holes.some(([from, to]) => isSent(follow, { start: from, end: to }));
    const text = (file.after?.lines[line - 1] ?? '').trim();
    const [from, to] = holes[0] ?? [start, end];
    if (/shellescape|escapeshellarg/.test(text) || wasThere(scene, file, text)) return [];
    const value = written.text.slice(from, to).trim().slice(0, 40);
    return [
      {
        path: file.path,
        line,
        says: `puts ${value} into a command in backticks${sent ? ', which comes from a request' : ''}`,
        subject: text,
        severity: sent ? ('block' as const) : ('note' as const),
      },
    ];
  });
}
