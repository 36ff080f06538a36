import { z } from 'zod';
import { UserError } from '../change/problems.ts';

/** What a tool says: a few lines to read, and the same in full as data with a `schema`. */
export interface McpAnswer {
  readonly text: string;
  readonly data: object;
}

/** A tool as the server knows it: what a client may read of it, and how it answers. */
export interface McpTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: object;
  readonly answer: (given: unknown, folder: string) => Promise<McpAnswer>;
}

interface Definition<Args extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A strict object: an argument that is not known is an error, not something to pass over. */
  readonly args: Args;
  readonly answer: (args: z.infer<Args>, folder: string) => Promise<McpAnswer>;
}

/** Declares a tool. Its arguments are parsed before it sees them. */
export function mcpTool<Args extends z.ZodObject>(definition: Definition<Args>): McpTool {
  const { name, title, description, args } = definition;
  return {
    name,
    title,
    description,
    inputSchema: schemaOf(args),
    answer: async (given, folder) => {
      const parsed = args.safeParse(given);
      if (!parsed.success) throw wrongArguments(name, parsed.error, Object.keys(args.shape));
      return definition.answer(parsed.data, folder);
    },
  };
}

/** Without the name of the dialect, which some clients do not know and refuse. */
function schemaOf(args: z.ZodObject): object {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(args, { io: 'input' });
  return schema;
}

function wrongArguments(tool: string, error: z.ZodError, known: readonly string[]): UserError {
  const says = error.issues.slice(0, mostIssues).map(({ path, message }) => {
    const at = path.join('.');
    return at === '' ? message : `${at}: ${message}`;
  });
  return new UserError(
    `${tool} was called with arguments it does not understand: ${says.join('; ')}`,
    known.length === 0 ? 'It takes none.' : `It takes: ${known.join(', ')}.`,
  );
}

/** More faults of one call than these are not listed. */
const mostIssues = 8;
