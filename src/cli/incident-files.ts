import type { Gap } from '../change/change.ts';
import { listFiles, readFilesAt, type Repository } from '../outside/git/git.ts';
import type { Incident } from '../replay/incidents.ts';
import { readIncidents } from '../replay/incident-reading.ts';

const onePath = '.hallmonitor/incidents.yml';
const folders = ['incidents', '.hallmonitor/incidents'];
/** More files than these are not read. */
const mostFiles = 2_000;

/** Incidents that the files of a commit tell about: `.hallmonitor/incidents.yml` and `incidents/*.yml`. */
export async function readIncidentFiles(
  repository: Repository,
  commit: string,
): Promise<{ readonly incidents: readonly Incident[]; readonly gaps: readonly Gap[] }> {
  const listed = (await listFiles(repository, commit, folders)) ?? [];
  const paths = [onePath, ...listed.filter((path) => /\.ya?ml$/.test(path)).slice(0, mostFiles)];
  const files = await readFilesAt(repository, commit, paths);
  const incidents: Incident[] = [];
  const gaps: Gap[] = [];
  for (const [path, text] of files) {
    if (text === null) continue;
    const reading = readIncidents(text, path);
    incidents.push(...reading.incidents);
    gaps.push(...reading.problems.map((why) => ({ what: path, why })));
  }
  return { incidents, gaps };
}
