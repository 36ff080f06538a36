import { z } from 'zod';
import { UserError } from '../change/problems.ts';
import { guardById, guards } from '../guards/guards.ts';
import type { Guard } from '../guards/guard.ts';
import type { Judgement } from '../judge.ts';
import { meant } from '../policy/problems.ts';
import { judgeAsked } from './check.ts';
import { withExamples } from './guard-examples.ts';
import { guardJson, inFull } from './guards.ts';
import { suggestionRules, type SuggestionRule } from './suggestion-rules.ts';
import { mcpTool, type McpAnswer, type McpTool } from './mcp-tool.ts';
import { noColours } from './paint.ts';
import { plain, wrap } from './plain.ts';
import { explanation } from './policy-explain.ts';

/** `explain`: a guard, the whole policy or one rule of it, with what follows from it for the present change. */
export const explainTool: McpTool = mcpTool({
  name: 'explain',
  title: 'Explain a guard or a rule',
  description:
    'Explains what stands behind a refusal or an obligation. The topic is the id of a guard (sql/drop-column): what it ' +
    'protects, what breaks, how to fix it, examples; or of a rule for what agents do (commands/force-push): why, what to do instead, examples; or "policy": each rule, whether it applies to the commits of this ' +
    'branch and why, and who can unblock them; or the name of one rule of the policy.',
  args: z.strictObject({
    topic: z.string().min(1).max(300).describe('id of a guard, "policy", or the name of a rule'),
  }),
  async answer({ topic }, folder) {
    const asked = topic.trim();
    const guard = guardById(asked);
    if (guard !== null) return guardAnswer(guard);
    const rule = suggestionRules.find(({ id }) => id === asked);
    if (rule !== undefined) return ruleAnswer(rule);
    const judgement = await judgeAsked(undefined, { repo: folder, format: 'json' });
    return asked.toLowerCase() === 'policy'
      ? policyAnswer(judgement)
      : policyAnswer(onlyRule(judgement, asked));
  },
});

/** Examples of one guard beyond these teach nothing more. */
const mostExamples = 2;

const answers = {
  deny: 'refused',
  ask: 'needs the word of a person',
  warn: 'found at the commit, and stops nothing',
} as const;

function guardAnswer(guard: Guard): McpAnswer {
  const { caught, passed } = guard;
  return {
    text: inFull(withExamples(guard)),
    data: {
      schema: 'hallmonitor/guards/v1',
      guards: [
        {
          ...guardJson(guard),
          caught: caught.slice(0, mostExamples),
          passed: passed.slice(0, mostExamples),
        },
      ],
    },
  };
}

function ruleAnswer(rule: SuggestionRule): McpAnswer {
  const { id, title, decision, why, instead, caught, passed } = rule;
  const told = [
    why,
    `Instead: ${instead}`,
    ...caught.slice(0, mostExamples).map((command) => `Caught: ${command}`),
    ...passed.slice(0, mostExamples).map((command) => `Passed: ${command}`),
  ];
  return {
    text: [
      `${id}  ${title} (${answers[decision]})`,
      ...told.flatMap((text) => wrap(plain(text), columns).map((line) => `  ${line}`)),
    ].join('\n'),
    data: {
      schema: 'hallmonitor/suggestion-rule/v1',
      ...rule,
      caught: caught.slice(0, mostCommands),
      passed: passed.slice(0, mostCommands),
    },
  };
}

/** Examples of commands are short; the data has these many of them. */
const mostCommands = 10;
const columns = 78;

function policyAnswer(judgement: Judgement): McpAnswer {
  const { decision, policy } = judgement;
  return {
    text: explanation(judgement, noColours),
    data: { schema: 'hallmonitor/policy-explain/v1', policy, ...decision },
  };
}

/** The judgement as if one rule were all there is to tell; what would unblock the change stays that of all rules. */
function onlyRule(judgement: Judgement, asked: string): Judgement {
  const { decision } = judgement;
  const names = decision.outcomes.map(({ rule }) => rule);
  const wanted = asked.toLowerCase();
  const name =
    names.find((rule) => rule === asked) ?? names.find((rule) => rule.toLowerCase() === wanted);
  if (name === undefined) throw noSuchTopic(asked, names);
  const ofRule = ({ rule }: { readonly rule: string }): boolean => rule === name;
  return {
    ...judgement,
    decision: {
      ...decision,
      rules: decision.rules.filter((rule) => rule === name),
      owed: decision.owed.filter(ofRule),
      outcomes: decision.outcomes.filter(ofRule),
    },
  };
}

function noSuchTopic(asked: string, rules: readonly string[]): UserError {
  const near = meant(
    asked,
    [...guards, ...suggestionRules].map(({ id }) => id).concat(rules, 'policy'),
  );
  return new UserError(
    `there is no guard and no rule "${asked}"`,
    `${near === null ? '' : `${near.charAt(0).toUpperCase()}${near.slice(1)} `}The topic "policy" shows all rules; guards are named in findings, such as sql/drop-column.`,
  );
}
