import { hole } from './command.ts';
import type { FileWrite, Run } from './command.ts';
import { placed } from './record.ts';

/** What programs with words of their own change in place: their arguments hold what may come into the files. */
export function rewritten({ name, args, cwd }: Run): readonly FileWrite[] {
  if (!/^(?:g?awk|ruby|yq|sd)$/.test(name)) return [];
  const inPlace =
    name === 'sd' ||
    args.some((arg, at) =>
      name === 'gawk' || name === 'awk'
        ? arg === 'inplace' && /^(?:-i|--include)$/.test(args[at - 1] ?? '')
        : /^-[a-zA-Z]{0,9}i|^--in-?place/.test(arg),
    );
  if (!inPlace) return [];
  const words = args.filter((arg) => !arg.startsWith('-') && arg !== 'inplace');
  const texts = name === 'sd' ? words.slice(1, 2) : words.slice(0, 1);
  return words.slice(name === 'sd' ? 2 : 1).map((file) => ({
    kind: 'unknown',
    path: placed(file, cwd),
    fragments: texts.flatMap((text) => text.split(hole)).filter((text) => text.trim() !== ''),
  }));
}
