import { hole } from '../command.ts';
import { gitCommand } from '../git-command.ts';
import { resolvePath } from '../paths.ts';
import type { Hit, Rule } from '../rule.ts';
import { findsIn } from './find-reach.ts';
import { linksIntoGit } from './git-links.ts';

/** Commits and pushes that go round the hooks. */
export const checksOff: Rule = {
  id: 'commands/checks-off',
  title: 'Going round the checks of the repository',
  why: 'The hooks are where a repository says what may be committed and pushed.',
  decision: 'deny',
  loses: 'the checks that every change here goes through',
  instead: 'Run the check, read what it complains about and repair that.',
  programs: null,
  caught: [
    'git push --no-verify',
    'git commit --no-verify -m x',
    'git commit -n -m x',
    'git commit -anm x',
    'git -c core.hooksPath=/dev/null commit -m x',
    'git config core.hooksPath /tmp/none',
    'git config --global core.hooksPath ""',
    'HUSKY=0 git commit -m x',
    'export HUSKY=0; git commit -m x',
    'rm .git/hooks/pre-commit',
    'rm -rf .git/hooks/*',
    'chmod -x .git/hooks/pre-commit',
    'pre-commit uninstall',
    'SKIP=eslint git commit -m x',
    'mv .git/hooks .git/hooks.off',
    'echo > .git/hooks/pre-commit',
    'LEFTHOOK=0 git push',
    'env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/x git commit -m x',
    'git merge --no-verify x',
    'npx husky uninstall',
    'lefthook uninstall',
    'git config --unset core.hooksPath',
    'rm -rf .husky',
    'gh pr merge 3 --admin',
    'git commit --no-veri -m x',
    'git commit-tree HEAD^{tree} -m x',
    "git config alias.yolo 'commit --no-verify'",
  ],
  passed: [
    'git commit -m "no -n here"',
    'git commit -am x',
    'git push -n',
    'git config user.name Ann',
    'pre-commit run --all-files',
    'git config --get core.hooksPath',
    'ls .git/hooks',
    'cat .git/hooks/pre-commit',
    'npx husky init',
    'git log -n 3',
    'chmod +x .git/hooks/pre-commit',
    'git commit -mn',
    'gh pr merge 3 --squash',
  ],
  look: (run, scene) => {
    const hits = [
      ...byGit(run),
      ...byTool(run),
      ...linksIntoGit(run, scene),
      ...findsIn(run, scene, 'hooks'),
    ];
    return hits.slice(0, 1);
  },
};

function byGit(run: Parameters<Rule['look']>[0]): readonly Hit[] {
  const git = gitCommand(run);
  if (git === null) return [];
  const { verb, rest, settings } = git;
  const values = rest.flatMap((arg, at) =>
    /^-\w*m$/.test(rest[at - 1] ?? '') || /^(?:-F|--message)$/.test(rest[at - 1] ?? '')
      ? []
      : [arg],
  );
  if (settings.some((setting) => /core\.hookspath/i.test(setting)))
    return [{ says: 'It runs git with the hooks taken from elsewhere.' }];
  if (/^(?:commit|push|merge|am|rebase|cherry-pick|revert|pull)$/.test(verb)) {
    if (values.some((arg) => /^--no-v(?:e(?:r(?:i(?:fy?)?)?)?)?$/.test(arg)))
      return [{ says: `It runs git ${verb} without its hooks.` }];
    if (verb === 'commit' && values.some(hasShortN))
      return [{ says: 'It commits without the hooks.' }];
    const skipped = [
      'HUSKY',
      'LEFTHOOK',
      'OVERCOMMIT_DISABLE',
      'SKIP',
      'PRE_COMMIT_ALLOW_NO_CONFIG',
      'SIMPLE_GIT_HOOKS',
      'SKIP_SIMPLE_GIT_HOOKS',
    ].find((name) => isSkip(name, run.env.get(name)));
    if (skipped !== undefined) return [{ says: `It switches hooks off with ${skipped}.` }];
  }
  if (verb === 'commit-tree')
    return [{ decision: 'ask', says: 'It makes a commit that no hook sees.' }];
  return verb === 'config' ? config(rest) : [];
}

