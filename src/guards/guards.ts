import type { Change, FileChange, Gap } from '../change/change.ts';
import type { Baseline } from './baseline.ts';
import { guards } from './catalogue.ts';
import type { Finding, Inspection, Suppression } from './finding.ts';
import { fingerprint, symbolAt } from './fingerprint.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting } from './guard.ts';
import { isMigrationPath, languageOf } from './language.ts';
import { runsOrIsWritten, unreadIn } from './reading.ts';
import { buildScene } from './scene.ts';
import { unguardedIn } from './unguarded.ts';
import type { World } from './scene.ts';
import { silenceAt } from './suppress.ts';

export { guards } from './catalogue.ts';

/** What a guarded look at a change needs besides the change. */
export interface Looking extends World {
  /** From the target branch, so that a change cannot accept its own findings. */
  readonly baseline: Baseline;
  /** Guards to ask; all of them unless told otherwise. */
  readonly guards?: readonly Guard[];
}

/** Looks at a change with every guard that knows one of its languages. */
export function inspect(change: Change, looking: Looking): Inspection {
  const gaps: Gap[] = [
    ...looking.baseline.gaps,
    ...(looking.parsers.gaps ?? []),
    ...unreadIn(change),
    ...unguardedIn(change),
  ];
  const scene = buildScene(change, looking, (gap) => gaps.push(gap));
  const written: Scene = {
    ...scene,
    files: scene.files.filter(({ change: file }) => runsOrIsWritten(file)),
  };
  const findings: Finding[] = [];
  for (const guard of looking.guards ?? guards) {
    const seen = guard.readsGenerated === true ? scene : written;
    if (!knowsLanguage(guard, languagesOf(seen))) continue;
    const sightings = ask(guard, seen, (gap) => gaps.push(gap));
    if ('why' in sightings) gaps.push(sightings);
    else findings.push(...settle(guard, sightings, { scene, baseline: looking.baseline }));
  }
  return { findings: findings.sort(byPlace), gaps: once(gaps) };
}

/** Languages whose parsers a look at this change needs. Migrations in other languages hold SQL too. */
export function languagesIn(change: Change): ReadonlySet<Language> {
  const languages = new Set<Language>();
  for (const file of change.files) {
    if (file.content !== 'text') continue;
    languages.add(languageOf(file.path, file.after ?? file.before));
    languages.add(languageOf(file.oldPath, file.before ?? file.after));
    if (isMigrationPath(file.path)) languages.add('sql');
  }
  return languages;
}

/** The guard with this id, for `explain`. */
export function guardById(id: string): Guard | null {
  return guards.find((guard) => guard.id === id) ?? null;
}

function once(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [JSON.stringify([gap.what, gap.why]), gap])).values()];
}

function languagesOf(scene: Scene): ReadonlySet<Language> {
  return new Set(
    scene.files.flatMap((file) => [file.language, file.before?.language ?? file.language]),
  );
}

function knowsLanguage({ languages }: Guard, present: ReadonlySet<Language>): boolean {
  if (languages === 'any') return present.size > 0;
  return languages.some((language) => present.has(language));
}

// A guard that throws is our bug. It must not take the other guards with it, and must not look like silence.
function ask(guard: Guard, scene: Scene, report: (gap: Gap) => void): readonly Sighting[] | Gap {
  try {
    guard.gaps?.(scene).forEach(report);
    return guard.look(scene);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      what: `guard ${guard.id}`,
      why: `it failed, so the change is not checked by it: ${why}`,
    };
  }
}

interface Place {
  readonly scene: Scene;
  readonly baseline: Baseline;
}

function settle(guard: Guard, sightings: readonly Sighting[], place: Place): readonly Finding[] {
  const files = new Map(place.scene.files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const ordinals = new Map<string, number>();
  const findings: Finding[] = [];
  for (const sighting of [...sightings].sort((a, b) => a.line - b.line)) {
    const file = files.get(sighting.path);
    const key = JSON.stringify([sighting.path, sighting.line, sighting.subject, sighting.says]);
    if (file === undefined || seen.has(key) || !isOfChange(file, sighting)) continue;
    seen.add(key);
    const symbol = file.after === null ? '' : symbolAt(file.after, sighting.line);
    const twin = JSON.stringify([sighting.path, symbol, sighting.subject]);
    const ordinal = ordinals.get(twin) ?? 0;
    ordinals.set(twin, ordinal + 1);
    const { path, subject } = sighting;
    const print = fingerprint({ guard: guard.id, path, symbol, subject, ordinal });
    findings.push(finding(guard, sighting, { file, print, baseline: place.baseline }));
  }
  return findings;
}

interface Settled {
  readonly file: ChangedFile;
  readonly print: string;
  readonly baseline: Baseline;
}

function finding(guard: Guard, sighting: Sighting, { file, print, baseline }: Settled): Finding {
  const silence = silenceAt(file, sighting.line, guard.id);
  const unheard =
    silence === 'no-reason' ? ' (the comment that asks to ignore it gives no reason)' : '';
  const accepted = baseline.accepted.get(print);
  const byBaseline: Suppression | null =
    accepted === undefined ? null : { by: 'baseline', reason: accepted };
  return {
    guard: guard.id,
    severity: sighting.severity ?? guard.severity,
    path: sighting.path,
    line: Math.max(1, sighting.line),
    endLine: Math.max(1, sighting.line, sighting.endLine ?? sighting.line),
    message: `${sighting.says}${unheard}`,
    impact: sighting.breaks ?? guard.breaks,
    fix: sighting.fix ?? guard.fix,
    confidence: sighting.confidence ?? guard.confidence,
    fingerprint: print,
    suppressed: byBaseline ?? (silence === 'no-reason' ? null : silence),
  };
}

/** Whether a sighting touches what the change did: an added line, a line beside one, or the seam of a removal. */
function isOfChange({ change, after }: ChangedFile, { line, endLine }: Sighting): boolean {
  if (after === null || change.status === 'deleted') return true;
  const last = Math.max(line, endLine ?? line);
  return seams(change).some(([from, to]) => line <= to && last >= from);
}

// A pure removal has no line after the change; its seam is the lines on both sides of the gap.
function seams(change: FileChange): readonly (readonly [number, number])[] {
  return change.hunks.map((hunk) => [
    hunk.newStart - 1,
    hunk.newStart + Math.max(hunk.added.length, 1),
  ]);
}

const ranks = { block: 0, warn: 1, note: 2 } as const;

function byPlace(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return ranks[a.severity] - ranks[b.severity];
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || (a.guard < b.guard ? -1 : 1);
}
