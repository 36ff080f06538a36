import { streamGit } from './run.ts';
import type { Place } from './run.ts';

export interface TokenOptions {
  readonly input?: string;
  /** Hears each NUL-terminated piece, decoded as Latin-1 so that no byte is lost. */
  readonly take: (token: string) => void;
}

/** Runs git and takes its output apart at the NULs as it comes. Gives the exit code. */
export async function streamTokens(
  place: Place,
  args: readonly string[],
  { input, take }: TokenOptions,
): Promise<number | null> {
  let rest = '';
  const { code } = await streamGit(place, args, {
    ...(input === undefined ? {} : { input }),
    onChunk(chunk) {
      const tokens = (rest + chunk.toString('latin1')).split('\0');
      rest = tokens.pop() ?? '';
      for (const token of tokens) take(token);
      return true;
    },
  });
  if (rest !== '') take(rest);
  return code;
}

/** Bytes that were decoded as Latin-1, read as the UTF-8 they mostly are. */
export function asUtf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
