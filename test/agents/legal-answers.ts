import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import type { AgentName, HookAnswer } from '../../src/suggestion/event.ts';

// The shapes below say, in JSON Schema, what each vendor publishes: Codex inside its program, Claude Code as types of its
// agent SDK, Copilot as types of its SDK and a table of its documents, Gemini CLI and Cline as types in their sources,
// the others as prose. Whatever is not in them is not printed.

const text = { type: 'string' } as const;
const reason = { type: 'string', minLength: 1, pattern: String.raw`\S` } as const;

function shape(properties: object, required: readonly string[] = []): object {
  return { type: 'object', additionalProperties: false, properties, required };
}

function specific(name: string, properties: object, required: readonly string[] = []): object {
  return shape({ hookEventName: { const: name }, ...properties }, ['hookEventName', ...required]);
}

const decision = (...values: readonly string[]): object => ({
  permissionDecision: { enum: values },
  permissionDecisionReason: reason,
});

const denyDecision = {
  decision: shape({ behavior: { const: 'deny' }, message: reason }, ['behavior']),
};
const block = { decision: { const: 'block' }, reason };

function claudeLike(name: string, asks: boolean): object {
  const context = { additionalContext: text };
  const inner: Readonly<Record<string, object>> = {
    PreToolUse: specific(name, { ...decision('deny', ...(asks ? ['ask'] : [])), ...context }),
    PreSkillShellCommand: specific(name, decision('deny')),
    PermissionRequest: specific(name, denyDecision, ['decision']),
  };
  return shape({
    ...(['PreToolUse', 'PermissionRequest', 'PreSkillShellCommand'].includes(name) ? {} : block),
    systemMessage: text,
    hookSpecificOutput: inner[name] ?? specific(name, context),
  });
}

const cursorShapes: Readonly<Record<string, object>> = {
  preToolUse: shape({ permission: { const: 'deny' }, user_message: reason, agent_message: reason }),
  beforeReadFile: shape({ permission: { const: 'deny' } }),
  beforeTabFileRead: shape({ permission: { const: 'deny' } }),
  postToolUse: shape({ additional_context: text }),
  sessionStart: shape({ additional_context: text }),
  beforeSubmitPrompt: shape({ continue: { const: false }, user_message: reason }),
  stop: shape({ followup_message: reason }),
  subagentStop: shape({ followup_message: reason }),
};
const cursorGate = shape({
  permission: { enum: ['deny', 'ask'] },
  user_message: reason,
  agent_message: reason,
});

function schemaOf(agent: AgentName, name: string): object | null {
  switch (agent) {
    case 'claude-code':
      return claudeLike(name, true);
    case 'codex':
      return ['SessionEnd'].includes(name) ? null : claudeLike(name, false);
    case 'cursor':
      return cursorShapes[name] ?? (name.startsWith('before') ? cursorGate : shape({}));
    case 'copilot':
      if (/permissionRequest/i.test(name))
        return shape({ behavior: { const: 'deny' }, message: reason });
      if (/preToolUse/i.test(name))
        return {
          // The second is that of the editor's local hooks.
          oneOf: [
            shape(decision('deny', 'ask'), ['permissionDecision']),
            shape({ hookSpecificOutput: specific(name, decision('deny', 'ask')) }, [
              'hookSpecificOutput',
            ]),
          ],
        };
      return /stop/i.test(name) ? shape(block) : shape({ additionalContext: text });
    case 'gemini-cli':
      return shape({
        decision: { const: 'deny' },
        reason,
        systemMessage: text,
        hookSpecificOutput: specific(name, { additionalContext: text }),
      });
    case 'windsurf':
      return null;
    case 'cline':
      return shape({ cancel: { type: 'boolean' }, contextModification: text, errorMessage: text }, [
        'cancel',
      ]);
    case 'opencode':
      return shape(
        {
          decision: { enum: ['pass', 'deny'] },
          reason: text,
          context: { type: ['string', 'null'] },
        },
        ['decision', 'reason', 'context'],
      );
    case 'generic':
      return shape(
        {
          schema: { const: 'hallmonitor/hook/v1' },
          decision: { enum: ['pass', 'deny'] },
          reason: text,
          context: { type: ['string', 'null'] },
        },
        ['schema', 'decision', 'reason', 'context'],
      );
  }
}

const ajv = new Ajv({ strict: false });
const known = new Map<string, ValidateFunction>();

/** What is wrong with an answer by the rules of the agent's vendor; empty when nothing is. */
export function answerProblems(
  agent: AgentName,
  eventName: string | null,
  answer: HookAnswer,
): readonly string[] {
  const problems: string[] = [];
  if (answer.stderr.trimEnd().includes('\n')) problems.push('the reason has several lines');
  if (answer.exitCode !== 0 && answer.exitCode !== 2)
    problems.push('an exit code that nobody knows');
  if (answer.stdout === '') return problems;
  if (eventName === null) return problems;
  const schema = schemaOf(agent, eventName);
  if (schema === null) return [...problems, 'something is printed where nothing is read'];
  const key = `${agent} ${eventName}`;
  const check = known.get(key) ?? ajv.compile(schema);
  known.set(key, check);
  if (!check(JSON.parse(answer.stdout))) problems.push(ajv.errorsText(check.errors));
  return problems;
}
