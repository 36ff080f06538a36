import type { Claim, Confidence } from './provenance.ts';
import type { Matcher, Signal, Where } from './signals.ts';

interface Row {
  readonly from: string;
  readonly sure?: Confidence;
  readonly claim?: Claim;
  readonly asCoAuthor?: Claim;
  readonly note?: string;
}

/** Who: addresses, forge accounts and names that belong to a tool. */
export const accountSignals: readonly Signal[] = [
  // Claude Code
  address('claude-code', 'noreply@anthropic.com', { from: 'git-ai, chaoss, aiblame' }),
  account('claude-code', 'claude[bot]', { ids: [209825114], from: 'git-ai, chaoss, aiblame' }),
  address('claude-code', 'claude@anthropic.ai', { from: 'aiblame', sure: 'medium' }),
  account('claude-code', 'anthropic-claude[bot]', {
    ids: [215619710],
    from: 'chaoss',
    sure: 'low',
    note: 'unverified id',
  }),
  account('claude-code', 'claude-code-action[bot]', {
    ids: [208546643],
    from: 'chaoss',
    sure: 'low',
    note: 'unverified id',
  }),
  name('claude-code', /^[\w-]*claude-code[\w-]*\[bot\]$/i, {
    from: 'liam-hq/liam commits',
    sure: 'medium',
    outranks: false,
    note: "a team's own forge app that runs Claude Code",
  }),
  // GitHub Copilot: one name, three numeric ids
  account('copilot-agent', 'Copilot', { ids: [198982749], from: 'git-ai, aiblame, chaoss' }),
  account('copilot-agent', 'copilot-swe-agent[bot]', { ids: [], from: 'git-ai, aiblame' }),
  account('copilot-cli', 'Copilot', { ids: [175728472, 223556219], from: 'aiblame' }),
  address('copilot-vscode', 'copilot@github.com', {
    from: 'aiblame',
    sure: 'medium',
    note: 'VS Code once added it to commits without Copilot',
  }),
  account('copilot-autofix', 'github-advanced-security[bot]', {
    ids: [62310815],
    from: 'aiblame; cline/cline commits',
  }),
  account('copilot-chat', 'copilot[bot]', {
    ids: [167198135],
    from: 'chaoss',
    sure: 'low',
    note: 'unverified id',
  }),
  account('copilot-review', 'copilot-pull-request-reviewer[bot]', reviewer('GitHub')),
  // Cursor
  address('cursor', 'cursoragent@cursor.com', { from: 'git-ai, chaoss, aiblame' }),
  account('cursor', 'cursor[bot]', { ids: [206951365], from: 'git-ai, chaoss' }),
  address('cursor', 'agent@cursor.com', { from: 'aiblame', sure: 'medium' }),
  // OpenAI Codex
  address('codex', 'noreply@openai.com', { from: 'git-ai, aiblame' }),
  address('codex', 'codex@openai.com', { from: 'git-ai-project/git-ai commits' }),
  account('codex', 'chatgpt-codex-connector[bot]', { ids: [199175422], from: 'chaoss, aiblame' }),
  account('codex', 'openai-codex[bot]', {
    ids: [215057067],
    from: 'chaoss',
    note: 'unverified id',
  }),
  address('codex', 'codex@example.com', {
    from: 'aiblame',
    note: 'cloud Codex; the address maps to an unrelated forge account',
  }),
  // Google. gemini-cli-robot makes releases: see the table of bots.
  account('gemini', 'gemini-code-assist[bot]', {
    ids: [176961590],
    from: 'chaoss, aiblame; google-gemini/gemini-cli commits',
    asCoAuthor: 'advised',
    note: 'a reviewer; as co-author it means an accepted suggestion',
  }),
  address('gemini', 'gemini-cli-agent@google.com', { from: 'aiblame' }),
  account('jules', 'google-labs-jules[bot]', {
    ids: [161369871],
    from: 'aiblame, PRarena',
    note: 'second-hand id',
  }),
  // Devin, Amp, aider
  account('devin', 'devin-ai-integration[bot]', {
    ids: [158243242],
    from: 'git-ai, chaoss, aiblame',
  }),
  address('amp', 'amp@ampcode.com', { from: 'aiblame' }),
  name('aider', / \(aider\)$/i, {
    from: 'aiblame; aider.chat git docs',
    anyAddress: true,
    note: "sits on a person's own name; on the committer alone the lines are that person's",
  }),
  name(null, / \((?:[a-z_]+\/)*(?:claude|gpt|gemini|deepseek|grok|qwen|o[134])-[\w.-]+\)$/i, {
    from: 'Aider-AI/aider commits',
    sure: 'medium',
    anyAddress: true,
    outranks: false,
    note: "a model beside a person's own name",
  }),
  address('aider', 'aider@aider.chat', { from: 'chaoss, aiblame' }),
  address('aider', 'noreply@aider.chat', { from: 'chaoss, aiblame' }),
  address('aider', 'noreply@aider.dev', { from: 'Aider-AI/aider commits' }),
  // Others with their own address or account
  address('openhands', 'openhands@all-hands.dev', { from: 'aiblame' }),
  address('opencode', 'noreply@opencode.ai', { from: 'aiblame' }),
  account('opencode', 'opencode-agent[bot]', { ids: [], from: 'aiblame' }),
  account('amazon-q', 'amazon-q-developer[bot]', { ids: [208079219], from: 'chaoss, aiblame' }),
  name('kiro', /^kiro(?: (?:agent|cli))?$/i, { from: 'aiblame', sure: 'low', note: 'names only' }),
  account('sweep', 'sweep-ai[bot]', { ids: [], from: 'aiblame' }),
  account('codegen', 'codegen-sh[bot]', { ids: [], from: 'aiblame, PRarena' }),
  account('lovable', 'lovable-dev[bot]', { ids: [], from: 'aiblame' }),
  account('lovable', 'gpt-engineer-app[bot]', { ids: [], from: 'aiblame' }),
  account('v0', 'v0[bot]', { ids: [], from: 'aiblame' }),
  // No documented default trailer: the exact tool name as a trailer person only
  account('cline', 'cline[bot]', { ids: [205137888], from: 'chaoss', sure: 'low' }),
  account('cline', 'cline-cloud[bot]', {
    ids: [276134852],
    from: 'cline/cline commits',
    sure: 'medium',
  }),
  account('terragon', 'terragon-labs[bot]', { ids: [], from: 'vercel/ai commits', sure: 'medium' }),
  address('roo', 'roomote@roocode.com', { from: 'git-ai', sure: 'low' }),
  name(
    null,
    /^(?:cline|roo[ -]code|windsurf|cascade|zed|zed agent|warp|warp agent|kilo[ -]code|junie|goose)$/i,
    { from: 'aiblame', sure: 'low', note: 'the tool is the name' },
  ),
  // Own address, seen in public commits
  address('droid', 'droid@factory.ai', { from: 'aiblame', sure: 'medium' }),
  account('droid', 'factory-droid[bot]', {
    ids: [138933559],
    from: 'git-ai-project/git-ai commits',
    sure: 'medium',
  }),
  address('crush', 'crush@charm.land', { from: 'aiblame', sure: 'medium' }),
  address('pi', 'pi@earendil.works', { from: 'aiblame', sure: 'medium' }),
  address('grok', 'grok@x.ai', { from: 'aiblame', sure: 'medium' }),
  address('qwen', 'noreply@alibaba.com', { from: 'aiblame', sure: 'medium' }),
  address('codebuff', 'noreply@codebuff.com', { from: 'aiblame', sure: 'medium' }),
  address('antigravity', 'antigravity@gemini.ai', { from: 'aiblame', sure: 'medium' }),
  // Numeric ids that one source lists, unverified
  account('continue', 'continue[bot]', { ids: [230936708], from: 'chaoss', sure: 'low' }),
  account('cody', 'sourcegraph-cody[bot]', { ids: [201248094], from: 'chaoss', sure: 'low' }),
  account('jetbrains-ai', 'jetbrains-ai[bot]', { ids: [220155983], from: 'chaoss', sure: 'low' }),
  // Reviewers: as co-author of a person's commit they gave advice that was accepted
  account('coderabbit', 'coderabbitai[bot]', { ...reviewer('chaoss'), ids: [136622811] }),
  account('ellipsis', 'ellipsis-dev[bot]', { ...reviewer('cline/cline commits'), ids: [65095814] }),
  account('greptile', 'greptile-apps[bot]', {
    ...reviewer('cline/cline, growthbook/growthbook commits'),
    ids: [165735046],
  }),
  account('qodo', 'qodo-merge-pro-for-open-source[bot]', {
    ...reviewer('liam-hq/liam commits'),
    ids: [189517486],
  }),
  account('qodo', 'qodo-merge-for-open-source[bot]', reviewer('liam-hq/liam commits')),
  account('qodo', 'qodo-merge-pro[bot]', reviewer('their documentation')),
  account('sourcery', 'sourcery-ai[bot]', reviewer('their documentation')),
];

