import type { Run } from '../command.ts';
import { gitCommand } from '../git-command.ts';
import { byNotes } from './author-notes.ts';
import { resolvePath } from '../paths.ts';
import type { Hit, Rule, Scene } from '../rule.ts';
import { folders, isWatched } from './watched-paths.ts';

/** Switching off what watches the agent. */
export const monitorOff: Rule = {
  id: 'commands/monitor-off',
  title: 'Switching off the monitor',
  why: 'An agent that can remove its own monitor is not monitored.',
  decision: 'deny',
  loses: 'the record of who wrote what, and the gate itself',
  instead: 'Leave hook settings and records alone; a person changes them.',
  programs: null,
  caught: [
    'rm .claude/settings.json',
    'echo "{}" > ~/.claude/settings.json',
    'sed -i "s/hooks/x/" .claude/settings.local.json',
    'rm -rf ~/.codex',
    'mv .cursor/hooks.json /tmp',
    'cp /tmp/x .gemini/settings.json',
    'rm -rf .git/hallmonitor',
    'rm -r .hallmonitor/',
    'pkill -f hallmonitor',
    'killall hallmonitor',
    'kill $(pgrep -f hallmonitor)',
    'hallmonitor init --undo',
    'npx hallmonitor init --undo --yes',
    'git notes --ref=ai remove HEAD',
    'git notes --ref hallmonitor prune',
    'git update-ref -d refs/notes/ai',
    'claude --bare -p x',
    'claude --dangerously-skip-permissions',
    'CLAUDE_CODE_SIMPLE=1 claude',
    'codex --dangerously-bypass-approvals-and-sandbox',
    'tee .opencode/plugins/hallmonitor.ts < x',
    'chmod -x .clinerules/hooks/PreToolUse',
    'claude --settings \'{"disableAllHooks":true}\'',
    'rm ~/.copilot/hooks/a.json',
    'truncate -s 0 .codex/hooks.json',
    'ln -sf /dev/null .claude/settings.json',
    'git push origin :refs/notes/ai',
    "python3 -c \"open('.claude/settings.json','w').write('{}')\"",
    'cd .claude && rm settings.json',
    'find .claude -name "*.json" -delete',
    'gemini --yolo',
    'npm uninstall hallmonitor',
    'git checkout main -- .claude/settings.json',
    'rm -rf .claude',
    'dd if=/dev/null of=.claude/settings.json',
    'git config --remove-section hallmonitor',
    'perl -pi -e "s/a/b/" ~/.codex/config.toml',
    'git rm .cursor/hooks.json',
    'jq . x > .claude/settings.json',
  ],
  passed: [
    'cat .claude/settings.json',
    'ls .claude',
    'hallmonitor check',
    'hallmonitor doctor',
    'git notes --ref=ai show HEAD',
    'grep hooks ~/.codex/config.toml',
    'cp .claude/settings.json /tmp/x',
    'claude -p "hello"',
    'echo x > .claude/commands/a.md',
    'git add .claude/settings.json',
    'kill 1234',
    'pkill node',
    'diff .cursor/hooks.json x',
    'git notes list',
    'mkdir -p .claude/agents',
    'rm .claude/commands/old.md',
    'pgrep -f hallmonitor',
  ],
  look: (run, scene) => [...byProgram(run, scene), ...byFile(run, scene)].slice(0, 1),
};

const takers = new Set([
  'rm',
  'unlink',
  'shred',
  'rmdir',
  'mv',
  'truncate',
  'remove-item',
  'move',
  'move-item',
  'trash',
  'git-rm',
]);

const changers = new Set([
  'tee',
  'ln',
  'chmod',
  'chattr',
  'chown',
  'dd',
  'set-content',
  'add-content',
  'out-file',
  'clear-content',
  'touch-off',
]);

const copiers = new Set(['cp', 'install', 'rsync', 'copy', 'copy-item', 'scp']);

function byFile(run: Run, scene: Scene): readonly Hit[] {
  const { name, args, redirects } = run;
  const hit = [{ says: 'It changes or removes the settings or records of the monitor.' }];
  if (redirects.some(({ operator, path }) => operator.includes('>') && isWatched(path, run)))
    return hit;
  const values = args.map((arg) => arg.replace(/^(?:of|--target-directory)=/, ''));
  const paths = values.filter((arg) => !arg.startsWith('-'));
  const touched = copiers.has(name) ? paths.slice(-1) : paths;
  const isEdit =
    takers.has(name) ||
    changers.has(name) ||
    copiers.has(name) ||
    editsInPlace(run) ||
    gitTakes(run);
  if (name === 'chmod' && args.some((arg) => /^[augo]*\+/.test(arg))) return [];
  if (isEdit && touched.some((path) => isWatched(path, run))) return hit;
  if (copiers.has(name) && copiedInto(paths, run)) return hit;
  if (gitTakes(run) && paths.some((path) => folders.test(path.replace(/\/$/, '')))) return hit;
  const isTaken =
    takers.has(name) && paths.some((path) => folders.test(resolvePath(path, run.cwd) ?? path));
  if (isTaken || findDeletes(run)) return hit;
  return inlineTouches(run, scene) ? hit : [];
}

function copiedInto(paths: readonly string[], run: Run): boolean {
  const into = paths.at(-1) ?? '';
  return paths
    .slice(0, -1)
    .some(
      (path) =>
        isWatched(`${into}/${path.slice(path.lastIndexOf('/') + 1)}`, run) &&
        folders.test(resolvePath(into, run.cwd) ?? into),
    );
}

