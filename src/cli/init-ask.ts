import { createInterface } from 'node:readline';
import { UserError } from '../change/problems.ts';

/** Where a question is asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** Asks for a yes. Anything else, an empty line and the end of input mean no. */
export function agreed(question: string, { input, output }: Terminal): Promise<boolean> {
  if (input.isTTY !== true) {
    throw new UserError(
      'nobody is here to say yes',
      'Pass --yes to do it, or --dry-run to only look.',
    );
  }
  const asking = createInterface({ input, output });
  return new Promise((resolve) => {
    // Control-D closes without an answer.
    asking.on('close', () => resolve(false));
    asking.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(?:es)?$/i.test(answer.trim()));
      asking.close();
    });
  });
}
