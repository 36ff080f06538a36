import { describe, expect, test } from 'vitest';
import { readBranch } from './branch-evidence.ts';
import { readCommit } from './commit-evidence.ts';
import type { Claim, Evidence } from './provenance.ts';
import { signals } from './signals.ts';
import { strongKeys, weakKeys } from './trailer-keys.ts';
import { commit } from '../../test/commit.ts';

/** A message, or who committed it, as it was seen in the wild. */
interface Example {
  readonly says?: string;
  readonly by?: string;
  readonly branch?: string;
  /** What the row answers here, when it is not its ordinary claim. */
  readonly claim?: Claim;
}

function evidenceOf({ says = 'Change\n', by, branch }: Example): readonly Evidence[] {
  if (branch !== undefined) return readBranch(branch);
  return readCommit(commit({ says, ...(by === undefined ? {} : { by }) }));
}

function coAuthor(person: string): Example {
  return { says: `Change\n\nCo-authored-by: ${person}\n` };
}

/** One example, or more, for every row of the table: `every row has an example` holds it complete. */
const examples: Readonly<Record<string, readonly Example[]>> = {
  'email/noreply@anthropic.com': [
    coAuthor('Claude Opus 5 <noreply@anthropic.com>'),
    { by: 'Claude <noreply@anthropic.com>' },
  ],
  'login/claude-code/claude[bot]': [
    coAuthor('claude[bot] <209825114+claude[bot]@users.noreply.github.com>'),
    coAuthor('claude[bot] <41898282+claude[bot]@users.noreply.github.com>'),
    { by: 'claude[bot] <209825114+claude[bot]@users.noreply.github.com>' },
  ],
  'email/claude@anthropic.ai': [coAuthor('Claude <claude@anthropic.ai>')],
  'login/claude-code/anthropic-claude[bot]': [
    coAuthor('a <215619710+anthropic-claude[bot]@users.noreply.github.com>'),
  ],
  'login/claude-code/claude-code-action[bot]': [
    coAuthor('a <208546643+claude-code-action[bot]@users.noreply.github.com>'),
  ],
  'name/claude-code': [
    {
      by: 'liam-claude-code-action-bot[bot] <219808715+liam-claude-code-action-bot[bot]@users.noreply.github.com>',
    },
  ],
  'login/copilot-agent/Copilot': [
    { by: 'copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>' },
    coAuthor('Copilot <198982749+Copilot@users.noreply.github.com>'),
  ],
  'login/copilot-agent/copilot-swe-agent[bot]': [
    { by: 'copilot-swe-agent[bot] <copilot-swe-agent[bot]@users.noreply.github.com>' },
  ],
  'login/copilot-cli/Copilot': [
    coAuthor('Copilot <223556219+Copilot@users.noreply.github.com>'),
    coAuthor('Copilot <175728472+Copilot@users.noreply.github.com>'),
  ],
  'email/copilot@github.com': [coAuthor('Copilot <copilot@github.com>')],
  'login/copilot-autofix/github-advanced-security[bot]': [
    coAuthor(
      'Copilot Autofix powered by AI <62310815+github-advanced-security[bot]@users.noreply.github.com>',
    ),
  ],
  'login/copilot-chat/copilot[bot]': [
    coAuthor('c <167198135+copilot[bot]@users.noreply.github.com>'),
  ],
  'login/copilot-review/copilot-pull-request-reviewer[bot]': [
    {
      ...coAuthor('r <1+copilot-pull-request-reviewer[bot]@users.noreply.github.com>'),
      claim: 'advised',
    },
  ],
  'email/cursoragent@cursor.com': [
    coAuthor('Cursor <cursoragent@cursor.com>'),
    { by: 'Cursor Agent <cursoragent@cursor.com>' },
  ],
  'login/cursor/cursor[bot]': [coAuthor('c <206951365+cursor[bot]@users.noreply.github.com>')],
  'email/agent@cursor.com': [coAuthor('Cursor <agent@cursor.com>')],
  'email/noreply@openai.com': [coAuthor('Codex <noreply@openai.com>')],
  'email/codex@openai.com': [{ by: 'Codex <codex@openai.com>' }],
  'login/droid/factory-droid[bot]': [
    coAuthor('factory-droid[bot] <138933559+factory-droid[bot]@users.noreply.github.com>'),
  ],
  'login/codex/chatgpt-codex-connector[bot]': [
    {
      by: 'chatgpt-codex-connector[bot] <199175422+chatgpt-codex-connector[bot]@users.noreply.github.com>',
    },
  ],
  'login/codex/openai-codex[bot]': [
    coAuthor('x <215057067+openai-codex[bot]@users.noreply.github.com>'),
  ],
  'email/codex@example.com': [{ by: 'Codex Test <codex@example.com>' }],
  'login/gemini/gemini-code-assist[bot]': [
    {
      ...coAuthor(
        'gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>',
      ),
      claim: 'advised',
    },
    {
      by: 'gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>',
    },
  ],
  'email/gemini-cli-agent@google.com': [coAuthor('gemini-cli-agent <gemini-cli-agent@google.com>')],
  'login/jules/google-labs-jules[bot]': [
    {
      by: 'google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>',
    },
  ],
  'login/devin/devin-ai-integration[bot]': [
    { by: 'Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>' },
    coAuthor('d <devin-ai-integration[bot]@users.noreply.github.com>'),
  ],
  'email/amp@ampcode.com': [coAuthor('Amp <amp@ampcode.com>')],
  'name/aider': [
    { by: 'Paul Gauthier (aider) <paul@aider.chat>' },
    { by: 'Kay (aider) <1234+kay@users.noreply.github.com>' },
  ],
  'name/model': [{ by: 'Ali Ayas (claude-sonnet-4-20250514) <mali@maliayas.com>' }],
  'email/aider@aider.chat': [coAuthor('aider (gemini/gemini-2.5-pro) <aider@aider.chat>')],
  'email/noreply@aider.chat': [coAuthor('aider (openai/gpt-4.1) <noreply@aider.chat>')],
  'email/noreply@aider.dev': [
    coAuthor('aider (vertex_ai/gemini-2.5-pro-exp-03-25) <noreply@aider.dev>'),
  ],
  'email/openhands@all-hands.dev': [coAuthor('openhands <openhands@all-hands.dev>')],
  'email/noreply@opencode.ai': [coAuthor('OpenCode GPT-5.6 Sol <noreply@opencode.ai>')],
  'login/opencode/opencode-agent[bot]': [
    coAuthor('o <1+opencode-agent[bot]@users.noreply.github.com>'),
  ],
  'login/amazon-q/amazon-q-developer[bot]': [
    coAuthor('q <208079219+amazon-q-developer[bot]@users.noreply.github.com>'),
  ],
  'name/kiro': [coAuthor('Kiro Agent <noreply@kiro.dev>')],
  'login/sweep/sweep-ai[bot]': [coAuthor('s <1+sweep-ai[bot]@users.noreply.github.com>')],
  'login/codegen/codegen-sh[bot]': [coAuthor('c <1+codegen-sh[bot]@users.noreply.github.com>')],
  'login/lovable/lovable-dev[bot]': [coAuthor('l <1+lovable-dev[bot]@users.noreply.github.com>')],
  'login/lovable/gpt-engineer-app[bot]': [
    { by: 'gpt-engineer-app[bot] <159125892+gpt-engineer-app[bot]@users.noreply.github.com>' },
  ],
  'login/v0/v0[bot]': [{ by: 'v0 <1+v0[bot]@users.noreply.github.com>' }],
  'login/cline/cline[bot]': [coAuthor('c <205137888+cline[bot]@users.noreply.github.com>')],
  'login/cline/cline-cloud[bot]': [
    { by: 'cline-cloud[bot] <276134852+cline-cloud[bot]@users.noreply.github.com>' },
  ],
  'login/terragon/terragon-labs[bot]': [
    coAuthor('terragon-labs[bot] <terragon-labs[bot]@users.noreply.github.com>'),
  ],
  'email/roomote@roocode.com': [coAuthor('Roo Code <roomote@roocode.com>')],
  'name/other': [coAuthor('Cline <noreply@cline.bot>'), coAuthor('Windsurf')],
  'email/droid@factory.ai': [coAuthor('factory-droid <droid@factory.ai>')],
  'email/crush@charm.land': [coAuthor('Crush <crush@charm.land>')],
  'email/pi@earendil.works': [coAuthor('pi <pi@earendil.works>')],
  'email/grok@x.ai': [coAuthor('Grok <grok@x.ai>')],
  'email/noreply@alibaba.com': [coAuthor('Qwen-Coder <noreply@alibaba.com>')],
  'email/noreply@codebuff.com': [coAuthor('Codebuff <noreply@codebuff.com>')],
  'email/antigravity@gemini.ai': [coAuthor('Antigravity <antigravity@gemini.ai>')],
  'login/continue/continue[bot]': [
    coAuthor('c <230936708+continue[bot]@users.noreply.github.com>'),
  ],
  'login/cody/sourcegraph-cody[bot]': [
    coAuthor('c <201248094+sourcegraph-cody[bot]@users.noreply.github.com>'),
  ],
  'login/jetbrains-ai/jetbrains-ai[bot]': [
    coAuthor('j <220155983+jetbrains-ai[bot]@users.noreply.github.com>'),
  ],
  'login/coderabbit/coderabbitai[bot]': [
    {
      ...coAuthor('coderabbitai[bot] <136622811+coderabbitai[bot]@users.noreply.github.com>'),
      claim: 'advised',
    },
    { by: 'coderabbitai[bot] <136622811+coderabbitai[bot]@users.noreply.github.com>' },
  ],
  'login/ellipsis/ellipsis-dev[bot]': [
    {
      ...coAuthor('ellipsis-dev[bot] <65095814+ellipsis-dev[bot]@users.noreply.github.com>'),
      claim: 'advised',
    },
  ],
  'login/greptile/greptile-apps[bot]': [
    {
      ...coAuthor('greptile-apps[bot] <165735046+greptile-apps[bot]@users.noreply.github.com>'),
      claim: 'advised',
    },
  ],
  'login/qodo/qodo-merge-pro-for-open-source[bot]': [
    {
      ...coAuthor('q <189517486+qodo-merge-pro-for-open-source[bot]@users.noreply.github.com>'),
      claim: 'advised',
    },
  ],
  'login/qodo/qodo-merge-for-open-source[bot]': [
    {
      ...coAuthor('q <1+qodo-merge-for-open-source[bot]@users.noreply.github.com>'),
      claim: 'advised',
    },
  ],
  'login/qodo/qodo-merge-pro[bot]': [
    { ...coAuthor('q <1+qodo-merge-pro[bot]@users.noreply.github.com>'), claim: 'advised' },
  ],
  'login/sourcery/sourcery-ai[bot]': [
    { ...coAuthor('s <1+sourcery-ai[bot]@users.noreply.github.com>'), claim: 'advised' },
  ],
  'trailer/claude-code/session': [
    { says: 'Fix\n\nClaude-Session: https://claude.ai/code/session_017VJNCE1o6zzcVfpjpTVnt5\n' },
  ],
  'trailer/claude-code/session-key': [
    { says: 'Fix\n\nClaude-Session-Path: /tmp/a.jsonl\n' },
    { says: 'Fix\n\nTurboCommit-Session: 12\n' },
  ],
  'trailer/copilot-agent/logs': [
    { says: 'Fix\n\nAgent-Logs-Url: https://github.com/o/r/sessions/3f\n' },
  ],
  'trailer/amp/thread': [{ says: 'Fix\n\nAmp-Thread-ID: https://ampcode.com/threads/T-1\n' }],
  'trailer/ai/session': [
    { says: 'Fix\n\nEntire-Checkpoint: a3b2c4d5e6f7\n' },
    { says: 'Fix\n\nAgent-Transcript: notes/1.md\n' },
  ],
  'trailer/ai/entire-part': [{ says: 'Fix\n\nEntire-Attribution: 73% agent (146/200 lines)\n' }],
  'trailer/ai/entire-whole': [{ says: 'Fix\n\nEntire-Attribution: 100% agent (12/12 lines)\n' }],
  'trailer/cursor/made-with': [{ says: 'Fix\n\nMade-with: Cursor\n' }],
  'trailer/replit/agent': [{ says: 'Fix\n\nReplit-Commit-Author: Agent\n' }],
  'trailer/replit/assistant': [{ says: 'Fix\n\nReplit-Commit-Author: Assistant\n' }],
  'trailer/replit/session': [
    { says: 'Fix\n\nReplit-Commit-Session-Id: 3f2a9c1b-0d4e-4f5a-8b6c\n' },
  ],
  'subject/aider/prefix': [{ says: 'aider: Added a function to parse dates.\n' }],
  'body/claude-code/part': [
    {
      says: 'Fix\n\n🤖 Partly generated with [Claude Code](https://claude.com/claude-code)\n',
    },
  ],
  'body/claude-code/link': [
    { says: 'Fix\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n' },
    { says: 'Fix\n\n🤖 Generated with [Claude Code](https://claude.ai/code)\n' },
  ],
  'body/claude-code/plain': [{ says: 'Fix\n\nGenerated with Claude Code\n' }],
  'body/cursor/link': [{ says: 'Fix\n\nMade with [Cursor](https://cursor.com)\n' }],
  'body/devin/link': [{ says: 'Fix\n\nGenerated with [Devin](https://devin.ai)\n' }],
  'pr-body/cursor/summary': [{ says: 'Fix (#1)\n\n<!-- CURSOR_SUMMARY -->\n> summary\n' }],
  'pr-body/cursor/agents': [
    { says: 'Fix (#1)\n\n[Open in Web](https://cursor.com/agents?id=bc-1)\n' },
  ],
  'branch/copilot-agent/prefix': [{ branch: 'copilot/fix-crash' }],
  'branch/codex/prefix': [{ branch: 'refs/heads/codex/python-3-14-support' }],
  'branch/cursor/prefix': [{ branch: 'cursor/retry-a1b2' }],
  'branch/devin/prefix': [{ branch: 'devin/1741568016-add-trendshift-badge' }],
  'branch/claude-code/prefix': [{ branch: 'claude/issue-2233-20250626' }],
};

