import { lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Gap } from '../change/change.ts';
import { isBinary } from '../change/decode.ts';
import { UserError } from '../change/problems.ts';
import { languagesIn } from '../guards/guards.ts';
import {
  nearbyReader,
  openRepository,
  pathInRepository,
  readFilesAt,
  type Repository,
} from '../outside/git/git.ts';
import { placeOf as workPlaceOf } from '../outside/git/place.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import type { Mode } from '../policy/policy.ts';
import { replaceText } from '../suggestion/edits/replace-text.ts';
import { tamperings } from '../suggestion/monitor-settings.ts';
import {
  changeOf,
  judgeSuggestion,
  type SuggestedFile,
  type SuggestionJudgement,
} from '../suggestion/suggestion.ts';
import { realPath } from './suggested-files.ts';
import { houseAt } from './suggestion-house.ts';

/** An edit of one file: its whole new text, or one passage of it replaced. */
export interface AskedEdit {
  readonly path: string;
  readonly content?: string | undefined;
  readonly old?: string | undefined;
  readonly new?: string | undefined;
}

export interface JudgedEdit {
  /** From the top of the repository. */
  readonly path: string;
  readonly judgement: SuggestionJudgement;
  /** Whether the hook of an agent would stop it, or only tell. */
  readonly mode: Mode;
}

/** Judges an edit of a file as it is on disk now, as the hook of an agent would. Nothing is written. */
export async function judgeEdit(edit: AskedEdit, folder: string): Promise<JudgedEdit> {
  const repository = await openRepository(folder);
  const path = placeOf(repository, edit.path);
  const { files, gaps } = await suggested(repository, path, edit);
  const [parsers, readAfter, house] = await Promise.all([
    loadParsers(languagesIn(changeOf(files))),
    nearbyReader(repository, 'worktree', [path]),
    houseAt(workPlaceOf(repository.workTree ?? repository.cwd)),
  ]);
  const judgement = await judgeSuggestion({
    files,
    objections: tamperings(files),
    parsers,
    readAfter,
    gaps,
    ownGuards: house.ownGuards,
    // Whoever asks before writing wants to know what speaks against it, whether or not it would be stopped today.
    house: () => Promise.resolve({ ...house, mode: 'enforce' }),
  });
  return { path, judgement, mode: house.mode };
}

interface Suggested {
  readonly files: readonly SuggestedFile[];
  /** Why there is no file to judge. */
  readonly gaps: readonly Gap[];
}

async function suggested(
  repository: Repository,
  path: string,
  edit: AskedEdit,
): Promise<Suggested> {
  if (gitInside.test(path))
    return { files: [{ path, before: null, after: edit.content ?? edit.new ?? '' }], gaps: [] };
  const before = (await readFilesAt(repository, 'worktree', [path])).get(path) ?? null;
  if (before === null && isThere(join(repository.workTree ?? '', path)))
    return unseen(path, 'it is there, but is no ordinary file that can be read');
  const after = textAfter(path, before, edit);
  return [before ?? '', after].some((text) => isBinary(Buffer.from(text)))
    ? unseen(path, 'it holds zero bytes, so it counts as binary and was not read')
    : { files: [{ path, before, after }], gaps: [] };
}

/** What git keeps for itself is nobody's to edit, whatever it holds. */
const gitInside = /(?:^|\/)\.git(?:\/|$)/i;

/** A link to nowhere, a folder, a file of another repository, one too large or binary: what an edit does to it is not known. */
function unseen(what: string, why: string): Suggested {
  return { files: [], gaps: [{ what, why }] };
}

function isThere(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined;
}

function textAfter(path: string, before: string | null, edit: AskedEdit): string {
  const { content, old, new: replacement } = edit;
  const replaces = old !== undefined || replacement !== undefined;
  if (content !== undefined && !replaces) return content;
  if (content !== undefined || old === undefined || replacement === undefined)
    throw new UserError(
      'an edit is either the whole content, or what is old and what is new',
      'Give path and content, or path, old and new.',
    );
  if (before === null && old !== '')
    throw new UserError(`there is no ${path} to replace anything in`, 'Give its content instead.');
  const replacements = [{ old, new: replacement, all: false }];
  const { text, problems } = replaceText(before ?? '', { replacements, loose: false });
  if (problems.length === 0) return text;
  throw new UserError(
    `${path} is not edited like that: ${problems.join('; ')}`,
    'Read the file again, and give a passage that occurs exactly once, with its blanks as they are.',
  );
}

function placeOf(repository: Repository, typed: string): string {
  const { workTree } = repository;
  if (workTree === null)
    throw new UserError(
      `${repository.gitDir} is a bare repository: it has no files to edit`,
      'Serve a repository with a work tree: hallmonitor mcp --repo DIR.',
    );
  const path = typed.includes('\0')
    ? null
    : pathInRepository(repository, realPath(resolve(workTree, typed)), workTree);
  if (path !== null) return path;
  throw new UserError(
    `${typed} is not a file of this repository`,
    'Name a file below its top folder; what lies elsewhere belongs to another one.',
  );
}
