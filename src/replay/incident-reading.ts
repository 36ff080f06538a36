import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Incident } from './incidents.ts';

/** What a file of incidents says, and what of it was not understood. */
export interface IncidentReading {
  readonly incidents: readonly Incident[];
  readonly problems: readonly string[];
}

const mostCharacters = 1_000_000;
const mostIncidents = 5_000;
const mostCauses = 50;

/**
 * Reads `{ caused_by: [sha, '#12'], severity, at }`, one of them, a list of them, or a list under `incidents`.
 * Never throws on content.
 */
export function readIncidents(text: string, source: string): IncidentReading {
  if (text.length > mostCharacters)
    return { incidents: [], problems: [`is longer than ${mostCharacters} characters`] };
  const document = parseDocument(text, { uniqueKeys: false });
  if (document.errors.length > 0) return { incidents: [], problems: ['is no valid YAML'] };
  const root: unknown = document.contents;
  const list = isMap(root) && root.has('incidents') ? root.get('incidents') : root;
  const items: readonly unknown[] = isSeq(list) ? list.items : list === null ? [] : [list];
  const read = items.slice(0, mostIncidents).map((item) => incidentOf(item, source));
  const incidents = read.filter((incident) => incident !== null);
  const left = items.length - incidents.length;
  const problems = left > 0 ? [`${left} of its entries name no cause (caused_by)`] : [];
  return { incidents, problems };
}

function incidentOf(item: unknown, source: string): Incident | null {
  if (!isMap(item)) return null;
  const causes: unknown = item.get('caused_by', true);
  const named: readonly unknown[] = isSeq(causes) ? causes.items : [causes];
  const causedBy = named.slice(0, mostCauses).flatMap((cause) => targetOf(cause));
  if (causedBy.length === 0) return null;
  const severity: unknown = item.get('severity');
  return {
    source,
    causedBy,
    severity: severity === undefined || severity === null ? null : plain(severity).slice(0, 40),
    at: timeOf(item.get('at')),
  };
}

/** As it is written: a commit id of digits alone would lose some of them as a number. */
function targetOf(cause: unknown): readonly string[] {
  if (!isScalar(cause)) return [];
  const text = (cause.source ?? plain(cause.value)).trim().toLowerCase();
  if (/^[#!]\d{1,9}$/.test(text)) return [`#${text.slice(1)}`];
  return /^[0-9a-f]{7,64}$/.test(text) ? [text] : [];
}

function timeOf(value: unknown): number | null {
  if (value instanceof Date) return Math.floor(value.getTime() / 1000);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string') return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.floor(at / 1000);
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
