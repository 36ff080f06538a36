import { posix } from 'node:path';
import type { FileChange, Gap } from '../change/change.ts';
import { adjustmentsPath, noAdjustments, type Adjustments } from '../guards/adjust.ts';
import { baselinePath, readBaseline, type Baseline } from '../guards/baseline.ts';
import type { Guard } from '../guards/guard.ts';
import { readFilesAt, type Repository } from '../outside/git/git.ts';
import {
  codeownersPlaces,
  findCodeowners,
  ownersOf,
  readCodeowners,
  type Codeowners,
} from '../people/codeowners.ts';
import { identitiesOf, type Identities } from '../people/identities.ts';
import { noMailmap, readMailmap } from '../people/mailmap.ts';
import type { Roster } from '../people/people.ts';
import { emptyRoster, peopleFile, readRoster } from '../people/roster.ts';
import type { Unknown } from '../policy/subject.ts';
import { readCatalogue, servicesPath, type Catalogue } from '../risk/services.ts';
import { ownGuardsAt } from './own-guards.ts';
import { policyPath } from './policy-file.ts';

/** What a repository says about itself, as of the commit a change is to land on. */
export interface HouseFiles {
  readonly policyText: string | null;
  readonly baseline: Baseline;
  readonly ownGuards: readonly Guard[];
  readonly adjustments: Adjustments;
  readonly roster: Roster | Unknown;
  readonly identities: Identities;
  readonly codeowners: Codeowners | null;
  readonly catalogue: Catalogue;
  readonly gaps: readonly Gap[];
}

/** Files whose folders may hold a service catalogue: those of a change, or those of a history. */
export interface TouchedFiles {
  readonly files: readonly Pick<FileChange, 'path' | 'oldPath'>[];
}

/** More folders than these are not searched for service catalogues. */
const mostFolders = 2_000;

/** Reads them all in one batch. They come from the target branch, so that a change cannot exempt itself. */
export async function readHouseFiles(
  repository: Repository,
  change: TouchedFiles,
  home: string | null,
): Promise<HouseFiles> {
  const places = [...codeownersPlaces.github, ...codeownersPlaces.gitlab, '.gitlab-ci.yml'];
  const catalogues = catalogueFiles(change);
  const own = [policyPath, peopleFile, baselinePath, adjustmentsPath, servicesPath, '.mailmap'];
  const [files, guards] = await Promise.all([
    readFilesAt(repository, home, [...own, ...places, ...catalogues]),
    ownGuardsAt(repository, home),
  ]);
  const text = (path: string): string | null => files.get(path) ?? null;
  const people = readPeople(text(peopleFile));
  const adjustments = await adjustmentsIn(text(adjustmentsPath));
  const known = people.roster;
  const owners = findCodeowners((path) => text(path) !== null);
  const mailmap = text('.mailmap');
  const codeowners =
    owners === null ? null : readCodeowners(text(owners.path) ?? '', owners.dialect);
  return {
    policyText: text(policyPath),
    baseline: readBaseline(text(baselinePath)),
    ownGuards: guards.guards,
    adjustments,
    roster: known,
    identities: identitiesOf(
      'unknown' in known ? emptyRoster : known,
      mailmap === null ? noMailmap : readMailmap(mailmap),
    ),
    codeowners,
    ...withGaps(
      readCatalogue(
        [servicesPath, ...catalogues].flatMap((path) => {
          const content = text(path);
          return content === null ? [] : [{ path, text: content }];
        }),
        codeowners === null ? {} : { ownersOf: (path) => ownerNames(codeowners, path) },
      ),
      [...people.gaps, ...guards.gaps, ...adjustments.gaps],
    ),
  };
}

/** What a team said about guards; only who has such a file pays for the schema library that reads it. */
export async function adjustmentsIn(text: string | null): Promise<Adjustments> {
  if (text === null) return noAdjustments;
  const { readAdjustments } = await import('../guards/read-adjustments.ts');
  return readAdjustments(text);
}

function ownerNames(codeowners: Codeowners, path: string): readonly string[] {
  return ownersOf(codeowners, path).flatMap(({ owners }) => owners.map(({ name }) => name));
}

function readPeople(text: string | null): { roster: Roster | Unknown; gaps: readonly Gap[] } {
  if (text === null) return { roster: emptyRoster, gaps: [] };
  const { roster, problems } = readRoster(text);
  if (problems.length === 0) return { roster, gaps: [] };
  const gaps = problems.map(({ line, message }) => ({
    what: `${peopleFile}:${line}`,
    why: message,
  }));
  return { roster: { unknown: `${peopleFile} has errors` }, gaps };
}

function withGaps(
  catalogue: Catalogue,
  gaps: readonly Gap[],
): Pick<HouseFiles, 'catalogue' | 'gaps'> {
  const problems = catalogue.problems.map(({ path, line, message }) => ({
    what: `${path}:${line}`,
    why: message,
  }));
  return { catalogue, gaps: [...gaps, ...problems] };
}

/** A Backstage component owns the folder its file lies in: only folders above changed files can matter. */
function catalogueFiles(change: TouchedFiles): readonly string[] {
  const folders = new Set<string>(['.']);
  for (const path of change.files.flatMap((file) => [file.path, file.oldPath])) {
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) {
      if (folders.size >= mostFolders) break;
      folders.add(folder);
    }
  }
  return [...folders].flatMap((folder) => [
    posix.join(folder, 'catalog-info.yaml'),
    posix.join(folder, 'catalog-info.yml'),
  ]);
}
