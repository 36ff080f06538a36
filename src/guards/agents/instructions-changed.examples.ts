import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const rules = '# Rules\n\n- Use tabs.\n- Never push to main.\n- Do not edit migrations.\n';
const settings =
  '{\n  "permissions": {\n    "allow": [\n      "Bash(npm test)"\n    ],\n    "deny": [\n      "Bash(rm -rf *)"\n    ]\n  }\n}\n';

export const caught: readonly Example[] = [
  exampleOf('a ban that goes', 'AGENTS.md', [rules, rules.replace('- Never push to main.\n', '')]),
  exampleOf('any command is allowed', '.claude/settings.json', [
    settings,
    settings.replace('"Bash(npm test)"', '"Bash(npm test)",\n      "Bash(*)"'),
  ]),
  exampleOf('no questions any more', '.claude/settings.json', [
    settings,
    settings.replace('"allow"', '"defaultMode": "bypassPermissions",\n    "allow"'),
  ]),
  exampleOf('a tool server whose calls are always allowed', '.mcp.json', [
    '{}\n',
    '{\n  "mcpServers": {\n    "db": {\n      "command": "db",\n      "alwaysAllow": ["query"]\n    }\n  }\n}\n',
  ]),
  exampleOf('no sandbox', '.codex/config.toml', [
    'model = "x"\n',
    'model = "x"\nsandbox_mode = "danger-full-access"\n',
  ]),
  exampleOf('a rule that is added, for the owner to know', '.cursor/rules/style.mdc', [
    'Use tabs.\n',
    'Use tabs.\nPrefer short functions.\n',
  ]),
  exampleOf('a ban that goes while most of the file is written anew', 'AGENTS.md', [
    `${rules}${'Old words.\n'.repeat(9)}`,
    `# Guidelines\n\n- Use tabs.\n${'New words here.\n'.repeat(12)}`,
  ]),
  exampleOf('instructions that are new', '.github/copilot-instructions.md', ['', 'Write tests.\n']),
];

export const passed: readonly Example[] = [
  exampleOf('a document that is no instruction', 'docs/agents.md', [
    'Agents.\n',
    'Agents, more of them.\n',
  ]),
  exampleOf('only layout', 'CLAUDE.md', ['Use  tabs.\n\nAnd tests.\n', 'Use tabs.\nAnd tests.\n']),
  exampleOf('fixtures of a tool about agents', 'test/fixtures/CLAUDE.md', ['x\n', 'y\n']),
  exampleOf('ordinary settings of an editor', '.vscode/settings.json', [
    '{}\n',
    '{ "editor.tabSize": 2 }\n',
  ]),
];
