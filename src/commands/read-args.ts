/** The arguments of a program, sorted into what they are. */
export interface ReadArgs {
  /** Every option as written without its value, and each letter of a cluster: `-rf` gives `-rf`, `-r`, `-f`. */
  readonly flags: ReadonlySet<string>;
  /** Values of options, by the option's name. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

/** Sorts arguments; `valued` are the options that take the next argument as their value. */
export function readArgs(args: readonly string[], valued: readonly string[] = []): ReadArgs {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      operands.push(arg);
      continue;
    }
    const { name, value } = option(arg, valued);
    noteFlags(flags, name);
    if (value !== null) note(values, name, value);
    else if (valued.includes(name)) {
      at += 1;
      note(values, name, args[at] ?? '');
    }
  }
  return { flags, values, operands };
}

function option(arg: string, valued: readonly string[]): { name: string; value: string | null } {
  const equals = arg.indexOf('=');
  if (equals > 0) return { name: arg.slice(0, equals), value: arg.slice(equals + 1) };
  const short = arg.slice(0, 2);
  const isGlued = !arg.startsWith('--') && arg.length > 2 && valued.includes(short);
  if (isGlued && !valued.includes(arg)) return { name: short, value: arg.slice(2) };
  return { name: arg, value: null };
}

function noteFlags(flags: Set<string>, name: string): void {
  flags.add(name);
  if (/^-[A-Za-z0-9]{2,8}$/.test(name)) for (const letter of name.slice(1)) flags.add(`-${letter}`);
}

function note(values: Map<string, string[]>, name: string, value: string): void {
  const before = values.get(name);
  if (before === undefined) values.set(name, [value]);
  else before.push(value);
}

/** All values that any of these options was given. */
export function valuesOf(read: ReadArgs, ...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => read.values.get(name) ?? []);
}

/** Whether any of these options stands among the arguments. */
export function hasAny(read: ReadArgs, ...names: readonly string[]): boolean {
  return names.some((name) => read.flags.has(name));
}
