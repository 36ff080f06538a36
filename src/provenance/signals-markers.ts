import type { Claim, Confidence } from './provenance.ts';
import type { Signal, Where } from './signals.ts';

interface Row {
  readonly tool: string | null;
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
    from: 'aiblame, claude-sdk',
  }),
  marker('trailer', /^(?:claude-session(?:-path)?|claude-sessions-id|turbocommit-session):\s*\S/i, {
    tool: 'claude-code',
    from: 'aiblame',
  }),
  marker('trailer', /^agent-logs-url:\s*\S/i, { tool: 'copilot-agent', from: 'aiblame, GitHub' }),
  marker('trailer', /^amp-thread-id:\s*\S/i, { tool: 'amp', from: 'aiblame' }),
  marker('trailer', /^(?:entire-checkpoint|agent-conversation|agent-transcript):\s*\S/i, {
    tool: null,
    from: 'aiblame',
    note: 'an AI session, tool not named',
  }),
  marker('trailer', /^entire-attribution:\s*[1-9]\d?% agent/i, {
    tool: null,
    from: 'Entire CLI',
    claim: 'mixed',
    sure: 'medium',
    note: 'a share per file pool; 0 % is known to be wrong and says nothing',
  }),
  marker('trailer', /^entire-attribution:\s*100% agent/i, {
    tool: null,
    from: 'Entire CLI',
    sure: 'medium',
  }),
  marker('trailer', /^made-with:\s*cursor\b/i, { tool: 'cursor', from: 'aiblame' }),
  marker('trailer', /^replit-commit-author:\s*agent\b/i, {
    tool: 'replit',
    from: 'chaoss',
    sure: 'medium',
    note: 'high when both Replit trailers stand',
  }),
  marker('trailer', /^replit-commit-author:\s*assistant\b/i, {
    tool: 'replit',
    from: 'chaoss',
    sure: 'low',
  }),
  marker('trailer', /^replit-commit-session-id:\s*[a-f0-9-]+/i, {
    tool: 'replit',
    from: 'chaoss',
    sure: 'medium',
    note: 'high when both Replit trailers stand',
  }),
  // Text in the message
  marker('subject', /^aider:/i, { tool: 'aider', from: 'chaoss', sure: 'medium' }),
  marker('body', /\b(?:partly|partially) generated with \[Claude Code\]\(https:\/\/claude\./i, {
    tool: 'claude-code',
    from: 'cline/cline commits',
    claim: 'mixed',
  }),
  marker('body', /Generated with \[Claude Code\]\(https:\/\/claude\.(?:com|ai)\//i, {
    tool: 'claude-code',
    from: 'coderbuds; liam-hq/liam commits',
  }),
  marker('body', /Generated with Claude Code\b/i, {
    tool: 'claude-code',
    from: 'chaoss',
    sure: 'medium',
    note: 'plain text without the link',
  }),
  marker('body', /\bMade with \[Cursor\]\(https:\/\/(?:www\.)?cursor\.com/i, {
    tool: 'cursor',
    from: 'electric-sql/electric commits',
    sure: 'medium',
  }),
  marker('body', /Generated with \[Devin\]/i, { tool: 'devin', from: 'aiblame, coderbuds' }),
  marker('pr-body', /<!--\s{0,9}CURSOR_SUMMARY\s{0,9}-->/i, {
    tool: 'cursor',
    from: 'coderbuds',
    claim: 'advised',
    note: "Cursor's reviewer writes it under people's pull requests too, so it is no author's mark",
  }),
  marker('pr-body', /\bcursor\.com\/(?:background-agent|agents)\b/i, {
    tool: 'cursor',
    from: 'coderbuds',
  }),
  // Branches: a name anyone can type
  marker('branch', /^copilot\//i, { tool: 'copilot-agent', from: 'aiblame, PRarena' }),
  marker('branch', /^codex\//i, { tool: 'codex', from: 'PRarena, coderbuds', sure: 'medium' }),
  marker('branch', /^cursor\//i, { tool: 'cursor', from: 'PRarena', sure: 'medium' }),
  marker('branch', /^devin\//i, { tool: 'devin', from: 'unverified', sure: 'low' }),
  marker('branch', /^claude\//i, { tool: 'claude-code', from: 'unverified', sure: 'low' }),
];

function marker(where: Where, shape: RegExp, row: Row): Signal {
  const claim = row.claim ?? 'ai';
  return {
    id: `${where}/${row.tool ?? 'ai'}/${shape.source.replace(/[^a-z]+/gi, '-').slice(0, 40)}`,
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
