/** Colour for a terminal, or nothing at all elsewhere. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
}

/** Colours only when the stream is a terminal and nobody asked for none (https://no-color.org). */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Paint {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const off = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return (stream.isTTY === true || forced) && !off ? colours : noColours;
}

export const noColours: Paint = { bold: same, dim: same, red: same, yellow: same, green: same };

const colours: Paint = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
  red: (text) => `\u001b[31m${text}\u001b[39m`,
  yellow: (text) => `\u001b[33m${text}\u001b[39m`,
  green: (text) => `\u001b[32m${text}\u001b[39m`,
};

function same(text: string): string {
  return text;
}
