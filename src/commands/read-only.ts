import type { Run } from './command.ts';
import { gitCommand } from './git-command.ts';

const looking = new Set(
  (
    '{ ls cat head tail less more wc grep egrep fgrep rg ag echo printf pwd cd pushd popd which type whereis file stat du df tree sort uniq cut tr ' +
    'diff cmp comm basename dirname realpath readlink date whoami id hostname uname ps pgrep env printenv true false test [ [[ : sleep seq ' +
    'jq md5sum sha256sum sha1sum shasum cksum xxd od hexdump strings nl tac rev column fold paste expand history export set unset ' +
    'declare local readonly read shift wait command time timeout nice nohup xargs find fd man help tput lsof netstat ss free uptime ' +
    'get-content get-childitem select-string get-location test-path write-output write-host measure-object bat eza exa tldr nproc arch groups'
  ).split(' '),
);

const gitLooking = new Set(
  'status log diff show blame grep ls-files ls-tree ls-remote rev-parse rev-list describe shortlog cat-file name-rev merge-base diff-tree for-each-ref check-ignore count-objects whatchanged var version help'.split(
    ' ',
  ),
);

/** Whether a program is known to change nothing, whatever its arguments here. */
export function onlyReads(run: Run): boolean {
  const { name, args } = run;
  if (name === 'find' || name === 'fd')
    return !args.some((arg) => /^-(?:delete|fprint|fls|ok)/.test(arg));
  if (name === 'sort')
    return !args.some((arg) => arg.startsWith('-o') || arg.startsWith('--output'));
  if (name === 'sed' || name === 'awk' || name === 'gawk')
    return (
      name === 'sed' &&
      !args.some(
        (arg) => /^(?:-[a-zA-Z]*i|--in-place)/.test(arg) || /[we]\s|\/[a-z]*[we]/.test(arg),
      )
    );
  if (looking.has(name)) return true;
  const git = gitCommand(run);
  if (git === null) return args.length === 1 && /^(?:--version|--help)$/.test(args[0] ?? '');
  if (git.settings.length > 0 || git.rest.some((arg) => arg.startsWith('--output'))) return false;
  if (gitLooking.has(git.verb)) return true;
  const flags = git.rest.filter((arg) => arg.startsWith('-'));
  if (git.verb === 'branch' || git.verb === 'tag' || git.verb === 'remote')
    return (
      git.rest.length === flags.length &&
      flags.every((flag) =>
        /^-(?:a|r|v|vv|l|-list|-all|-show-current|-remotes|-verbose)$/.test(flag),
      )
    );
  return (
    (git.verb === 'stash' || git.verb === 'worktree' || git.verb === 'notes') &&
    git.rest[0] === 'list'
  );
}
