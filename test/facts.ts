import type { Change, Commit, FileChange, Person } from '../src/change/change.ts';
import type { Facts } from '../src/gate/gate.ts';
import type { Finding } from '../src/guards/finding.ts';
import type { Severity } from '../src/guards/guard.ts';
import type { Expertise, Member } from '../src/people/people.ts';
import type { Authorship, Provenance } from '../src/provenance/provenance.ts';
import { attribute } from '../src/provenance/provenance.ts';
import type { Risk } from '../src/risk/risk.ts';

/** Somebody by first name; accounts that end in `[bot]` get a bot's address. */
function person(name: string): Person {
  const login = name.toLowerCase();
  return login.endsWith('[bot]')
    ? { name, email: `123+${login}@users.noreply.github.com` }
    : { name, email: `${login}@example.org` };
}

/** A commit of a story. */
function commit(
  sha: string,
  { by, committer, message = 'A change' }: { by: string; committer?: string; message?: string },
): Commit {
  const at = 1_000_000;
  return {
    sha,
    parents: [],
    author: person(by),
    committer: person(committer ?? by),
    authoredAt: at,
    committedAt: at,
    message,
  };
}

/** A file with added lines only. */
function file(path: string, lines: number): FileChange {
  const added = Array.from({ length: lines }, (_, at) => `line ${at}`);
  return {
    path,
    oldPath: path,
    status: 'modified',
    content: 'text',
    oldMode: '100644',
    newMode: '100644',
    generated: null,
    hunks: [{ oldStart: 1, newStart: 1, removed: [], added }],
    added: lines,
    deleted: 0,
    before: '',
    after: added.join('\n'),
    unread: null,
    origins: [],
  };
}

export interface Told {
  readonly by: string;
  readonly committer?: string;
  readonly lines?: number;
  readonly path?: string;
  /** AI wrote all of it, or a person did; otherwise nobody knows. */
  readonly ai?: boolean;
  readonly human?: boolean;
}

/** A change of one commit and one file, with the provenance it would have. */
export function change({
  by,
  committer,
  lines = 10,
  path = 'src/a.ts',
  ai,
  human,
}: Told): Change & {
  readonly wrote: Authorship;
} {
  const wrote = ai === true ? 'ai' : human === true ? 'human' : 'unknown';
  const commits = [commit('head', { by, ...(committer === undefined ? {} : { committer }) })];
  return { base: 'base', head: 'head', commits, files: [file(path, lines)], gaps: [], wrote };
}

function provenanceOf(told: Change): Provenance {
  const wrote =
    'wrote' in told && (told.wrote === 'ai' || told.wrote === 'human') ? told.wrote : null;
  const evidence =
    wrote === null
      ? []
      : [
          {
            id: 'e1',
            kind: 'trailer',
            claim: wrote,
            tool: wrote === 'ai' ? 'claude-code' : null,
            model: null,
            confidence: 'high',
            commit: 'head',
            covers: { kind: 'commit' },
            text: 'Assisted-by',
            source: 'test',
          } as const,
        ];
  return attribute(told, { evidence, trust: { emails: [], wholeRepository: false } });
}

const calm: Risk = {
  score: 0.05,
  percentile: 20,
  compared: 500,
  model: 'default',
  factors: [],
  services: [],
};

/** Facts in which everything is known, nothing is found and nobody has approved. */
export function facts(told: Partial<Facts> & Pick<Facts, 'change'>): Facts {
  return {
    provenance: provenanceOf(told.change),
    inspection: { findings: [], gaps: [] },
    risk: calm,
    roster: { members: [] },
    experts: new Map(),
    owners: [],
    now: 2_000_000,
    pushedAt: 1_000_000,
    branch: 'main',
    labels: [],
    ...told,
  };
}

/** Somebody in people.yml. */
export function member(name: string, told: Partial<Member> = {}): Member {
  const { email } = person(name);
  const plain = { level: null, teams: [], duties: [] };
  return { name, emails: [email], logins: [name.toLowerCase()], ...plain, ...told };
}

/** Somebody who knows that share of the changed lines. */
export function expertise(name: string, share: number): Expertise {
  return { ...person(name), share, changed: 3, reviewed: 0, lastAt: 900_000 };
}

/** A finding, silenced when a reason is given. */
export function finding(severity: Severity, silencedBy: string | null = null): Finding {
  return {
    guard: 'sql/drop-column',
    severity,
    path: 'src/a.ts',
    line: 3,
    endLine: 3,
    message: 'drops column coupon',
    impact: 'Running instances fail.',
    fix: 'Drop it in the next release.',
    confidence: 0.9,
    fingerprint: `fingerprint-${severity}`,
    suppressed: silencedBy === null ? null : { by: 'comment', reason: silencedBy },
  };
}
