import { z } from 'zod';
import { findingLines, gapLines } from './findings-text.ts';
import { findingJson } from './judgement-json.ts';
import { judgeEdit, type JudgedEdit } from './mcp-edit.ts';
import { mcpTool, type McpAnswer, type McpTool } from './mcp-tool.ts';
import { noColours } from './paint.ts';
import { plain, wrap } from './plain.ts';

/** Longer texts than this are not taken; guards would not read them. */
const mostChars = 5_000_000;

/** `check_edit`: would this edit of one file be refused? Nothing is written. */
export const checkEditTool: McpTool = mcpTool({
  name: 'check_edit',
  title: 'Check an edit before writing it',
  description:
    'Says whether an edit of one file would be refused, before it is written: give path and content for the whole ' +
    'new text, or path, old and new to replace one passage that occurs exactly once. The file is taken as it is on ' +
    'disk. The edit is judged alone, by the guards only; check judges the whole change.',
  args: z.strictObject({
    path: z
      .string()
      .min(1)
      .max(4096)
      .describe('the file, from the top of the repository or absolute'),
    content: z.string().max(mostChars).optional().describe('the whole text after the edit'),
    old: z.string().max(mostChars).optional().describe('the passage to replace, exactly'),
    new: z.string().max(mostChars).optional().describe('what stands in its place'),
  }),
  async answer(args, folder) {
    return answerOf(await judgeEdit(args, folder));
  },
});

function answerOf({ path, judgement, mode }: JudgedEdit): McpAnswer {
  const { strict, verdict, rules, findings, gaps } = judgement;
  const lines = [
    headline(path, judgement),
    ...(strict === 'pass' || mode === 'enforce' ? [] : [`${onlyTold} (mode for agents: ${mode}).`]),
    ...(verdict.reason === '' ? [] : wrap(plain(verdict.reason), columns)),
    '',
    ...findingLines(findings, noColours),
    ...gapLines(gaps, noColours),
  ];
  return {
    text: lines.join('\n'),
    data: {
      schema: 'hallmonitor/check-edit/v1',
      path,
      decision: strict,
      mode,
      reason: verdict.reason,
      rules,
      findings: findings.map(findingJson),
      notChecked: gaps.map(({ what, why }) => ({ what, why })),
    },
  };
}

const columns = 80;
const onlyTold = 'It would only be told, because the policy does not enforce here';

function headline(path: string, { strict, findings, gaps }: JudgedEdit['judgement']): string {
  const name = plain(path);
  if (strict === 'deny') return `This edit of ${name} would be refused.`;
  if (strict === 'ask') return `This edit of ${name} needs the word of a person.`;
  const rest = gaps.length > 0 ? ', but not everything could be checked' : '';
  return findings.some(({ suppressed }) => suppressed === null)
    ? `This edit of ${name} would not be refused${rest}. Mind what is said of it:`
    : `Nothing speaks against this edit of ${name}${rest}.`;
}
