import { hole } from '../command.ts';
import type { Run } from '../command.ts';
import { byNotes } from './author-notes.ts';
import { resolvePath } from '../paths.ts';
import { readArgs } from '../read-args.ts';
import type { Hit, Rule, Scene } from '../rule.ts';
import { byOwnProgram } from './own-program.ts';
import { touchedPaths } from './touched-paths.ts';
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
    'hallmonitor record prune --yes',
    'npx hallmonitor record prune --before 2026-01-01',
    'hallmonitor gate-server stop',
    'npx -y hallmonitor@latest gate-server stop',
    'node node_modules/hallmonitor/dist/cli/bin.js gate-server stop',
    'node dist/hallmonitor.js record prune',
    './node_modules/.bin/hallmonitor gate-server stop',
    '/usr/local/bin/hallmonitor record --repo . prune',
    'rm -rf /tmp/hallmonitor-1000',
    'rm "/tmp/hallmonitor-$(id -u)/gate.sock"',
    'mv /tmp/hallmonitor-1000 /tmp/x',
    'rm -rf /tmp/hallmonitor-*',
    'rm -rf /tmp/hall*',
    'find /tmp -name "hallmonitor*" -exec rm -rf {} +',
    'find /tmp -maxdepth 1 -name "hallmonitor-*" -delete',
    'node dist/cli/bin.js gate-server stop',
    'HALLMONITOR_RUN_DIR=/tmp/x claude -p hi',
    'find /tmp/hallmonitor-1000 -delete',
    'echo x > /tmp/hallmonitor-1000/gate.json',
    'rm -rf .hallmonitor',
    'cp /tmp/x .hallmonitor/hook.sh',
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
    'hallmonitor record show',
    'hallmonitor record prune --help',
    'hallmonitor gate-server status',
    'npx hallmonitor check --base main',
    'ls /tmp/hallmonitor-1000',
    'rm -rf /tmp/hallmonitor-notes',
    'cat .hallmonitor/policy.yml',
    'mkdir -p .hallmonitor',
    'npm test hallmonitor',
    'rm -f /tmp/*.log',
    'node scripts/record.js prune',
  ],
  look: (run, scene) =>
    [...byProgram(run, scene), ...byFile(run, scene), ...byOwnProgram(run, scene)]
      .sort((a, b) => Number(a.decision === 'ask') - Number(b.decision === 'ask'))
      .slice(0, 1),
};

function byFile(run: Run, scene: Scene): readonly Hit[] {
  const { changed, taken } = touchedPaths(run);
  const isTouched =
    changed.some((path) => isWatched(path, run)) ||
    taken.some((path) => folders.test(resolvePath(path, run.cwd) ?? path));
  return isTouched || inlineTouches(run, scene)
    ? [{ says: 'It changes or removes the settings or records of the monitor.' }]
    : [];
}

const writing = /\bwrite|\bunlink|\brm\w{0,10}\(|\bremove|\brename|\bdump\(|rmtree|['"][wa]\+?['"]/;

const inText =
  /(?:\.claude\b.{0,60}settings|\.codex\/(?:hooks|config)|\.cursor\/hooks|\.gemini\/settings|\.git\/hallmonitor|\.hallmonitor(?!\/(?:policy|people|baseline)\b)|\.copilot\/hooks|\.clinerules\/hooks|\.opencode\/plugin)/;

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
  if (
    /^(?:pkill|killall|taskkill|stop-process)$/.test(name) &&
    /hall-?mon|gate[-_.]?server/i.test(said)
  )
    return [{ says: 'It stops the monitor.' }];
  if (
    /^(?:kill|fuser)$/.test(name) &&
    (/hallmonitor|gate[-_.]?server/.test(said) || looksForUs(runs))
  )
    return [{ says: 'It stops the monitor.' }];
  if (
    /^(?:systemctl|launchctl|service|docker)$/.test(name) &&
    said.includes('hallmonitor') &&
    /\b(?:stop|disable|mask|kill|unload|bootout|remove|rm)\b/.test(said)
  )
    return [{ says: 'It stops the monitor.' }];
  const own = ownArguments(run);
  if (own !== null) return byOwnCommand(own);
  if (
    /^(?:npm|pnpm|yarn|bun)$/.test(name) &&
    removes.test(args[0] ?? '') &&
    args.includes('hallmonitor')
  )
    return [{ says: 'It removes the monitor.' }];
  if (/^(?:claude|codex|gemini|copilot|cursor-agent|opencode|cline|amp)$/.test(name))
    return byAgent(name, args, env);
  return byNotes(run);
}

const ownName = /(?:^|\/)hallmonitor(?:\.[cm]?js|\.ts|@[\w.^~-]{1,60})?$/;
const ownScript = /(?:^|\/)hallmonitor\/(?:\S{0,200}\/)?(?:bin|main|hallmonitor)\.[cm]?[jt]s$/;

/** What Hallmonitor itself is told, however it is started; null when it is not what runs. */
function ownArguments({ name, path, args }: Run): readonly string[] | null {
  if (ownName.test(name) || ownScript.test(path)) return args;
  const starts = /^(?:node|bun|deno|tsx|npx|bunx|npm|pnpm|yarn|sh|perl)$/.test(name);
  const at = starts ? args.findIndex((arg) => ownName.test(arg) || ownScript.test(arg)) : -1;
  if (at >= 0) return removes.test(args[0] ?? '') ? null : args.slice(at + 1);
  // Under whatever name its script lies, these are words of ours.
  const script = starts ? args.findIndex((arg) => /\.[cm]?[jt]s$/.test(arg)) : -1;
  const words = args.slice(script + 1).join(' ');
  return script >= 0 && /^(?:gate-server|record)\s/.test(words) ? args.slice(script + 1) : null;
}

const removes = /^(?:uninstall|remove|rm|un)$/;

function byOwnCommand(args: readonly string[]): readonly Hit[] {
  if (args.includes('--help') || args.includes('-h')) return [];
  if (args.some((arg) => /^--(?:undo|uninstall|remove)$/.test(arg)))
    return [{ says: 'It removes the monitor.' }];
  const [first, second] = readArgs(args, ['--repo', '--format', '--before', '--socket']).operands;
  if (first === 'record' && second === 'prune')
    return [{ says: 'It deletes a part of the record of who wrote what.' }];
  if (first === 'hook') return [{ says: 'It reports to the monitor in the name of an agent.' }];
  return first === 'gate-server' && (second === 'stop' || second?.includes(hole) === true)
    ? [{ says: 'It stops the monitor.' }]
    : [];
}

function looksForUs(runs: readonly Run[]): boolean {
  return runs.some(
    ({ name, args }) =>
      /^(?:pgrep|pidof|ps|lsof|fuser|cat|e?grep)$/.test(name) &&
      args.some((arg) => /hallmonitor|gate[-_.]?server/.test(arg)),
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
    [...env.keys()].some((one) => one.startsWith('HALLMONITOR_')) ||
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
