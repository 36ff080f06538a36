import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { isProductionPath, languageOf } from '../language.ts';
import { lineAfter } from '../seam.ts';
import { agentFile } from './instruction-files.ts';
import { caught, passed } from './instructions-changed.examples.ts';

/** What coding agents are told or allowed is different after the change. */
export const instructionsChanged: Guard = guard({
  id: 'agents/instructions-changed',
  severity: 'warn',
  protects: 'what coding agents are told and may do',
  breaks:
    'Every later session of an agent in this repository follows it: what it loosens is loose in all changes to come.',
  fix: 'Have a person who owns the file read it, apart from the rest of the change.',
  languages: 'any',
  cwe: [1329, 732],
  confidence: 0.8,
  readsGenerated: true,
  caught,
  passed,
  look: (scene) => {
    const found = scene.files.flatMap((file) => lookAt(scene, file));
    const loosened = found.filter(({ severity }) => severity !== 'note');
    const [first, ...more] = found.filter(({ severity }) => severity === 'note');
    if (first === undefined) return loosened;
    // What only changes is told once: whoever owns one of the files reads the others with it.
    const also = more.length === 0 ? '' : `, and in ${more.length} more of such files`;
    return [...loosened, { ...first, says: `${first.says}${also}` }];
  },
});

function lookAt(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const kind = agentFile(file.path) ?? agentFile(file.change.oldPath);
  if (kind === null || file.change.content !== 'text') return [];
  const loosened = [...opened(file), ...(kind === 'instructions' ? dropped(file) : [])];
  if (loosened.length > 0) return loosened.slice(0, 5);
  const [first] = file.change.hunks;
  if (first === undefined || isOnlyLayout(file)) return [];
  const what = kind === 'settings' ? 'settings of coding agents' : 'what coding agents are told';
  const also = scene.files.some(isCode) ? ', in the same change as code' : '';
  const verb = file.before === null ? 'adds' : file.after === null ? 'deletes' : 'changes';
  return [
    {
      path: file.path,
      line: Math.max(1, first.newStart),
      says: `${verb} ${what}${also}`,
      subject: file.path,
      severity: 'note',
    },
  ];
}

function isCode({ path, isTest }: ChangedFile): boolean {
  return (
    !isTest &&
    isProductionPath(path) &&
    !/^(?:markdown|other|yaml|json|toml)$/.test(languageOf(path)) &&
    agentFile(path) === null
  );
}

function isOnlyLayout({ before, after }: ChangedFile): boolean {
  return (
    before !== null &&
    after !== null &&
    before.text.replace(/\s+/g, '') === after.text.replace(/\s+/g, '')
  );
}

/** Words by which an agent is let act without asking anybody. */
const permissions: readonly (readonly [RegExp, string])[] = [
  [
    /\bbypassPermissions\b|--dangerously-skip-permissions|--dangerously-bypass\b|\bdangerouslySkipPermissions\b/,
    'lets agents act without any question',
  ],
  [
    /["']?(?:autoApprove|auto_approve|auto-approve|alwaysAllow|always_allow|autoApproval|yolo|yolo_mode|auto-run|autoRun|autoAccept|auto_accept)["']?\s*[:=]\s*(?:true\b|["']?(?:all|on|always|\*)["']?|\[\s*["'])/i,
    'lets agents act without a question',
  ],
  [
    /\bapproval[_-]?policy["']?\s*[:=]\s*["']?never\b|\bsandbox[_-]?mode["']?\s*[:=]\s*["']?danger-full-access\b|--yolo\b/i,
    'takes the sandbox or the questions from agents',
  ],
  [
    /^\s*["'](?:Bash(?:\(\*\)|\(\*:\*\)|\(:\*\))?|Bash\(sudo[^"']*\)|Write\(\*\*?\)|Edit\(\*\*?\)|Bash\(rm[^"']*\)|Bash\(curl[^"']*\)|\*)["']\s*,?\s*$/,
    'allows agents any command or file',
  ],
  [
    /["']?enableAllProjectMcpServers["']?\s*:\s*true\b/,
    'trusts every tool server a repository names',
  ],
  [/["']?(?:disableAllHooks)["']?\s*:\s*true\b/, 'turns off the hooks that watch agents'],
];

function opened(file: ChangedFile): readonly Sighting[] {
  const old = file.before?.text ?? '';
  const denied = deniedLines(file);
  return file.change.hunks.flatMap(({ added, newStart }) =>
    added.flatMap((text, index) => {
      const found =
        text.length > 2000 ? undefined : permissions.find(([pattern]) => pattern.test(text));
      const line = newStart + index;
      if (
        found === undefined ||
        old.includes(text.trim()) ||
        denied.has(line) ||
        /\b(?:never|don't|do not|avoid|must not|without)\b/i.test(text)
      )
        return [];
      return [{ path: file.path, line, says: `${found[1]}: ${shown(text)}`, subject: text.trim() }];
    }),
  );
}

// Entries under `deny` and `ask` are no permissions.
function deniedLines({ after }: ChangedFile): ReadonlySet<number> {
  const found = new Set<number>();
  let isDenied = false;
  after?.lines.forEach((text, index) => {
    const key = /^\s*["']?(allow|deny|ask|disallow\w*|blocked?)["']?\s*:/i.exec(text)?.[1];
    if (key !== undefined) isDenied = key.toLowerCase() !== 'allow';
    if (isDenied) found.add(index + 1);
  });
  return found;
}

const ban =
  /\b(?:do not|don't|never|must not|mustn't|forbidden|not allowed|always ask|ask (?:first|before)|require[sd]? (?:approval|review|confirmation)|MUST\b.{0,60}\b(?:test|review|lint|approv))/i;

// A rule that went and did not come back in other words.
function dropped(file: ChangedFile): readonly Sighting[] {
  if (file.after === null) return [];
  const all = file.change.hunks.flatMap(({ added }) => added).join('\n');
  if (ban.test(all)) return [];
  return file.change.hunks.flatMap(({ removed, oldStart }) =>
    removed.flatMap((text, index) => {
      if (!ban.test(text) || file.after?.text.includes(text.trim()) === true || movedOn(text, all))
        return [];
      return [
        {
          path: file.path,
          line: lineAfter(file, oldStart + index),
          says: `takes a rule from agents: ${shown(text)}`,
          subject: text.trim(),
          // Where the file is written anew, its rules come in other words.
          ...(isRewritten(file) ? { severity: 'note' as const } : {}),
        },
      ];
    }),
  );
}

function isRewritten({ before, removed, change }: ChangedFile): boolean {
  return change.added >= 10 && removed.size * 2 > (before?.lines.length ?? 0);
}

function movedOn(text: string, added: string): boolean {
  const words = [...new Set(text.toLowerCase().match(/[a-z]{4,}/g) ?? [])];
  const lower = added.toLowerCase();
  return (
    words.length > 0 && words.filter((word) => lower.includes(word)).length / words.length > 0.6
  );
}

function shown(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return `"${flat.length > 70 ? `${flat.slice(0, 69)}…` : flat}"`;
}
