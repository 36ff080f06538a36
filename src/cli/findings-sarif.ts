import type { Gap } from '../change/change.ts';
import type { Finding } from '../guards/finding.ts';
import type { Guard, Severity } from '../guards/guard.ts';

/** GitHub refuses more results a run; what is left out is said in a notification. */
export const maxSarifResults = 25_000;

export interface SarifInput {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  readonly guards: readonly Guard[];
  readonly version: string;
  /** Commit the paths belong to; null for plain trees. */
  readonly revision: string | null;
}

/** A SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). */
export function findingsSarif(input: SarifInput): object {
  const shown = input.findings.slice(0, maxSarifResults);
  const used = input.guards.filter(({ id }) => shown.some((finding) => finding.guard === id));
  const index = new Map(used.map((guard, at) => [guard.id, at]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver(used, input.version) },
        automationDetails: { id: 'hallmonitor/check/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'Root of the repository.' } } },
        ...(taxa(used).length > 0 ? { taxonomies: [cwe(used)] } : {}),
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notices(input) }],
        ...(isCommit(input.revision) ? { properties: { revision: input.revision } } : {}),
        results: shown.map((finding) => result(finding, index.get(finding.guard))),
      },
    ],
  };
}

function isCommit(revision: string | null): revision is string {
  return revision !== null && /^[0-9a-f]{40,64}$/.test(revision);
}

function driver(guards: readonly Guard[], version: string): object {
  return {
    name: 'Hallmonitor',
    semanticVersion: version,
    informationUri: 'https://www.npmjs.com/package/hallmonitor',
    rules: guards.map((guard) => ({
      id: guard.id,
      shortDescription: { text: `Protects ${guard.protects}.` },
      fullDescription: { text: guard.breaks },
      help: { text: guard.fix },
      defaultConfiguration: { level: levelOf(guard.severity) },
      properties: { tags: tagsOf(guard), precision: precisionOf(guard.confidence) },
      ...(guard.cwe.length > 0 ? { relationships: guard.cwe.map(relationship) } : {}),
    })),
  };
}

function relationship(id: number): object {
  return { target: { id: `CWE-${id}`, toolComponent: { name: 'CWE' } }, kinds: ['superset'] };
}

function cwe(guards: readonly Guard[]): object {
  return {
    name: 'CWE',
    organization: 'MITRE',
    informationUri: 'https://cwe.mitre.org/data/index.html',
    shortDescription: { text: 'Common Weakness Enumeration' },
    taxa: taxa(guards).map((id) => ({ id: `CWE-${id}` })),
  };
}

function taxa(guards: readonly Guard[]): readonly number[] {
  return [...new Set(guards.flatMap((guard) => guard.cwe))].sort((a, b) => a - b);
}

function tagsOf(guard: Guard): readonly string[] {
  return [
    'reliability',
    guard.id.split('/')[0] ?? '',
    ...guard.cwe.map((id) => `external/cwe/cwe-${id}`),
  ];
}

function precisionOf(confidence: number): string {
  if (confidence >= 0.9) return 'very-high';
  if (confidence >= 0.7) return 'high';
  return confidence >= 0.5 ? 'medium' : 'low';
}

function levelOf(severity: Severity): string {
  return { block: 'error', warn: 'warning', note: 'note' }[severity];
}

function notices({ findings, gaps }: SarifInput): readonly object[] {
  const cut = findings.length - maxSarifResults;
  const all =
    cut > 0 ? [...gaps, { what: `${cut} findings`, why: `a run holds ${maxSarifResults}` }] : gaps;
  return all.map(({ what, why }) => ({
    level: 'warning',
    descriptor: { id: 'not-checked' },
    message: { text: `Not checked: ${what} (${why})` },
  }));
}

function result(finding: Finding, ruleIndex: number | undefined): object {
  return {
    ruleId: finding.guard,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf(finding.severity),
    message: { text: `${finding.message}. ${finding.impact} ${finding.fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.path), uriBaseId: 'SRCROOT' },
          region: { startLine: finding.line, endLine: Math.max(finding.line, finding.endLine) },
        },
      },
    ],
    // GitHub compares this key between runs; a line number would make every shift a new alert.
    partialFingerprints: {
      primaryLocationLineHash: finding.fingerprint,
      'hallmonitor/v1': finding.fingerprint,
    },
    ...(finding.suppressed ? { suppressions: [suppression(finding.suppressed)] } : {}),
    properties: { confidence: finding.confidence },
  };
}

function suppression({ by, reason }: NonNullable<Finding['suppressed']>): object {
  return { kind: by === 'comment' ? 'inSource' : 'external', justification: reason };
}

function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
