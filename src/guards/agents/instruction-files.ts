/** Files that tell coding agents what to do and what they may, by their path. */
const instructions =
  /(?:^|\/)(?:AGENTS|CLAUDE|GEMINI|CLAUDE\.local|AGENT|CONVENTIONS|QWEN)\.md$|(?:^|\/)(?:\.windsurfrules|\.clinerules|\.cursorrules|\.goosehints|\.roorules)$|(?:^|\/)(?:\.cursor\/rules|\.clinerules|\.windsurf\/rules|\.roo|\.kiro\/steering|\.junie|\.amazonq\/rules|\.continue\/rules)\/|(?:^|\/)\.github\/(?:copilot-instructions\.md|instructions\/|prompts\/|chatmodes\/|agents\/)|(?:^|\/)\.(?:claude|agents|codex|gemini|opencode)\/(?:skills|commands|agents|rules|prompts)\//;

const settings =
  /(?:^|\/)\.(?:claude|codex|gemini|cursor|opencode|qwen|kiro|roo|vscode|continue)\/(?:settings(?:\.local)?\.json|hooks(?:\.json|\/)|config\.(?:toml|json|ya?ml)|mcp\.json|hooks\/|cli\.json|permissions\.json)|(?:^|\/)(?:\.mcp\.json|mcp\.json|opencode\.jsonc?|\.aider\.conf\.yml|cline_mcp_settings\.json)$/;

/** What a file is to coding agents: text they follow, settings they run by, or nothing. */
export function agentFile(path: string): 'instructions' | 'settings' | null {
  if (elsewhere.test(path)) return null;
  if (settings.test(path)) return /\.vscode\/(?:settings|config)/.test(path) ? null : 'settings';
  return instructions.test(path) ? 'instructions' : null;
}

const elsewhere =
  /(?:^|\/)(?:tests?|__tests__|fixtures?|__fixtures__|testdata|examples?|samples?|node_modules|vendor|evals?|templates?|scaffold)\//;
