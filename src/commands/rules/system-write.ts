import type { Run } from '../command.ts';
import { baseName, resolvePath } from '../paths.ts';
import type { Rule } from '../rule.ts';

/** Files that decide how the machine, the user's shell or git behaves. */
export const systemWrite: Rule = {
  id: 'commands/system-write',
  title: "Writing into the system, the user's start files or git's own data",
  why: 'These files change what every later command does, outside the repository and its review.',
  decision: 'ask',
  loses: 'the present settings of the system, the user or git',
  instead: 'Say which line should change and why, and let a person change it.',
  programs: null,
  caught: [
    'echo x > /etc/hosts',
    '> /etc/passwd',
    'echo x | sudo tee -a /etc/hosts',
    "sed -i 's/a/b/' /etc/ssh/sshd_config",
    'echo "alias rm=ls" >> ~/.bashrc',
    'cat key >> ~/.ssh/authorized_keys',
    'sudo cp a /usr/bin/git',
    'echo "[core]" >> .git/config',
    ': > .git/HEAD',
    'dd if=/dev/urandom of=.git/index',
    'mv a ~/.gitconfig',
    'ln -sf /tmp/x /usr/local/bin/git',
    'tar xf a.tar -C /',
    'tar -xzf a.tgz -C /etc',
    'unzip a.zip -d /',
  ],
  passed: [
    'cat /etc/hosts',
    'echo x > etc/hosts',
    'cp /etc/hosts .',
    'cp /etc/hosts /tmp/x',
    'echo x > /tmp/x',
    'git config user.name Ann',
    'echo x >> .git/info/exclude',
    "sed -n 's/a/b/p' /etc/hosts",
    'cat ~/.bashrc',
    'echo x > .gitignore',
    'tar xf a.tar -C /tmp',
    'tar xzf a.tgz',
    'tar czf /tmp/etc.tgz -C /etc hosts',
    'unzip a.zip -d build',
  ],
  look: (run) => {
    if (run.elsewhere) return [];
    if (writtenPaths(run).some((path) => isSystem(path, run)))
      return [{ says: "It writes into the system, the user's start files or git's own data." }];
    return unpackedInto(run).some((path) => isSystemFolder(path, run))
      ? [{ says: 'It unpacks an archive over the system or the settings of the user.' }]
      : [];
  },
};

/** The folders that an archive is unpacked into, where they are named. */
function unpackedInto({ name, args }: Run): readonly string[] {
  if (/^(?:g|bsd)?tar$/.test(name)) {
    const isExtract = args.some((arg, at) =>
      at === 0
        ? /^-?[a-zA-Z]{0,20}x|^--extract$|^--get$/.test(arg)
        : /^(?:-[a-zA-Z]{0,20}x|--extract$|--get$)/.test(arg),
    );
    if (!isExtract) return [];
    const isAbsolute = args.some((arg) =>
      /^(?:-?x?[a-z]{0,9}P[a-z]{0,9}|--absolute-names)$/.test(arg),
    );
    return [...after(args, ['-C', '--directory']), ...(isAbsolute ? ['/'] : [])];
  }
  if (name === 'unzip') return after(args, ['-d']);
  if (name === 'cpio') return after(args, ['-D', '--directory']);
  return /^7z[az]?$/.test(name) ? args.flatMap((arg) => /^-o(.+)$/.exec(arg)?.[1] ?? []) : [];
}

function after(args: readonly string[], names: readonly string[]): readonly string[] {
  return args.flatMap((arg, at) => {
    if (names.includes(args[at - 1] ?? '')) return [arg];
    const name = names.find((one) => arg.startsWith(one.startsWith('--') ? `${one}=` : one));
    return name === undefined || arg === name ? [] : [arg.slice(name.length).replace(/^=/, '')];
  });
}

function isSystemFolder(path: string, run: Run): boolean {
  const full = resolvePath(path, run.cwd) ?? path;
  return full === '/' || system.test(`${full}/`) || /\/\.(?:ssh|config|gnupg|aws)$/.test(full);
}

function writtenPaths({ name, args, redirects }: Run): readonly string[] {
  const out = redirects.filter(({ operator }) => operator.includes('>')).map(({ path }) => path);
  const paths = args.filter((arg) => !arg.startsWith('-'));
  if (/^(?:cp|mv|install|ln|rsync|copy-item|move-item)$/.test(name))
    return [...out, ...into(paths)];
  if (/^(?:tee|truncate|set-content|add-content|out-file)$/.test(name)) return [...out, ...paths];
  if (name === 'dd')
    return [...out, ...args.flatMap((arg) => (arg.startsWith('of=') ? [arg.slice(3)] : []))];
  const inPlace =
    /^(?:g?sed|perl)$/.test(name) && args.some((arg) => /^(?:-[a-zA-Z]*i|--in-place)/.test(arg));
  return inPlace ? [...out, ...paths] : out;
}

// A folder takes the name of what is put into it.
function into(paths: readonly string[]): readonly string[] {
  const target = paths.at(-1) ?? '';
  return [target, ...paths.slice(0, -1).map((path) => `${target}/${baseName(path)}`)];
}

const system = /^\/(?:etc|boot|bin|sbin|lib|lib64|usr|System|Library)\//;
const start =
  /\/(?:\.(?:bashrc|bash_profile|profile|zshrc|zshenv|zprofile|bash_login|gitconfig|vimrc|inputrc)|\.ssh\/(?:authorized_keys|config|rc)|\.config\/(?:git\/config|fish\/config\.fish|systemd\/.*|autostart\/.*))$/;
const gitData =
  /\/\.git\/(?:config|HEAD|index|packed-refs|(?:objects|refs\/heads|refs\/remotes|logs)\/.*)$/;

function isSystem(path: string, { cwd }: Run): boolean {
  const full = resolvePath(path, cwd) ?? path;
  return system.test(full) || start.test(full) || gitData.test(full);
}
