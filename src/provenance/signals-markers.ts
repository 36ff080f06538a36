import type { Claim, Confidence } from './provenance.ts';
import type { Signal, Where } from './signals.ts';

interface Row {
  readonly tool: string | null;
  /** Last part of the row's id. */
  readonly label: string;
  readonly from: string;
  readonly sure?: Confidence;
  readonly claim?: Claim;
  readonly note?: string;
}

/**
 * What a message, a branch or a pull request says of itself. Trailer rows see one line with its key in lower
 * case; keys whose value must be understood first (`Assisted-by` and its like) are in `trailer-keys.ts`.
 */
export const markerSignals: readonly Signal[] = [
  // Session links: the key names the agent, presence is evidence
  marker('trailer', /^claude-session:\s*https:\/\/claude\.ai\/code\/session_/i, {
    tool: 'claude-code',
    label: 'session',
    from: 'aiblame, claude-sdk',
  }),
  marker('trailer', /^(?:claude-session(?:-path)?|claude-sessions-id|turbocommit-session):\s*\S/i, {
    tool: 'claude-code',
    label: 'session-key',
    from: 'aiblame',
  }),
  marker('trailer', /^agent-logs-url:\s*\S/i, {
    tool: 'copilot-agent',
    label: 'logs',
    from: 'aiblame, GitHub',
  }),
  marker('trailer', /^amp-thread-id:\s*\S/i, { tool: 'amp', label: 'thread', from: 'aiblame' }),
  marker('trailer', /^(?:entire-checkpoint|agent-conversation|agent-transcript):\s*\S/i, {
    tool: null,
    label: 'session',
    from: 'aiblame',
    note: 'an AI session, tool not named',
  }),
  marker('trailer', /^entire-attribution:\s*[1-9]\d?% agent/i, {
    tool: null,
    label: 'entire-part',
    from: 'Entire CLI',
    claim: 'mixed',
    sure: 'medium',
    note: 'a share per file pool; 0 % is known to be wrong and says nothing',
  }),
  marker('trailer', /^entire-attribution:\s*100% agent/i, {
    tool: null,
    label: 'entire-whole',
    from: 'Entire CLI',
    sure: 'medium',
  }),
  marker('trailer', /^made-with:\s*cursor\b/i, {
    tool: 'cursor',
    label: 'made-with',
    from: 'aiblame',
  }),
  marker('trailer', /^replit-commit-author:\s*agent\b/i, {
    tool: 'replit',
    label: 'agent',
    from: 'chaoss',
    sure: 'medium',
    note: 'high when both Replit trailers stand',
  }),
  marker('trailer', /^replit-commit-author:\s*assistant\b/i, {
    tool: 'replit',
    label: 'assistant',
    from: 'chaoss',
    sure: 'low',
  }),
  marker('trailer', /^replit-commit-session-id:\s*[a-f0-9-]+/i, {
    tool: 'replit',
    label: 'session',
    from: 'chaoss',
    sure: 'medium',
    note: 'high when both Replit trailers stand',
  }),
  // Text in the message
  marker('subject', /^aider:/i, { tool: 'aider', label: 'prefix', from: 'chaoss', sure: 'medium' }),
  marker('body', /\b(?:partly|partially) generated with \[Claude Code\]\(https:\/\/claude\./i, {
    tool: 'claude-code',
    label: 'part',
    from: 'cline/cline commits',
    claim: 'mixed',
  }),
  marker('body', /Generated with \[Claude Code\]\(https:\/\/claude\.(?:com|ai)\//i, {
    tool: 'claude-code',
    label: 'link',
    from: 'coderbuds; liam-hq/liam commits',
  }),
  marker('body', /Generated with Claude Code\b/i, {
    tool: 'claude-code',
    label: 'plain',
    from: 'chaoss',
    sure: 'medium',
    note: 'plain text without the link',
  }),
  marker('body', /\bMade with \[Cursor\]\(https:\/\/(?:www\.)?cursor\.com/i, {
    tool: 'cursor',
    label: 'link',
    from: 'electric-sql/electric commits',
    sure: 'medium',
  }),
  marker('body', /Generated with \[Devin\]/i, {
    tool: 'devin',
    label: 'link',
    from: 'aiblame, coderbuds',
  }),
  marker('pr-body', /<!--\s{0,9}CURSOR_SUMMARY\s{0,9}-->/i, {
    tool: 'cursor',
    label: 'summary',
    from: 'coderbuds',
    claim: 'advised',
    note: "Cursor's reviewer writes it under people's pull requests too, so it is no author's mark",
  }),
  marker('pr-body', /\bcursor\.com\/(?:background-agent|agents)\b/i, {
    tool: 'cursor',
    label: 'agents',
    from: 'coderbuds',
  }),
  // Branches: a name anyone can type
  marker('branch', /^copilot\//i, {
    tool: 'copilot-agent',
    label: 'prefix',
    from: 'aiblame, PRarena',
  }),
  marker('branch', /^codex\//i, {
    tool: 'codex',
    label: 'prefix',
    from: 'PRarena, coderbuds',
    sure: 'medium',
  }),
  marker('branch', /^cursor\//i, {
    tool: 'cursor',
    label: 'prefix',
    from: 'PRarena',
    sure: 'medium',
  }),
  marker('branch', /^devin\//i, {
    tool: 'devin',
    label: 'prefix',
    from: 'unverified',
    sure: 'low',
  }),
  marker('branch', /^claude\//i, {
    tool: 'claude-code',
    label: 'prefix',
    from: 'unverified',
    sure: 'low',
  }),
];

function marker(where: Where, shape: RegExp, row: Row): Signal {
  const claim = row.claim ?? 'ai';
  return {
    id: `${where}/${row.tool ?? 'ai'}/${row.label}`,
    tool: row.tool,
    where,
    match: { kind: 'text', shape },
    confidence: row.sure ?? 'high',
    claim,
    asCoAuthor: claim,
    source: row.from,
    note: row.note ?? '',
  };
}
