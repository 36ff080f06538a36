import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { deeds } from './deeds.ts';
import type { Deed } from './deeds.ts';
import { destructiveExamples } from './destructive-command.examples.ts';
import { commandLines, settingOf } from './command-lines.ts';
import type { CommandLine, CommandSetting } from './command-lines.ts';
import { emptyPath } from './empty-path.ts';

/** A command that destroys data or infrastructure is put where it may run by itself. */
export const destructiveCommand: Guard = guard({
  id: 'data/destructive-command',
  severity: 'block',
  protects: 'data and infrastructure that other people use',
  breaks:
    'The next run of the script, pipeline or container deletes for good whatever its configuration points at in that moment.',
  fix: 'Take it out of what runs by itself; where it must stay, name the single object, check the environment first and ask a person.',
  languages: 'any',
  cwe: [664],
  confidence: 0.8,
  outage: {
    says: 'Steam for Linux, January 2015: a script that moved itself ran rm -rf "$STEAMROOT/"* with the variable empty, and deleted every file its users could write.',
    source: 'https://github.com/ValveSoftware/steam-for-linux/issues/3671',
  },
  ...destructiveExamples,
  look: (scene) => {
    const old = new Set(scene.files.flatMap(removedLines));
    return scene.files.flatMap((file) => sightings(file, old));
  },
});

function removedLines({ removed, before }: ChangedFile): readonly string[] {
  return [...removed].map((line) => key(before?.lines[line - 1] ?? ''));
}

function key(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function sightings(file: ChangedFile, old: ReadonlySet<string>): readonly Sighting[] {
  const { path, after } = file;
  if (after === null || file.isTest || !isProductionPath(path)) return [];
  const setting = settingOf(file);
  if (setting === null) return [];
  const found = new Map<string, Sighting>();
  for (const said of commandLines(file, setting)) {
    if (old.has(key(said.whole))) continue;
    const deed = deeds.find(
      (one) => one.pattern.test(said.text) && one.unless?.test(said.text) !== true,
    );
    if (deed?.ofDatabase === true && setting === 'pipeline' && !deploys(file, said.line)) continue;
    if (deed?.isOfBranch === true && isOwnBranch(said.text, after.text)) continue;
    const does = deed?.does ?? emptyPath(said, file, setting);
    if (does === null || found.has(does)) continue;
    found.set(does, {
      path,
      line: said.line,
      says: does,
      subject: key(said.text),
      severity: severityOf(deed, setting, said),
    });
  }
  return [...found.values()];
}

// What a person starts by its name is theirs to start; what runs by itself is not.
function severityOf(
  deed: Deed | undefined,
  setting: CommandSetting,
  { isNamedSo }: CommandLine,
): Severity {
  if (isNamedSo || setting === 'by hand') return 'note';
  const runsAlone = setting === 'by itself' || setting === 'pipeline';
  if (deed?.isMild === true) return runsAlone ? 'warn' : 'note';
  return runsAlone && deed !== undefined ? 'block' : 'warn';
}

// A pipeline that tests makes and drops a database of its own.
function deploys({ path, after }: ChangedFile, line: number): boolean {
  const around = after?.lines.slice(Math.max(0, line - 40), line).join('\n') ?? '';
  return /deploy|release|\bprod/i.test(`${path}\n${around}`);
}

// A branch that the same file makes anew, as for a cherry-pick, holds nothing of others.
function isOwnBranch(command: string, text: string): boolean {
  const made = text.matchAll(
    /\bgit\s+(?:checkout\s+-[bB]|switch\s+(?:-[cC]|--create))\s+["']?([^\s"';&|]{2,80})/g,
  );
  return [...made].some(([, branch = '']) => command.split(/[\s"':]+/).includes(branch));
}
