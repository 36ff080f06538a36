import { expect, test } from 'vitest';
import { parseShell } from '../outside/parsers/shell.ts';
import { judgeCommand } from './commands.ts';
import type { Place } from './commands.ts';

const disk: Readonly<Record<string, string>> = {
  '/home/ann/shop/fake/package.json': '{"name": "hallmonitor", "version": "9.9.9"}',
  '/home/ann/shop/lib/package.json': '{"name": "lib"}',
};

const place: Place = {
  shell: 'posix',
  cwd: '/home/ann/shop',
  top: '/home/ann/shop',
  home: '/home/ann',
  parse: parseShell,
  protectedBranches: ['main'],
  currentBranch: 'feature/x',
  read: (path) => disk[path] ?? null,
};

/** As if `gg` were a link to `.git`, `keys` one to keys, and `pkg` one out of the repository. */
const linked: Place = {
  ...place,
  real: (path) =>
    path
      .replace(/^\/home\/ann\/shop\/gg(?=\/|$)/, '/home/ann/shop/.git')
      .replace(/^\/home\/ann\/shop\/keys(?=\/|$)/, '/home/ann/.ssh')
      .replace(/^\/home\/ann\/shop\/pkg(?=\/|$)/, '/srv/pkg'),
};

function decides(command: string, at: Place = place): string | undefined {
  return judgeCommand(command, at).dangers[0]?.decision;
}

test.each([
  'ln -s .git gg',
  'ln -s "$PWD/.git" /tmp/gg',
  'ln -sfn .git/hooks gh',
  'ln -s ../.git/hooks src/gh',
  'ln -s -t src ../.git',
  'ln .git/hooks/pre-commit copy',
  'cd .git && ln -sr hooks ../gh',
  'cp -al .git gg',
  'ln -s .git/hooks gh; rm gh/pre-commit',
  'ln -s . here; rm here/.git/hooks/pre-commit',
  'ln -s .. sub/up; cd sub/up; rm -rf .git',
  'ln -s .claude c; rm c/settings.json',
  'ln -s .claude/settings.json c; echo "{}" > c',
  'ln -s ~/.ssh k; cat k/id_rsa',
])('denies what goes through a link of its own: %s', (command) => {
  expect(decides(command)).toBe('deny');
});

test.each([
  'chmod -x gg/hooks/pre-commit',
  'rm gg/hooks/pre-commit',
  'mv gg/hooks/pre-commit /tmp/x',
  'echo > gg/hooks/pre-commit',
  'cd gg/hooks && rm pre-commit',
  'cd gg/hooks && chmod a-x pre-commit',
  'rm -rf gg/objects',
  'rm -rf gg/hallmonitor',
  'echo x > gg/hallmonitor/journal',
  'cat keys/id_rsa',
  'rm -rf pkg/',
])('denies what goes through a link that was there: %s', (command) => {
  expect(decides(command, linked)).toBe('deny');
});

test.each(['cp /bin/true gg/hooks/pre-commit', 'ln -sf /dev/null gg/hooks/x'])(
  'asks what goes through a link that was there: %s',
  (command) => {
    expect(decides(command, linked)).toBe('ask');
  },
);

test.each([
  'rm -rf pkg',
  'rm pkg',
  'ls gg',
  'cat gg/HEAD',
  'ln -s ../packages/a node_modules/a',
  'ln -sf src/a.ts b.ts && cat b.ts',
  'git commit -m gg',
])('lets go what only touches links: %s', (command) => {
  expect(decides(command, linked)).toBeUndefined();
});

test('a repository that is reached through a link is still the repository', () => {
  const real = (path: string): string => path.replace(/^\/home\/ann\/shop(?=\/|$)/, '/data/shop');
  expect(decides('rm -rf dist src/old', { ...place, real })).toBeUndefined();
  expect(decides('rm -rf .git', { ...place, real })).toBe('deny');
});

test.each([
  "find . -path '*/hooks/pre-*' -delete",
  "find . -name 'pre-commit' -exec rm {} +",
  "find . -name 'pre-commit' -exec rm {} \\;",
  "find . -iname 'PRE-commit' -delete",
  'find . -name pre-commit | xargs rm',
  'find . -name pre-commit -print0 | xargs -0 chmod -x',
  'rm $(find . -name pre-commit)',
  "find /home/ann/shop -maxdepth 3 -name 'pre-*' -delete",
  'find . -name pre-commit -execdir chmod 644 {} +',
  'find . -name pre-commit -exec sh -c "rm $1" _ {} \\;',
  'find . -name HEAD -delete',
  'find . -type f -mtime +30 -delete',
  "find .. -regex '.*/hooks/.*' -delete",
  'find . -name x -o -name pre-commit -delete',
  "find . -not -path './node_modules/*' -name 'commit-msg' -delete",
  'cd $(git rev-parse --git-dir)/hooks && rm pre-commit',
  'cd "$(git rev-parse --git-path hooks)" && rm pre-commit',
  'rm -r "$(git rev-parse --git-path hooks)"',
  'cd "$(git rev-parse --git-common-dir)" && rm -rf hooks',
  'rm "$(git rev-parse --show-toplevel)/.git/hooks/pre-commit"',
  'G=$(git rev-parse --absolute-git-dir); chmod -x $G/hooks/*',
  'rm $(git rev-parse --show-toplevel --git-dir | tail -1)/hooks/pre-commit',
  'rm "$(git rev-parse --git-path hooks/pre-commit --show-prefix)"',
])('denies what finds its way into git: %s', (command) => {
  expect(decides(command)).toBe('deny');
});