// Letters after `m` are the message, as in `-mn`.
function hasShortN(arg: string): boolean {
  return /^-[a-ln-zA-Z]*n/.test(arg) && !arg.startsWith('--') && !/^-[FCctSu]/.test(arg);
}

function isSkip(name: string, value: string | undefined): boolean {
  if (value === undefined || value === '') return false;
  return name === 'HUSKY' || name === 'LEFTHOOK'
    ? /^(?:0|false)$/.test(value) || value.includes(hole)
    : true;
}

function config(rest: readonly string[]): readonly Hit[] {
  if (rest.some((arg) => /^include(?:if\..{1,200})?\.path$/i.test(arg)) && rest.length > 1)
    return [{ decision: 'ask', says: 'It adds settings of git from another file.' }];
  const at = rest.findIndex((arg) => /^core\.hookspath(?:=|$)/i.test(arg));
  const section =
    rest.some((arg) => /^--(?:remove|rename)-section$/.test(arg)) && rest.includes('core');
  if (at < 0 && !section) return [];
  const isRead =
    rest.some((arg) => /^(?:--get|--get-all|--show-origin|get|--list|-l)$/.test(arg)) ||
    (rest.length - at === 1 && !rest.some((arg) => /^(?:--unset|--unset-all|unset)$/.test(arg)));
  return isRead && !section ? [] : [{ says: 'It changes where git looks for hooks.' }];
}

const inlineHook =
  /(?:remove|unlink|rm|write|rename|chmod)\w{0,12}\s{0,3}\([^)]{0,200}\.git\/hooks|\.git\/hooks[^)]{0,200}['"]w/;

function byTool({ name, args, cwd, redirects }: Parameters<Rule['look']>[0]): readonly Hit[] {
  const full = args.map((arg) => (arg.startsWith('-') ? arg : (resolvePath(arg, cwd) ?? arg)));
  const [verb] = args.filter((arg) => !arg.startsWith('-'));
  if (
    /^(?:pre-commit|husky|lefthook|overcommit|simple-git-hooks)$/.test(name) &&
    (verb === 'uninstall' || args.includes('--uninstall'))
  )
    return [{ says: `It removes the hooks of ${name}.` }];
  if (
    name === 'gh' &&
    args.includes('api') &&
    args.some((arg) => /\/(?:protection|rulesets)\b/.test(arg)) &&
    args.some((arg) => /^(?:PUT|PATCH|POST|DELETE)$/.test(arg))
  )
    return [{ says: 'It changes the rules that protect a branch.' }];
  if (name === 'gh' && args.includes('merge') && args.includes('--admin'))
    return [{ decision: 'ask', says: 'It merges past the rules of the branch.' }];
  const hooks = /(?:^|\/)(?:\.git\/hooks|\.husky|lefthook\.ya?ml)(?:\/|$)/;
  if (
    redirects.some(
      ({ operator, path }) =>
        operator.includes('>') && /\/\.git\/hooks\//.test(resolvePath(path, cwd) ?? `/${path}`),
    )
  )
    return [{ says: 'It writes over a hook of the repository.' }];
  if (
    /^(?:python|node|ruby|perl|php)/.test(name) &&
    inlineHook.test(args.join('\n').slice(0, 100_000))
  )
    return [{ says: 'It changes hooks of the repository.' }];
  if (/^(?:cp|ln|install)$/.test(name) && /\.git\/hooks(?:\/|$)/.test(full.at(-1) ?? ''))
    return [{ decision: 'ask', says: 'It puts another hook into the repository.' }];
  if (!full.some((arg) => hooks.test(arg))) return [];
  if (/^(?:rm|unlink|mv|shred|truncate|rmdir|remove-item|trash)$/.test(name))
    return [{ says: 'It takes away hooks of the repository.' }];
  const isOff =
    name === 'chmod' &&
    args.some((arg) => /^[augo]*-[rwxst]*x|^[augo]*=[rw]*$|^0?[0-7]?[0246]{3}$/.test(arg));
  return isOff ? [{ says: 'It stops hooks of the repository from running.' }] : [];
}
