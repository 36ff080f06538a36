import type { Run } from './command.ts';

/** Most texts of one program that are taken for commands. */
const mostTexts = 50;

const variables =
  /^(?:GIT_(?:SSH_COMMAND|SSH|EDITOR|SEQUENCE_EDITOR|PAGER|EXTERNAL_DIFF|PROXY_COMMAND|ASKPASS)|EDITOR|VISUAL|PAGER|MANPAGER|BROWSER|PROMPT_COMMAND|LESSOPEN|SUDO_ASKPASS|SSH_ASKPASS)$/;

/** Whether a variable's value is run as a command by those who read it. */
export function isCommandVariable(name: string): boolean {
  return variables.test(name);
}

const settings =
  /^(?:--config-env=|-c)?(?:core\.(?:pager|editor|sshcommand|askpass|fsmonitor|gitproxy)|sequence\.editor|diff\.external|[\w.-]{1,80}\.(?:textconv|command|cmd|helper|clean|smudge|process))=([\s\S]+)$/i;

const options: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:ssh|scp|sftp|rsync)$/,
    /^(?:-o)?\s?(?:ProxyCommand|LocalCommand|KnownHostsCommand)[= ]([\s\S]+)$/i,
  ],
  [
    /^g?tar$/,
    /^--(?:checkpoint-action=exec|to-command|use-compress-program|rsh-command)=([\s\S]+)$/,
  ],
  [/^expect$/, /\bspawn\s{1,5}([^\n]{1,2000})/],
  [/^rsync$/, /^--rsh=([\s\S]+)$/],
  [/^(?:psql|pgcli)$/, /^\s*\\!\s*([\s\S]+)$/],
  [/^(?:psql|pgcli)$/, /^\s*\\(?:o|out|g|gx|w|write)\s{0,5}\|\s*([\s\S]+)$/],
  [/^sqlite3?$/, /^\s*\.(?:shell|system)\s([\s\S]+)$/],
  [/^(?:vim?|nvim|ex|view)$/, /^\+?:?!([\s\S]+)$/],
  [/^(?:psql|pgcli)$/, /\bTO PROGRAM\s{1,5}(?:\$\$|')([^$']{1,2000})/i],
  [/^g?sed$/, /^\d{0,5}e\s([^\n]{1,2000})/],
];

/** Commands that a program is given by way of a setting, an option or a variable. */
export function embeddedTexts({ name, args, env, stdin }: Run): readonly string[] {
  const shapes = options.filter(([program]) => program.test(name)).map(([, shape]) => shape);
  if (name === 'git') shapes.push(settings);
  const lines = shapes.length > 0 ? (stdin?.text ?? '').slice(0, 20_000).split('\n') : [];
  const found = [...args, ...lines].flatMap((arg) =>
    shapes.flatMap((shape) => shape.exec(arg)?.[1] ?? []),
  );
  const valued = args.flatMap((arg, at) => {
    const before = args[at - 1] ?? '';
    const runs = (name === 'rsync' && before === '-e') || (name === 'man' && before === '-P');
    return runs ? [arg] : [];
  });
  const set = [...env].flatMap(([variable, value]) => (variables.test(variable) ? [value] : []));
  return [...found, ...valued, ...set, ...recipes({ name, args, stdin })].slice(0, mostTexts);
}

// `make -f -` runs the lines of the makefile it is given.
function recipes({ name, args, stdin }: Pick<Run, 'name' | 'args' | 'stdin'>): readonly string[] {
  if (!/^g?make$/.test(name) || stdin === null || !args.includes('-')) return [];
  const lines = stdin.text.split('\n').filter((line) => line.startsWith('\t'));
  return lines.length === 0 ? [] : [lines.map((line) => line.replace(/^\t[@-]*/, '')).join('\n')];
}