test('every row of the table has an example, and every example a row', () => {
  expect(Object.keys(examples).toSorted()).toEqual(signals.map(({ id }) => id).toSorted());
});

test('no two rows share an id, and every row names its source', () => {
  expect(new Set(signals.map(({ id }) => id)).size).toBe(signals.length);
  expect(signals.filter(({ source }) => source === '')).toEqual([]);
});

describe.each(signals.map((row) => [row.id, row] as const))('%s', (id, row) => {
  test.each(examples[id] ?? [])('speaks for %o', (example) => {
    const found = evidenceOf(example).find(({ source }) => source.startsWith(`${id} (`));
    expect(found).toMatchObject({
      claim: example.claim ?? row.claim,
      confidence: row.confidence,
      ...(row.tool === null ? {} : { tool: row.tool }),
    });
  });
});

test.each([...strongKeys])('the strong key %s discloses an agent', (key) => {
  expect(evidenceOf({ says: `Fix\n\n${key}: Claude Code\n` })[0]).toMatchObject({
    kind: 'trailer',
  });
});

test.each([...weakKeys])('the weak key %s counts with an agent and not without', (key) => {
  expect(evidenceOf({ says: `Fix\n\n${key}: Claude Code\n` })[0]).toMatchObject({
    tool: 'claude-code',
    claim: 'ai',
  });
  expect(evidenceOf({ says: `Fix\n\n${key}: StageFreight\n` })).toEqual([]);
});

test('two Replit trailers together are surer than one', () => {
  const both = evidenceOf({
    says: 'Fix\n\nReplit-Commit-Author: Agent\nReplit-Commit-Session-Id: 3f2a9c1b-0d4e\n',
  });
  expect(both.map(({ confidence }) => confidence)).toEqual(['high', 'high']);
});
