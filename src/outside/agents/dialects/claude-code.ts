import type { HookAnswer, HookEvent, Verdict } from '../../../suggestion/event.ts';
import { json, nothing, olderThan, refusal, say } from './answer.ts';
import type { Said } from './answer.ts';
import { parseBy } from './compose.ts';
import type { Frame, Phases } from './compose.ts';
import type { Dialect, RenderContext } from './dialect.ts';
import { word } from './fields.ts';
import { snakeFound } from './snake-fields.ts';
import { silentTools } from './tool-kinds.ts';
import type { ToolKinds } from './tool-kinds.ts';

const phases: Phases = {
  PreToolUse: 'pre-tool',
  PermissionRequest: 'pre-tool',
  PreSkillShellCommand: 'pre-tool',
  PostToolUse: 'post-tool',
  PostToolUseFailure: 'post-tool',
  UserPromptSubmit: 'prompt',
  UserPromptExpansion: 'prompt',
  Stop: 'turn-end',
  SubagentStart: 'subagent-start',
  SubagentStop: 'subagent-end',
  SessionStart: 'session-start',
  SessionEnd: 'session-end',
  // These tell of tool calls that had events of their own.
  PostToolBatch: 'other',
  PermissionDenied: 'other',
  ...Object.fromEntries(
    (
      'Notification StopFailure PreCompact PostCompact PreModelSwitch PostModelSwitch Setup TeammateIdle ' +
      'TaskCreated TaskCompleted Elicitation ElicitationResult ConfigChange InstructionsLoaded WorktreeCreate ' +
      'WorktreeRemove CwdChanged FileChanged DirectoryAdded MessageDisplay'
    )
      .split(' ')
      .map((name) => [name, 'other'] as const),
  ),
};

const kinds: ToolKinds = {
  Write: 'write',
  Edit: 'replace',
  MultiEdit: 'replace',
  NotebookEdit: 'notebook',
  Bash: 'shell',
  PowerShell: 'powershell',
  Monitor: 'typing',
  Read: 'read',
  Grep: 'read',
  SendUserFile: 'read',
  Artifact: 'read',
  NotebookRead: 'read',
  ...silentTools(
    'Agent Task AskUserQuestion CronCreate CronDelete CronList EndConversation EnterPlanMode EnterWorktree ' +
      'ExitPlanMode ExitWorktree Glob LS LSP ListAgents ListMcpResourcesTool ReadMcpResourceTool ' +
      'ReadMcpResourceDirTool ReadNotifications PushNotification ReportFindings ScheduleWakeup SendFeedback ' +
      'SendMessage SendUserMessage SetGoal Skill SlashCommand SubagentHandback TaskCreate TaskGet ' +
      'TaskList TaskOutput TaskStop TaskUpdate BashOutput KillShell TodoRead TodoWrite ToolSearch ' +
      'WaitForMcpServers WebFetch WebSearch OfferChromeSetup ShowOnboardingRolePicker ShareOnboardingGuide ' +
      'ClaudeDesign Projects propose_skills Workflow RemoteTrigger StructuredOutput',
  ),
};

const frame: Frame = {
  agent: 'claude-code',
  dialect: 'claude-code/1',
  phases,
  nameIn: (fields) => word(fields, 'hook_event_name'),
  find: (fields, event) => {
    const found = snakeFound(fields, event, kinds);
    return { ...found, rest: { ...found.rest, succeeded: succeeded(event.name) } };
  },
};

function succeeded(event: string): HookEvent['succeeded'] {
  if (event === 'PostToolUse') return true;
  return event === 'PostToolUseFailure' ? false : null;
}

/** Claude Code's command and HTTP hooks, by the types of its agent SDK. */
export const claudeCode: Dialect = {
  agent: 'claude-code',
  parse: (raw, options) => parseBy(frame, raw, options),
  render,
  caps: { ask: true, context: true, failClosed: 'config', blocksEdits: true },
};

function render(verdict: Verdict, context: RenderContext): HookAnswer {
  const name = context.event?.eventName ?? null;
  // A question put while the user is being asked already is that question.
  const said = say(
    verdict,
    context,
    name === null || name === 'PreToolUse' || name === 'PermissionRequest',
  );
  if (context.event === null) return renderUnread(said, context);
  if (said.asks) return name === 'PreToolUse' ? specific(name, decision('ask', said)) : nothing;
  if (!said.refuses) return withContext(said, name ?? '');
  switch (context.event.phase) {
    case 'pre-tool':
      return denied(name ?? '', said, context);
    case 'post-tool':
      return name === 'PostToolUse'
        ? json({ decision: 'block', reason: said.reason })
        : specific(name ?? '', { additionalContext: said.reason });
    case 'prompt':
      return json({ decision: 'block', reason: said.reason });
    case 'turn-end':
    case 'subagent-end':
      // A turn that was refused its end once and still ends the same way would never end.
      return context.event.again ? nothing : json({ decision: 'block', reason: said.reason });
    case 'session-start':
    case 'session-end':
    case 'subagent-start':
    case 'other':
      return json({ systemMessage: said.reason });
  }
}

function renderUnread(said: Said, context: RenderContext): HookAnswer {
  if (said.asks) return specific('PreToolUse', decision('ask', said));
  if (!said.refuses) return said.context === null ? nothing : json({ systemMessage: said.context });
  // An unknown event gets the form that every event knows.
  return context.phase === 'pre-tool'
    ? denied('PreToolUse', said, context)
    : refusal({ decision: 'block', reason: said.reason }, said.reason);
}

function denied(name: string, said: Said, { event, version }: RenderContext): HookAnswer {
  const inner =
    name === 'PermissionRequest'
      ? { decision: { behavior: 'deny', message: said.reason } }
      : decision('deny', said);
  const answer = refusal({ hookSpecificOutput: { hookEventName: name, ...inner } }, said.reason);
  // Before 2.1.90 JSON together with exit code 2 did not block.
  const old = olderThan(version ?? event?.agentVersion, '2.1.90');
  return old ? { ...answer, exitCode: 0 } : answer;
}

function decision(permissionDecision: string, { reason }: Said): object {
  return { permissionDecision, permissionDecisionReason: reason };
}

function specific(hookEventName: string, inner: object): HookAnswer {
  return json({ hookSpecificOutput: { hookEventName, ...inner } });
}

// At a turn's end more words would make the agent go on, so there are none.
const contextEvents: ReadonlySet<string> = new Set([
  'PreToolUse',
  'PostToolUse',
  'PostToolUseFailure',
  'UserPromptSubmit',
  'SessionStart',
  'SubagentStart',
]);

function withContext({ context }: Said, name: string): HookAnswer {
  if (context === null) return nothing;
  return contextEvents.has(name) ? specific(name, { additionalContext: context }) : nothing;
}
