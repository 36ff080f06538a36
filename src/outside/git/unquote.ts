import { decodeText } from '../../change/decode.ts';

const letters: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** A path as git prints it where it has no NUL-separated form: in quotes when it holds odd characters. */
export function unquote(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  const bytes: number[] = [];
  for (const [part] of text.slice(1, -1).matchAll(/\\[0-7]{3}|\\.|[^\\]+|\\/gs)) {
    const letter = letters[part[1] ?? ''];
    if (/^\\[0-7]{3}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 8) & 0xff);
    else if (part.startsWith('\\') && letter !== undefined) bytes.push(letter);
    else for (const byte of new TextEncoder().encode(part)) bytes.push(byte);
  }
  return decodeText(Uint8Array.from(bytes));
}