function editsInPlace({ name, args }: Run): boolean {
  return (
    (/^(?:g?sed|perl|ruby|yq|sd)$/.test(name) &&
      args.some((arg) => /^-[a-zA-Z]*i|^--in-?place/.test(arg))) ||
    name === 'sd' ||
    name === 'sponge' ||
    name === 'ed' ||
    name === 'ex'
  );
}

function gitTakes(run: Run): boolean {
  const git = gitCommand(run);
  return (
    git !== null &&
    /^(?:rm|mv|checkout|restore)$/.test(git.verb) &&
    !git.rest.includes('--cached') &&
    !git.rest.includes('--staged')
  );
}

function findDeletes(run: Run): boolean {
  return (
    run.name === 'find' &&
    run.args.includes('-delete') &&
    run.args.some(
      (arg) =>
        !arg.startsWith('-') &&
        (folders.test(resolvePath(arg, run.cwd) ?? arg) || isWatched(arg, run)),
    )
  );
}

const writing = /\bwrite|\bunlink|\brm\w{0,10}\(|\bremove|\brename|\bdump\(|rmtree|['"][wa]\+?['"]/;

const inText =
  /(?:\.claude\b.{0,60}settings|\.codex\/(?:hooks|config)|\.cursor\/hooks|\.gemini\/settings|\.git\/hallmonitor|\.hallmonitor|\.copilot\/hooks|\.clinerules\/hooks|\.opencode\/plugin)/;

function inlineTouches({ name, args, stdin }: Run, _scene: Scene): boolean {
  if (!/^(?:python|node|ruby|perl|php|bun|deno)/.test(name)) return false;
  const code = [...args.filter((arg) => /[(;]/.test(arg)), stdin?.text ?? '']
    .join('\n')
    .slice(0, 200_000);
  return inText.test(code) && writing.test(code);
}

function byProgram(run: Run, { runs }: Scene): readonly Hit[] {
  const { name, args, env } = run;
  const said = args.join(' ');
  if (/^(?:pkill|killall|taskkill|stop-process)$/.test(name) && /hallmonitor|hall-?mon/i.test(said))
    return [{ says: 'It stops the monitor.' }];
  if (/^(?:kill|fuser)$/.test(name) && (said.includes('hallmonitor') || looksForUs(runs)))
    return [{ says: 'It stops the monitor.' }];
  if (
    /^(?:systemctl|launchctl|service|docker)$/.test(name) &&
    said.includes('hallmonitor') &&
    /\b(?:stop|disable|mask|kill|unload|bootout|remove|rm)\b/.test(said)
  )
    return [{ says: 'It stops the monitor.' }];
  if (
    args.some((arg) => /(?:^|\/)hallmonitor(?:\.js|\.mjs)?$/.test(arg)) &&
    args.some((arg) => /^--(?:undo|uninstall)$/.test(arg))
  )
    return [{ says: 'It removes the monitor.' }];
  if (name === 'hallmonitor' && args.some((arg) => /^--(?:undo|uninstall|remove)$/.test(arg)))
    return [{ says: 'It removes the monitor.' }];
  if (
    /^(?:npm|pnpm|yarn|bun)$/.test(name) &&
    /^(?:uninstall|remove|rm|un)$/.test(args[0] ?? '') &&
    args.includes('hallmonitor')
  )
    return [{ says: 'It removes the monitor.' }];
  if (/^(?:claude|codex|gemini|copilot|cursor-agent|opencode|cline|amp)$/.test(name))
    return byAgent(name, args, env);
  return byNotes(run);
}

function looksForUs(runs: readonly Run[]): boolean {
  return runs.some(
    ({ name, args }) =>
      /^(?:pgrep|pidof|ps|lsof|fuser|cat|e?grep)$/.test(name) &&
      args.some((arg) => arg.includes('hallmonitor')),
  );
}

const homes = [
  'HOME',
  'CLAUDE_CONFIG_DIR',
  'CODEX_HOME',
  'XDG_CONFIG_HOME',
  'GEMINI_CLI_HOME',
  'COPILOT_HOME',
];

const bypasses =
  /^--(?:bare|safe-mode|dangerously-[\w-]{1,60}|allow-dangerously-[\w-]{1,60}|yolo|disable-hooks|no-hooks|full-auto-unsafe)$|^--approval-mode=yolo$/;

function byAgent(name: string, args: readonly string[], env: Run['env']): readonly Hit[] {
  const unset = ['CLAUDE_CODE_SIMPLE', 'CLAUDE_CODE_SAFE_MODE'].some((one) =>
    /^(?:1|true|yes)$/i.test(env.get(one) ?? ''),
  );
  const isOff =
    unset ||
    args.some(
      (arg) =>
        bypasses.test(arg) ||
        /disableAllHooks|features\.hooks=false|hooks\s{0,3}=\s{0,3}false/.test(arg),
    ) ||
    args.some((arg, at) => args[at - 1] === '--permission-mode' && arg === 'bypassPermissions') ||
    args.some(
      (arg, at) => args[at - 1] === '--setting-sources' && !/user|project|local/.test(arg),
    ) ||
    (args.includes('--disable') && args.includes('hooks'));
  const elsewhere = homes.some((one) => env.has(one));
  if (!isOff && elsewhere && args.length > 0) {
    return [{ decision: 'ask', says: `It starts ${name} with the settings of another folder.` }];
  }
  return isOff ? [{ says: `It starts ${name} with its hooks or permissions switched off.` }] : [];
}
