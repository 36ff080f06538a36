import type { Command } from 'commander';
import { agentNames } from '../suggestion/event.ts';
import { argumentOf, examples, formats } from './command-parts.ts';
import type { GateCommand } from './gate-server.ts';
import type { HookOptions } from './hook.ts';

/** The commands around coding agents: what proves their hooks, what they call, and what serves them. */
export function addAgents(root: Command): void {
  for (const add of [addDoctor, addHook, addMcp, addGateServer]) add(root);
}

function addDoctor(root: Command): void {
  root
    .command('doctor')
    .description("prove that git hooks and agents' hooks stop what they should, by driving them")
    .option('--repo <dir>', 'the repository', '.')
    .addOption(formats(['text', 'json']))
    .addHelpText('after', examples(['hallmonitor doctor', 'hallmonitor doctor --format json']))
    .action(async (options) => {
      const { doctor } = await import('./doctor.ts');
      process.exitCode = await doctor(options);
    });
}

function addHook(root: Command): void {
  root
    .command('hook')
    .description(
      'what a coding agent calls before and after each tool call, payload on standard input',
    )
    .requiredOption('--agent <name>', `one of ${agentNames.join(', ')}`)
    .option('--event <name>', "the agent's name of the event, where its payload does not say")
    .addHelpText(
      'after',
      examples([
        'hallmonitor init --agents all            sets this up in the agents it finds',
        'hallmonitor hook --agent claude-code < payload.json',
        'hallmonitor hook --agent generic < payload.json      docs/hook-json.md has the form',
      ]),
    )
    .action(async (options: HookOptions) => {
      const { hook } = await import('./hook.ts');
      process.exitCode = await hook(options);
    });
}

function addMcp(root: Command): void {
  root
    .command('mcp')
    .description(
      'serve check, check_edit, explain, policy and lessons to a coding agent, over standard input and output',
    )
    .option('--repo <dir>', 'the repository', '.')
    .addHelpText(
      'after',
      examples([
        'hallmonitor mcp                          a client starts this; docs/mcp.md says how',
        'claude mcp add --scope project hallmonitor -- npx hallmonitor mcp',
      ]),
    )
    .action(async (options) => {
      const { mcp } = await import('./mcp.ts');
      process.exitCode = await mcp(options);
    });
}

function addGateServer(root: Command): void {
  root
    .command('gate-server')
    .description('the resident gate that answers agents fast; hooks start it on their own')
    .addArgument(argumentOf('<action>', ['start', 'stop', 'status', 'run']))
    .addOption(formats(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        'hallmonitor gate-server start            leaves a gate running, by HTTP too when init --http set that up',
        'hallmonitor gate-server status           says whether one runs; exit 1 when none does',
        'hallmonitor gate-server stop             ends it once what it writes is on the disk',
        'hallmonitor gate-server run              is the gate itself, in the foreground',
      ]),
    )
    .action(async (action: GateCommand, options) => {
      const { gateServer } = await import('./gate-server.ts');
      process.exitCode = await gateServer(action, options);
    });
}
