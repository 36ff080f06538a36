import type { Change, FileChange } from '../change/change.ts';
import { portionOf } from '../policy/areas.ts';
import type { MeasuredFile } from '../policy/areas.ts';
import type { Policy } from '../policy/policy.ts';
import { isUnknown } from '../policy/subject.ts';
import type { Someone, Subject, SubjectAi, SubjectReach, Unknown } from '../policy/subject.ts';
import type { Provenance, Trust } from '../provenance/provenance.ts';
import type { Reach } from '../reach/reach.ts';
import type { Risk } from '../risk/risk.ts';
import type { Facts, Found } from './facts.ts';

/** Puts together everything a policy may ask about a change. */
export function subjectOf(policy: Policy, facts: Facts, authors: readonly Someone[]): Subject {
  const { change, provenance, risk } = facts;
  const files = measured(change, provenance);
  const areas = [...policy.areas.values()].map(
    ({ name, matches }) => [name, portionOf(files, matches)] as const,
  );
  return {
    whole: portionOf(files, () => true),
    areas: new Map(areas),
    incomplete: incompleteness(facts),
    commits: change.commits.length,
    ai: aiOf(facts, policy.trust),
    authors: authors.length > 0 ? authors : noAuthor(facts),
    riskScore: isUnknown(risk) ? risk : risk.score,
    riskPercentile: isUnknown(risk) ? risk : rankOf(risk),
    findings: findingsOf(facts.inspection),
    unfound: unfoundIn(facts.inspection),
    services: isUnknown(risk) ? risk : risk.services,
    ...(facts.reach === undefined ? {} : { reached: reachedBy(facts.reach) }),
    branch: facts.branch ?? { unknown: 'nobody said where it should land' },
    labels: facts.labels ?? { unknown: 'there is no forge to ask' },
  };
}

function reachedBy({ ways, services, gaps }: Reach): SubjectReach {
  const names = [...ways.map(({ entry }) => entry.name), ...services.map(({ name }) => name)];
  return { names: [...new Set(names)], services, incomplete: gaps[0]?.why ?? null };
}

function measured(change: Change, provenance: Provenance | Unknown): readonly MeasuredFile[] {
  const written = new Map(
    isUnknown(provenance) ? [] : provenance.files.map((file) => [file.path, file.runs]),
  );
  return change.files.map((file) => {
    const counts = { ai: 0, human: 0 };
    for (const { from, to, authorship } of written.get(file.path) ?? []) {
      if (authorship === 'ai' || authorship === 'mixed') counts.ai += to - from + 1;
      if (authorship === 'human') counts.human += to - from + 1;
    }
    const read = file.generated === null;
    const { path, oldPath } = file;
    if (!read) return { path, oldPath, added: 0, deleted: 0, ai: 0, human: 0, unknown: 0 };
    // What no run speaks about has no known author, even when the runs were cut short.
    const unknown = Math.max(0, file.added - counts.ai - counts.human);
    return { path, oldPath, added: file.added, deleted: file.deleted, ...counts, unknown };
  });
}

/** Why files or their lines may be missing; null when all are there. */
export function incompleteness({ incomplete, change }: Facts): string | null {
  if (incomplete !== undefined) return incomplete;
  // A text file that could not be read hides how many lines it changes.
  const hidden = change.files.find(isHidden);
  return hidden ? `${hidden.path} was not read: ${hidden.unread}` : null;
}

function isHidden({ unread: why, content, generated, added, deleted }: FileChange): boolean {
  return why !== null && content === 'text' && generated === null && added + deleted === 0;
}

function aiOf({ change, provenance, writer }: Facts, trust: Trust): SubjectAi {
  if (isUnknown(provenance))
    return {
      seen: false,
      linesDecide: false,
      advised: false,
      tools: [],
      evidence: [],
      missing: provenance.unknown,
    };
  const { evidence, lines, tools, advised } = provenance;
  const speaking = evidence.filter(
    ({ claim }) => claim === 'ai' || claim === 'mixed' || claim === 'advised',
  );
  const named = speaking.flatMap(({ tool, model }) => (tool === null ? [] : [{ tool, model }]));
  const people = [...change.commits.map(({ author }) => author), ...(writer ? [writer] : [])];
  const trusted =
    trust.wholeRepository ||
    (people.length > 0 && people.every(({ email }) => trust.emails.includes(email.toLowerCase())));
  return {
    seen: lines.ai + lines.mixed > 0 || advised || speaking.length > 0,
    linesDecide: trusted || speaking.length > 0 || evidence.some(({ claim }) => claim === 'human'),
    advised,
    tools: [...tools.map(({ tool, model }) => ({ tool, model })), ...named],
    evidence: [...new Set(speaking.map(({ id }) => id))],
    missing: null,
  };
}

function noAuthor({ change }: Facts): Unknown {
  return {
    unknown:
      change.commits.length === 0 ? 'nothing is committed yet' : 'no person is named as author',
  };
}

function rankOf({ percentile, compared }: Risk): number | Unknown {
  return percentile ?? { unknown: `there are only ${compared} earlier changes to compare with` };
}

function findingsOf(inspection: Found | Unknown): Subject['findings'] {
  if (isUnknown(inspection)) return [];
  return inspection.findings
    .filter(({ suppressed }) => suppressed === null)
    .map(({ guard, severity, fingerprint }) => ({ guard, severity, fingerprint }));
}

function unfoundIn(inspection: Found | Unknown): string | null {
  if (isUnknown(inspection)) return inspection.unknown;
  const [first, ...more] = inspection.gaps;
  if (!first) return null;
  return `${first.what}: ${first.why}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
}
