import type { Reach, Way } from '../reach/reach.ts';
import { count } from './plain.ts';

/** Ways that are told in full; the rest is counted. */
const toldWays = 3;
/** A longer way is told by its ends. */
const longestWay = 4;

/** What a change reaches, as sentences: the ways that matter most, from the changed line to the entry point. */
export function reachSentences({ ways }: Reach): readonly string[] {
  const shown = ways.slice(0, toldWays).map(wayWords);
  const rest = ways.length - shown.length;
  return rest === 0 ? shown : [...shown, `and ${count(rest, 'more entry point')}`];
}

function wayWords({ files, line, entry, services }: Way): string {
  const names = files.map((path, at) => (at === 0 ? `${path}:${line}` : shortName(path)));
  const told =
    names.length <= longestWay
      ? names
      : [...names.slice(0, 2), `… ${names.length - 3} more`, names.at(-1) ?? ''];
  const [service] = services;
  const tier = service?.tier ?? null;
  const of =
    service === undefined ? '' : ` of ${service.name}${tier === null ? '' : ` (tier ${tier})`}`;
  const what = entry.kind === 'named' ? entry.name : `${entry.kind} ${entry.name}`;
  return `${told.join(' → ')}: ${what}${of}`;
}

/** The last two names of a path tell most files apart. */
function shortName(path: string): string {
  return path.split('/').slice(-2).join('/');
}
