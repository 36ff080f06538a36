/** How an agent is called in messages, and the name we print for it. */
interface Agent {
  readonly tool: string;
  /** Lower case, spaces where a name may have a space, hyphen, underscore or nothing. */
  readonly names: readonly string[];
  /** The name is an ordinary word or a first name too: alone it proves nothing inside a sentence. */
  readonly ordinary?: boolean;
}

const agents: readonly Agent[] = [
  {
    tool: 'claude-code',
    names: ['claude code', 'claude code action', 'claude agent', 'claude ai'],
  },
  { tool: 'claude-code', names: ['claude'], ordinary: true },
  { tool: 'copilot-agent', names: ['copilot swe agent', 'copilot coding agent', 'copilot agent'] },
  { tool: 'copilot-autofix', names: ['copilot autofix'] },
  { tool: 'copilot-cli', names: ['copilot cli', 'github copilot cli'] },
  { tool: 'copilot', names: ['github copilot', 'copilot', 'copilot chat'] },
  { tool: 'cursor', names: ['cursor agent', 'cursor ai', 'cursor composer', 'cursoragent'] },
  { tool: 'cursor', names: ['cursor'], ordinary: true },
  { tool: 'codex', names: ['openai codex', 'codex cli', 'chatgpt codex', 'codex'] },
  { tool: 'chatgpt', names: ['chatgpt', 'chat gpt', 'openai chatgpt'] },
  { tool: 'gemini', names: ['gemini cli', 'gemini code assist', 'google gemini'] },
  { tool: 'gemini', names: ['gemini'], ordinary: true },
  { tool: 'jules', names: ['google jules', 'google labs jules'] },
  { tool: 'jules', names: ['jules'], ordinary: true },
  { tool: 'devin', names: ['devin ai', 'devin ai integration', 'cognition devin'] },
  { tool: 'devin', names: ['devin'], ordinary: true },
  { tool: 'amp', names: ['amp code', 'ampcode', 'sourcegraph amp'] },
  { tool: 'amp', names: ['amp'], ordinary: true },
  { tool: 'aider', names: ['aider', 'aider chat', 'aider ai'] },
  { tool: 'openhands', names: ['openhands', 'open hands', 'opendevin'] },
  { tool: 'opencode', names: ['opencode', 'opencode agent', 'opencode ai'] },
  { tool: 'amazon-q', names: ['amazon q', 'amazon q developer', 'q developer'] },
  { tool: 'kiro', names: ['kiro', 'kiro agent', 'kiro cli', 'kiro ide'] },
  { tool: 'replit', names: ['replit agent', 'replit ai', 'replit assistant'] },
  { tool: 'sweep', names: ['sweep ai'] },
  { tool: 'codegen', names: ['codegen sh'] },
  { tool: 'lovable', names: ['lovable dev', 'lovable ai', 'gpt engineer'] },
  { tool: 'lovable', names: ['lovable'], ordinary: true },
  { tool: 'v0', names: ['v0', 'v0 dev'], ordinary: true },
  { tool: 'cline', names: ['cline agent', 'cline ai', 'cline cloud agent'] },
  { tool: 'cline', names: ['cline'], ordinary: true },
  { tool: 'roo', names: ['roo code', 'roo cline', 'roomote'] },
  { tool: 'windsurf', names: ['windsurf', 'windsurf cascade', 'codeium'] },
  { tool: 'windsurf', names: ['cascade'], ordinary: true },
  { tool: 'zed', names: ['zed agent', 'zed ai'] },
  { tool: 'zed', names: ['zed'], ordinary: true },
  { tool: 'warp', names: ['warp agent', 'warp ai', 'oz agent'] },
  { tool: 'warp', names: ['warp'], ordinary: true },
  { tool: 'kilo', names: ['kilo code', 'kilocode'] },
  { tool: 'junie', names: ['junie', 'jetbrains junie'], ordinary: true },
  { tool: 'goose', names: ['block goose', 'codename goose'] },
  { tool: 'goose', names: ['goose'], ordinary: true },
  { tool: 'droid', names: ['factory droid'] },
  { tool: 'droid', names: ['droid'], ordinary: true },
  { tool: 'crush', names: ['charm crush'] },
  { tool: 'crush', names: ['crush'], ordinary: true },
  { tool: 'pi', names: ['pi', 'pi agent'], ordinary: true },
  { tool: 'grok', names: ['grok cli', 'grok code', 'grok build'] },
  { tool: 'grok', names: ['grok'], ordinary: true },
  { tool: 'qwen', names: ['qwen code', 'qwen coder', 'qwen'] },
  { tool: 'codebuff', names: ['codebuff'] },
  { tool: 'antigravity', names: ['antigravity', 'google antigravity'] },
  { tool: 'continue', names: ['continue cli', 'continue dev', 'continue agent'] },
  { tool: 'cody', names: ['sourcegraph cody'] },
  { tool: 'cody', names: ['cody'], ordinary: true },
  { tool: 'jetbrains-ai', names: ['jetbrains ai', 'jetbrains ai assistant'] },
  { tool: 'hermes', names: ['hermes agent'] },
  { tool: 'tabnine', names: ['tabnine'] },
  { tool: 'augment', names: ['augment code', 'augment agent', 'auggie'] },
  { tool: 'bolt', names: ['bolt new'] },
  { tool: 'trae', names: ['trae', 'trae ai', 'trae agent'] },
  { tool: 'openclaw', names: ['openclaw', 'clawdbot', 'moltbot'] },
  { tool: 'terragon', names: ['terragon', 'terragon labs'] },
  { tool: 'deepseek', names: ['deepseek'] },
];

interface NamedAgent {
  readonly tool: string;
  readonly ordinary: boolean;
  readonly shape: RegExp;
  readonly size: number;
}

// Longest first, so that `Claude Code Action` is not read as `Claude` with something behind it.
const named: readonly NamedAgent[] = agents
  .flatMap(({ tool, names, ordinary = false }) =>
    names.map((name) => ({
      tool,
      ordinary,
      shape: new RegExp(`^${name.replaceAll(' ', '[ _-]?')}(?![a-z0-9])`, 'i'),
      size: name.length,
    })),
  )
  .sort((a, b) => b.size - a.size);

/** An agent's name found at the start of a text. */
export interface AgentMention {
  readonly tool: string;
  readonly ordinary: boolean;
  readonly length: number;
}

/** The agent a text begins with, ignoring a leading `@` or article; null when it begins with none. */
export function agentAtStart(text: string): AgentMention | null {
  const lead = /^(?:@|the\s|an?\s)?/i.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead, lead + 60);
  for (const { tool, ordinary, shape } of named) {
    const match = shape.exec(rest);
    if (match) return { tool, ordinary, length: lead + match[0].length };
  }
  return null;
}

/** Our name for a tool that another program names its own way; its name as a slug when we do not know it. */
export function toolNamed(name: string): string | null {
  const short = name.trim().slice(0, 60);
  const agent = agentAtStart(short);
  if (agent && agent.length === short.length) return agent.tool;
  const slug = short
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' || slug === 'unknown' || slug === 'none' ? null : slug;
}
