/** Most patterns of files that one `find` gives. */
const mostItems = 200;

const findFilters =
  /^-(?:i?name|i?path|i?regex|empty|size|newer|[amc]min|[amc]time|perm|user|i?lname|wholename)/;

/** The last part of a path that stands for some files of a folder, not all. */
export const some = '*-some';

/** The files that a `find` gives, as patterns: `**` stands for any folders. */
export function foundBy(args: readonly string[]): readonly string[] {
  const firstTest = args.findIndex((arg) => arg.startsWith('-') && !/^-[HLPDO]/.test(arg));
  const roots = (firstTest < 0 ? args : args.slice(0, firstTest)).filter(
    (arg) => !arg.startsWith('-') && !/^(?:[!()]|\\[()!])$/.test(arg),
  );
  const names = args.flatMap((arg, index) =>
    /^-i?name$/.test(arg) && !/^(?:!|-not)$/.test(args[index - 1] ?? '')
      ? [args[index + 1] ?? '*']
      : [],
  );
  const at = args.indexOf('-maxdepth');
  const deep = args[at + 1] === '1' ? '' : '**/';
  const filtered = args.some((arg) => findFilters.test(arg));
  const last = names.length > 0 ? names : [filtered ? some : '*'];
  return (roots.length === 0 ? ['.'] : roots)
    .flatMap((root) => last.map((name) => `${root.replace(/\/$/, '')}/${deep}${name}`))
    .slice(0, mostItems);
}
