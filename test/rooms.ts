/** Which room may import which. A folder that is not here is an error; so is an import that is not granted. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  change: [],
  provenance: ['change'],
  people: ['change'],
  guards: ['change'],
  risk: ['change', 'provenance', 'people', 'guards'],
  policy: ['change', 'provenance', 'people', 'guards', 'risk'],
  gate: ['change', 'provenance', 'people', 'guards', 'risk', 'policy'],
  judge: ['change', 'provenance', 'people', 'guards', 'risk', 'policy', 'gate'],
};

/** The files another room may import from a room; without an entry, only `<room>/<room>.ts`. */
export const doors: Readonly<Record<string, readonly string[]>> = {
  change: [
    'change.ts',
    'problems.ts',
    'past.ts',
    'diff.ts',
    'patch.ts',
    'classify.ts',
    'lineage.ts',
    'redact.ts',
    'decode.ts',
  ],
  provenance: [
    'provenance.ts',
    'commit-evidence.ts',
    'branch-evidence.ts',
    'notes.ts',
    'agent-trace.ts',
    'environment.ts',
    'share.ts',
    'stats.ts',
  ],
  people: [
    'people.ts',
    'codeowners.ts',
    'owners.ts',
    'expertise.ts',
    'roster.ts',
    'identities.ts',
    'mailmap.ts',
  ],
  guards: ['guards.ts', 'guard.ts', 'finding.ts', 'language.ts', 'baseline.ts'],
  risk: ['risk.ts', 'portrait.ts', 'services.ts'],
  policy: [
    'policy.ts',
    'problems.ts',
    'default-policy.ts',
    'explain.ts',
    'schema.ts',
    'importers/policy-bot/policy-bot.ts',
    'importers/policy-bot/conformance.ts',
    'importers/import-policy-bot.ts',
    'importers/import-codeowners.ts',
  ],
  gate: ['gate.ts'],
};
