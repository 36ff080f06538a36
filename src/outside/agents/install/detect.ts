import { join } from 'node:path';
import type { InstalledAgent, Places } from './agent-install.ts';

/** What is known of a machine: which paths exist and which programs can be called. */
export interface MachineFacts {
  readonly exists: (path: string) => boolean;
  readonly onPath: (program: string) => boolean;
}

/** An agent that seems to be in use, and what shows it. */
export interface FoundAgent {
  readonly agent: InstalledAgent;
  readonly where: 'project' | 'user' | 'program';
  /** The folder, file or program that was found. */
  readonly sign: string;
}

interface Signs {
  readonly project: readonly string[];
  readonly user: readonly string[];
  readonly programs: readonly string[];
}

const signs: Readonly<Record<InstalledAgent, Signs>> = {
  'claude-code': { project: ['.claude', 'CLAUDE.md'], user: ['.claude'], programs: ['claude'] },
  codex: { project: ['.codex'], user: ['.codex'], programs: ['codex'] },
  cursor: {
    project: ['.cursor', '.cursorrules'],
    user: ['.cursor'],
    programs: ['cursor', 'cursor-agent'],
  },
  copilot: {
    project: ['.github/hooks', '.github/copilot-instructions.md'],
    user: ['.copilot'],
    programs: ['copilot'],
  },
  'gemini-cli': { project: ['.gemini', 'GEMINI.md'], user: ['.gemini'], programs: ['gemini'] },
  windsurf: {
    project: ['.windsurf', '.windsurfrules'],
    user: ['.codeium/windsurf'],
    programs: ['windsurf'],
  },
  cline: {
    project: ['.clinerules', '.cline'],
    user: ['Documents/Cline', '.cline'],
    programs: ['cline'],
  },
  opencode: {
    project: ['.opencode', 'opencode.json', 'opencode.jsonc'],
    user: ['.config/opencode'],
    programs: ['opencode'],
  },
};

/** Agents that are in use here: by the project's files, else by the user's folders, else by their programs. */
export function detectAgents(facts: MachineFacts, { top, home }: Places): readonly FoundAgent[] {
  return Object.entries(signs).flatMap(
    ([name, { project, user, programs }]): readonly FoundAgent[] => {
      const agent = name as InstalledAgent;
      const inProject = project.find((path) => facts.exists(join(top, path)));
      if (inProject !== undefined) return [{ agent, where: 'project', sign: inProject }];
      const ofUser = user.find((path) => facts.exists(join(home, path)));
      if (ofUser !== undefined) return [{ agent, where: 'user', sign: `~/${ofUser}` }];
      const program = programs.find(facts.onPath);
      return program === undefined ? [] : [{ agent, where: 'program' as const, sign: program }];
    },
  );
}