test.each([
  "find . -name '*.orig' -delete",
  "find . -name pre-commit -not -path '*/.git/*' -delete",
  'find . -path ./.git -prune -o -name pre-commit -exec rm {} +',
  'find . -name .git -prune -o -type f -name "pre-*" -delete',
  'find src -name pre-commit -delete',
  'find . -maxdepth 1 -name pre-commit -delete',
  'find . -name pre-commit -exec chmod +x {} +',
  'find . -name pre-commit',
  'find . -type f -empty -delete',
  'find . -name HEAD -exec cat {} +',
  "find . -name '*.ts' -exec sed -i s/a/b/ {} +",
  'cd $(git rev-parse --show-toplevel) && rm a.txt',
])('lets searches go that do not reach git: %s', (command) => {
  expect(decides(command)).toBeUndefined();
});

test.each([
  'ln -sf /bin/true node_modules/.bin/hallmonitor-hook',
  'ln -sf /bin/true node_modules/.bin/hallmonitor',
  'cp /bin/true /usr/local/bin/hallmonitor-hook',
  'mv x node_modules/hallmonitor/dist/hallmonitor-hook',
  'install -m 755 x ~/bin/hallmonitor-hook',
  'echo "exit 0" > node_modules/hallmonitor/dist/hallmonitor-hook',
  'chmod -x node_modules/.bin/hallmonitor-hook',
  'rm -rf node_modules/hallmonitor',
  'mv node_modules/hallmonitor /tmp/',
  'cd node_modules && rm -rf hallmonitor',
  'sed -i s/deny/allow/ node_modules/hallmonitor/dist/cli/bin.js',
  'npm install hallmonitor@file:./x',
  'npm i -D hallmonitor@link:../x',
  'pnpm add hallmonitor@git+https://example.org/x.git',
  'yarn add hallmonitor@https://example.org/x.tgz',
  'npm install hallmonitor@npm:other',
  'npm install ./fake',
  'npm link ./fake',
  'npm link hallmonitor',
  'npm --prefix . uninstall hallmonitor',
  'npm unlink hallmonitor',
  'pkill -f gate-server',
  'kill $(pgrep -f gate-server)',
  'pgrep -f "gate-server run" | xargs kill -9',
  'export HALLMONITOR_RUN_DIR=/tmp/x',
  'HALLMONITOR_NODE=/bin/true npm test',
  'env HALLMONITOR_GATE=off git commit -m x',
  'HALLMONITOR_CLIENT=x; export HALLMONITOR_CLIENT',
  'declare -x HALLMONITOR_CLIENT=x',
  "echo 'export HALLMONITOR_NODE=/bin/true' >> ~/.bashrc",
  "echo 'HALLMONITOR_RUN_DIR=/tmp/x' >> .envrc",
  "printf 'HALLMONITOR_GATE=x\\n' | tee -a .env",
  'cat >> ~/.zshrc <<E\nexport HALLMONITOR_NODE=x\nE',
  "sed -i '1i export HALLMONITOR_NODE=x' ~/.profile",
  'echo "{}" | sh .hallmonitor/hook.sh claude-code PreToolUse',
  'echo "{}" | .hallmonitor/hook.sh claude-code PreToolUse',
  'hallmonitor-hook --agent claude-code < x.json',
  'echo "{}" | perl -x node_modules/.bin/hallmonitor-hook --agent codex',
  'echo "{}" | npx hallmonitor-hook --agent codex',
  'echo "{}" | hallmonitor hook --agent claude-code',
  'npx hallmonitor hook --agent codex < x',
  'node dist/hallmonitor.js hook --agent codex < x',
  "curl -d '{}' http://127.0.0.1:4099/hook/claude-code",
  'curl -d @x localhost:4099/hook/codex',
  "curl --unix-socket /tmp/hallmonitor-1000/gate.sock -d '{}' http://x/",
  'nc -U /tmp/hallmonitor-1000/gate.sock < x',
  "python3 -c \"import urllib.request as u; u.urlopen('http://127.0.0.1:4099/hook/codex', b'{}')\"",
])('denies what is done to the monitor: %s', (command) => {
  const [first] = judgeCommand(command, place).dangers;
  expect(first?.decision).toBe('deny');
});

test.each([
  'mv node_modules /tmp/x',
  'rm -rf node_modules/.bin',
  'npm pkg set devDependencies.hallmonitor=file:x',
])('asks about what takes the monitor along: %s', (command) => {
  expect(decides(command)).toBe('ask');
});

test.each([
  'npm install hallmonitor',
  'npm install -D hallmonitor@latest',
  'npm install hallmonitor@1.2.3',
  'npm install ./lib',
  'npm install',
  'rm -rf node_modules && npm ci',
  'ls node_modules/.bin/hallmonitor*',
  'cat .hallmonitor/hook.sh',
  'cat node_modules/hallmonitor/package.json',
  'which hallmonitor-hook',
  'echo $HALLMONITOR_RUN_DIR',
  "echo 'set HALLMONITOR_NODE to the Node to use' >> README.md",
  "echo 'PORT=1' >> .env.example",
  'grep -rn HALLMONITOR_NODE src',
  'curl localhost:3000/hooks/stripe',
  'curl http://127.0.0.1:3000/api/hook-list',
  'hallmonitor hook --help',
  'pkill -f vite',
])('leaves alone what does the monitor no harm: %s', (command) => {
  expect(decides(command)).toBeUndefined();
});

test.each([
  "psql <<'E'\nselect 'drop table ' || t from x \\gexec\nE",
  'psql -f - <<< "select 1 \\gexec"',
  "psql <<'E'\n\\i more.sql\nE",
  'psql -c "copy x from program \'ls\'"',
])('asks about SQL that runs results: %s', (command) => {
  expect(decides(command)).toBe('ask');
});
