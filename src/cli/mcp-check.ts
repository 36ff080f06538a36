import { z } from 'zod';
import { judgeAsked } from './check.ts';
import { judgementJson } from './judgement-json.ts';
import { judgementText } from './judgement-text.ts';
import { mcpTool, type McpTool } from './mcp-tool.ts';
import { noColours } from './paint.ts';

/** `check`: the judgement of a whole change. */
export const checkTool: McpTool = mcpTool({
  name: 'check',
  title: 'Check a change',
  description:
    'Judges a change of this repository: whether it may land, what it still owes and who can give it, and what in it ' +
    'would break production, each with its fix. Without arguments: the commits this branch adds. ' +
    'Use staged before a commit, worktree for everything that is not committed.',
  args: z.strictObject({
    range: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('BASE..HEAD or one commit, such as main..HEAD'),
    staged: z.boolean().optional().describe('judge what is staged'),
    worktree: z
      .boolean()
      .optional()
      .describe('judge everything that is not committed, untracked files included'),
  }),
  async answer({ range, staged = false, worktree = false }, folder) {
    const start = performance.now();
    const judgement = await judgeAsked(range, { repo: folder, staged, worktree, format: 'json' });
    return {
      text: judgementText(judgement, noColours),
      data: judgementJson(judgement, performance.now() - start),
    };
  },
});