function reviewer(from: string): Row & { readonly ids: readonly number[] } {
  return {
    from,
    ids: [],
    sure: 'low',
    asCoAuthor: 'advised',
    note: 'a reviewer; as commit author it means applied suggestions',
  };
}

function address(tool: string, is: string, row: Row): Signal {
  return signal({ id: `email/${is}`, tool, where: 'email', match: { kind: 'address', is } }, row);
}

function account(
  tool: string,
  login: string,
  row: Row & { readonly ids: readonly number[] },
): Signal {
  const match = { kind: 'account', login, ids: row.ids } as const;
  return signal({ id: `login/${tool}/${login}`, tool, where: 'login', match }, row);
}

function name(
  tool: string | null,
  shape: RegExp,
  row: Row & { readonly anyAddress?: boolean; readonly outranks?: boolean },
): Signal {
  const { anyAddress = false, outranks = true } = row;
  const match = { kind: 'name', shape, anyAddress, outranks } as const;
  const label = tool ?? (anyAddress ? 'model' : 'other');
  return signal({ id: `name/${label}`, tool, where: 'name', match }, row);
}

interface Head {
  readonly id: string;
  readonly tool: string | null;
  readonly where: Where;
  readonly match: Matcher;
}

function signal(head: Head, row: Row): Signal {
  const claim = row.claim ?? 'ai';
  return {
    ...head,
    claim,
    confidence: row.sure ?? 'high',
    asCoAuthor: row.asCoAuthor ?? claim,
    source: row.from,
    note: row.note ?? '',
  };
}
