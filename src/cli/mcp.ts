import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { quotable } from '../change/redact.ts';
import { mcpServer } from './mcp-server.ts';

export interface McpOptions {
  readonly repo: string;
}

/** `mcp`: serves the tools on standard input and output until the client closes them; exit 1 when it broke off. */
export async function mcp({ repo }: McpOptions): Promise<number> {
  const { server, settled } = mcpServer(repo);
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the connection is no event target
  server.onerror = (error): void => {
    process.stderr.write(`hallmonitor mcp: ${quotable(error.message, mostSaid)}\n`);
  };
  const ended = untilEnd(server);
  await server.connect(new StdioServerTransport());
  const how = await ended;
  if (how === 'broke off') return 1;
  // What was asked before the client left is still answered, so that questions can come from a pipe.
  await settled();
  await server.close();
  return 0;
}

/** Of what is said about a message that is not understood, no more than this is shown. */
const mostSaid = 300;

type Ending = 'closed' | 'broke off';

/** The client closes our input or asks us to end; or the connection is given up after a message beyond all measure. */
function untilEnd(server: { onclose?: (() => void) | undefined }): Promise<Ending> {
  return new Promise((resolve) => {
    for (const event of ['end', 'close'] as const)
      process.stdin.once(event, () => resolve('closed'));
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        process.stdin.destroy();
        resolve('closed');
      });
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the connection is no event target
    server.onclose = (): void => resolve('broke off');
  });
}
