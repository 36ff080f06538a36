import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { caught, passed } from './guard-tampering.examples.ts';

/** The change alters who watches over it: this tool's own files, owners of code, hooks. */
export const guardTampering: Guard = guard({
  id: 'agents/guard-tampering',
  severity: 'block',
  protects: 'the checks that this change itself must pass',
  breaks: 'Whoever can loosen the check in the change that it checks has no check.',
  fix: 'Move it into a change of its own, read and approved by a person who owns these files.',
  languages: 'any',
  cwe: [693, 778],
  confidence: 0.9,
  readsGenerated: true,
  caught,
  passed,
  look: (scene) => scene.files.flatMap((file) => lookAt(scene, file)),
});

const own = /(?:^|\/)\.hallmonitor(?:\/|\.ya?ml$|\.json$)/;
const owners = /(?:^|\/)CODEOWNERS$/;
const hooks =
  /(?:^|\/)(?:\.husky\/[^/]+|lefthook\.ya?ml|\.pre-commit-config\.ya?ml|\.claude\/settings\.json|\.codex\/hooks\.json|\.cursor\/hooks\.json|\.gemini\/settings\.json|\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|package\.json)$/;

function lookAt(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const { path, change } = file;
  if (change.content !== 'text' || /(?:^|\/)(?:tests?|fixtures?|examples?|templates?)\//.test(path))
    return [];
  if (own.test(change.oldPath) || own.test(path)) return ownFile(scene, file);
  if (owners.test(change.oldPath)) return lostOwners(scene, file);
  return hooks.test(change.oldPath) ? unhooked(file) : [];
}

function ownFile(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const line = Math.max(1, file.change.hunks[0]?.newStart ?? 1);
  const alone = scene.files.every(({ path }) => own.test(path) || /\.mdx?$/.test(path));
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const told = { path: file.path, line, subject: file.path };
  if (file.before === null)
    return [{ ...told, says: `adds ${name} of this monitor`, severity: 'note' }];
  const severity = alone ? 'warn' : 'block';
  if (file.after === null) return [{ ...told, says: `deletes ${name} of this monitor`, severity }];
  const loosened = loosening(file);
  if (loosened !== null) return [{ ...told, ...loosened, severity }];
  return [{ ...told, says: `changes ${name} of this monitor`, severity: 'warn' }];
}

const modes: readonly string[] = ['observe', 'warn', 'enforce'];

// A mode that is lower than before, an obligation that went, or findings accepted in advance.
function loosening(file: ChangedFile): { readonly says: string; readonly line: number } | null {
  const was = modeOf(file.before?.text ?? '');
  const now = modeOf(file.after?.text ?? '');
  if (was !== null && now !== null && modes.indexOf(now.mode) < modes.indexOf(was.mode))
    return {
      says: `lowers the mode of this monitor from ${was.mode} to ${now.mode}`,
      line: now.line,
    };
  const first = file.change.hunks[0]?.newStart ?? 1;
  const isBaseline = /baseline/.test(file.path);
  if (isBaseline && file.change.added > file.change.deleted)
    return { says: 'accepts findings in advance, in its baseline', line: Math.max(1, first) };
  const lost = file.change.hunks
    .flatMap(({ removed, oldStart }) =>
      removed.map((text, index) => ({ text, line: oldStart + index })),
    )
    .find(({ text }) =>
      /^\s*(?:-\s*)?(?:require|approvals?|block|deny|level|owners?|minimum\w*)\b[^:]*:/.test(text),
    );
  if (lost === undefined || file.change.added > file.change.deleted) return null;
  return {
    says: `takes a demand from the policy: "${lost.text.trim().slice(0, 60)}"`,
    line: lineAfter(file, lost.line),
  };
}

function modeOf(text: string): { readonly mode: string; readonly line: number } | null {
  const lines = text.split('\n');
  const index = lines.findIndex((one) => /^\s*["']?mode["']?\s*:/.test(one));
  const mode = /:\s*["']?([a-z]+)/.exec(lines[index] ?? '')?.[1];
  // Left out, it only observes.
  if (index < 0) return { mode: 'observe', line: 1 };
  return mode !== undefined && modes.includes(mode) ? { mode, line: index + 1 } : null;
}

interface Rule {
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly line: number;
}

function rulesOf(text: string): readonly Rule[] {
  return text.split(/\r?\n/).flatMap((one, index) => {
    const [pattern, ...names] = one.replace(/#.*/, '').trim().split(/\s+/);
    return pattern === undefined || pattern === '' || pattern.startsWith('[')
      ? []
      : [{ pattern, owners: names, line: index + 1 }];
  });
}

function lostOwners(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const was = rulesOf(file.before?.text ?? '');
  const now = new Map(rulesOf(file.after?.text ?? '').map((rule) => [rule.pattern, rule]));
  return was
    .flatMap((rule): readonly Sighting[] => {
      const heir = now.get(rule.pattern);
      if (rule.owners.length === 0 || (heir !== undefined && heir.owners.length > 0)) return [];
      if (isGone(scene, rule.pattern)) return [];
      if (heir === undefined && [...now.values()].some((one) => takesOver(one, rule))) return [];
      const says =
        heir === undefined
          ? `nobody named for ${rule.pattern} any more in CODEOWNERS`
          : `takes all owners from ${rule.pattern}`;
      return [
        {
          path: file.path,
          line: heir?.line ?? lineAfter(file, rule.line),
          says,
          subject: rule.pattern,
          severity: 'warn',
        },
      ];
    })
    .slice(0, 3);
}

// The same owners by a wider pattern: each name in it stands in the old one.
function takesOver({ pattern, owners }: Rule, old: Rule): boolean {
  const parts = pattern.split(/[/*]+/).filter((part) => part !== '');
  return (
    parts.every((part) => old.pattern.includes(part)) &&
    old.owners.every((owner) => owners.includes(owner))
  );
}

// What is owned went or moved in the same change.
function isGone({ files }: Scene, pattern: string): boolean {
  const start = pattern.replace(/^\//, '').replace(/[*?].*$/, '');
  return (
    start !== '' &&
    files.some(
      ({ change }) =>
        change.oldPath.startsWith(start) &&
        (change.status === 'deleted' || change.path !== change.oldPath),
    )
  );
}

const call = /\bhallmonitor\b/;

// The line that calls this monitor went from a hook or a workflow.
function unhooked(file: ChangedFile): readonly Sighting[] {
  if (!call.test(file.before?.text ?? '') || call.test(file.after?.text ?? '')) return [];
  const index = file.before?.lines.findIndex((text) => call.test(text)) ?? 0;
  return [
    {
      path: file.path,
      line: lineAfter(file, index + 1),
      says: 'no longer runs this monitor',
      subject: 'hallmonitor',
    },
  ];
}
