import { asFields } from './fields.ts';
import type { Fields } from './fields.ts';

/** A payload beyond this is not read: no agent sends files of such a size to its model. */
export const payloadLimitBytes: number = 32 * 1024 * 1024;

/** Lists and objects inside each other beyond this are nobody's arguments, and would cost the stack of a reader. */
const depthLimit = 200;

const utf8 = new TextDecoder('utf-8');

/** The payload as a JSON object. Byte order marks, line ends and raw control characters in texts do no harm. */
export function readPayload(
  raw: Uint8Array,
): { readonly fields: Fields } | { readonly malformed: string } {
  if (raw.byteLength > payloadLimitBytes)
    return { malformed: `the payload has more than ${payloadLimitBytes / 1024 / 1024} MiB` };
  const text = utf8
    .decode(raw)
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return { malformed: 'the payload is empty' };
  const { json, depth } = scan(text);
  if (depth > depthLimit)
    return { malformed: `the payload nests deeper than ${depthLimit} levels` };
  const fields = asFields(parseJson(json));
  return fields === null ? { malformed: 'the payload is not a JSON object' } : { fields };
}

/** JSON, or undefined; for texts that may or may not be JSON. Too deep is as good as none. */
export function parseJson(text: string): unknown {
  if (scan(text).depth > depthLimit) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

interface Scan {
  readonly json: string;
  readonly depth: number;
}

// One walk finds how deep it goes and escapes control characters that stand raw inside strings.
function scan(text: string): Scan {
  const pieces: string[] = [];
  let [depth, deepest, copied, inString] = [0, 0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!inString) {
      if (code === codes.quote) inString = true;
      else if (code === codes.brace || code === codes.bracket) {
        depth++;
        deepest = Math.max(deepest, depth);
      } else if (code === codes.endBrace || code === codes.endBracket) depth--;
    } else if (code === codes.backslash) at++;
    else if (code === codes.quote) inString = false;
    else if (code < codes.blank) {
      pieces.push(text.slice(copied, at), `\\u${code.toString(16).padStart(4, '0')}`);
      copied = at + 1;
    }
  }
  pieces.push(text.slice(copied));
  return { json: pieces.join(''), depth: deepest };
}

const codes = {
  quote: 34,
  backslash: 92,
  brace: 123,
  endBrace: 125,
  bracket: 91,
  endBracket: 93,
  blank: 32,
} as const;
