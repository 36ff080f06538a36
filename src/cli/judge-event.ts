import { quotable } from '../change/redact.ts';
import { languagesIn } from '../guards/guards.ts';
import type { Guard, Language } from '../guards/guard.ts';
import { probeSession } from '../outside/agents/install/probe-session.ts';
import type { WorkPlace } from '../outside/git/place.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { treeReader } from '../outside/trees/trees.ts';
import type { HookEvent, ProposedEdit, Verdict } from '../suggestion/event.ts';
import type { EditProblem } from '../suggestion/edits/resolve-edits.ts';
import { refusalsOf } from '../suggestion/refusals.ts';
import { tamperings } from '../suggestion/monitor-settings.ts';
import {
  changeOf,
  judgeSuggestion,
  type Objection,
  type SuggestedFile,
  type SuggestionJudgement,
} from '../suggestion/suggestion.ts';
import type { Guess, JudgedCommand } from './judge-command.ts';
import { mayHaveOwnGuards } from './may-have-own-guards.ts';
import { noteRefusals } from './refusals-file.ts';
import { suggestedFiles, type SuggestedPlace } from './suggested-files.ts';

/** What is recorded about a judged suggestion. */
export interface Outcome {
  readonly decision: Verdict['decision'];
  readonly rules: readonly string[];
  readonly files: readonly SuggestedFile[];
  readonly unseen: string | null;
}

export interface JudgedEvent {
  readonly verdict: Verdict;
  /** What goes into the record of each repository that the call touches; the session's own is the first. */
  readonly records: readonly { readonly place: WorkPlace; readonly outcome: Outcome }[];
}

/** Judges what a tool call would do to files, by edits and by its command, in every repository it touches. */
export async function judgeEvent(event: HookEvent, place: WorkPlace | null): Promise<JudgedEvent> {
  const command = await commandOf(event, place);
  const edits: readonly ProposedEdit[] = [...event.edits, ...(command?.edits ?? [])];
  const { places, problems } = suggestedFiles(edits, event.cwd);
  const general = [
    ...(command?.objections ?? []),
    ...problems.flatMap(notUnderstood),
    ...(await outsideObjections(event, places, place)),
  ];
  const judged: SuggestionJudgement[] = [];
  const guessed = guessedPlaces(command?.guesses ?? [], event.cwd);
  for (const [index, one] of [...allPlaces(places, place), ...guessed].entries()) {
    const judgement = await judgePlace(one, index === 0 ? general : []);
    if (event.sessionId !== probeSession) remember(one, judgement);
    judged.push(judgement);
  }
  const verdict = strictest(judged.map((one) => one.verdict));
  const outcome = {
    decision: strictest(judged.map(({ strict }) => ({ ...verdict, decision: strict }))).decision,
    rules: [...new Set(judged.flatMap(({ rules }) => rules))],
    unseen:
      event.unseen ??
      command?.unseen ??
      problems.find(({ mayApply }) => mayApply)?.why ??
      judged.flatMap(({ gaps }) => gaps)[0]?.why ??
      null,
  };
  return { verdict, records: recordsOf(places, place, outcome) };
}

/** The call as it concerns each repository: a file is recorded where it lies. */
function recordsOf(
  places: readonly SuggestedPlace[],
  own: WorkPlace | null,
  outcome: Omit<Outcome, 'files'>,
): JudgedEvent['records'] {
  const filesIn = (top: string): readonly SuggestedFile[] =>
    places.find((one) => one.place?.top === top)?.files ?? [];
  const others = places.flatMap((one) =>
    one.place === null || one.place.top === own?.top ? [] : [one.place],
  );
  return [...(own === null ? [] : [own]), ...others].map((place) => ({
    place,
    outcome: { ...outcome, files: filesIn(place.top) },
  }));
}

/** What the tool call runs and reads, judged; the parser of commands is loaded only for calls that have any. */
async function commandOf(event: HookEvent, place: WorkPlace | null): Promise<JudgedCommand | null> {
  const asked = event.reads.length > 0 || (event.statements ?? []).length > 0;
  if (event.command === null && !asked) return null;
  const { judgeCommandOf } = await import('./judge-command.ts');
  return judgeCommandOf(event, place);
}

/** Texts of a command whose place in a file is not known: each is judged as a file of its own. */
function guessedPlaces(guesses: readonly Guess[], cwd: string): readonly SuggestedPlace[] {
  return guesses
    .flatMap(({ path, content }) => suggestedFiles([{ kind: 'write', path, content }], cwd).places)
    .map(({ place, files }) => ({
      place,
      files: files.map((file) => ({ ...file, before: null })),
    }));
}

/** A tool that writes outside the repository is judged like the command that would. */
async function outsideObjections(
  event: HookEvent,
  places: readonly SuggestedPlace[],
  place: WorkPlace | null,
): Promise<readonly Objection[]> {
  if (event.edits.length === 0) return [];
  const outside = places.filter((one) => one.place === null).flatMap(({ files }) => files);
  if (outside.length === 0) return [];
  const { objectionsToWriting } = await import('./judge-command.ts');
  return outside.flatMap(({ path }) => objectionsToWriting(`/${path}`, event, place));
}

/** A patch that we cannot follow and the agent's tool perhaps can: nobody knows what it writes. */
function notUnderstood({ path, why, mayApply }: EditProblem): readonly Objection[] {
  if (!mayApply || path !== '') return [];
  return [
    {
      rule: 'suggestion/not-understood',
      decision: 'ask',
      says: `it is a patch that Hallmonitor cannot read (${quotable(why, 120)})`,
      instead: 'Make the change in smaller edits.',
    },
  ];
}

function remember(
  { place, files }: SuggestedPlace,
  { findings, strict }: SuggestionJudgement,
): void {
  if (place === null || strict !== 'deny') return;
  const now = Math.floor(Date.now() / 1000);
  noteRefusals(place, refusalsOf(findings, files, now));
}

/** Loads what most suggestions need, so that the first one does not wait for it. */
export async function warmUp(): Promise<void> {
  const common: readonly Language[] = ['typescript', 'python', 'go', 'java', 'sql'];
  const parsers = await loadParsers(common);
  parsers.sql('select 1');
  for (const language of common) parsers.tree(language, '');
}

/** What speaks against the tool call as a whole is weighed with its own repository. */
function allPlaces(
  places: readonly SuggestedPlace[],
  place: WorkPlace | null,
): readonly SuggestedPlace[] {
  return places.length === 0 ? [{ place, files: [] }] : places;
}

async function judgePlace(
  { place, files }: SuggestedPlace,
  general: readonly Objection[],
): Promise<SuggestionJudgement> {
  return judgeSuggestion({
    files,
    objections: [...general, ...tamperings(files)],
    parsers: await loadParsers(languagesIn(changeOf(files))),
    readAfter: place === null ? (): null => null : treeReader(place.top),
    gaps: [],
    ownGuards: await ownGuardsIn(place),
    house: async () => {
      const { houseAt } = await import('./suggestion-house.ts');
      return houseAt(place);
    },
  });
}

// The module that asks git is loaded only where there is something to ask for.
async function ownGuardsIn(place: WorkPlace | null): Promise<readonly Guard[]> {
  if (place === null || !mayHaveOwnGuards(place)) return [];
  const { houseAt } = await import('./suggestion-house.ts');
  return (await houseAt(place)).ownGuards;
}

function strictest(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict['decision'][] = ['deny', 'ask', 'pass'];
  const [first] = order.flatMap((decision) =>
    verdicts.filter((verdict) => verdict.decision === decision),
  );
  return first ?? { decision: 'pass', reason: '', context: null };
}
