/**
 * Whether the issuer's own check sum shows that a token is real: the last six signs of a token of GitHub or npm
 * are the CRC-32 of what stands before them, in base 62. Somebody's invention has it right once in 57 billion times.
 */
export function isGenuine(secret: string): boolean {
  const [, entropy, sum] =
    /^(?:gh[pousr]|npm)_([A-Za-z0-9]{30})([A-Za-z0-9]{6})$/.exec(secret) ?? [];
  if (entropy === undefined || sum === undefined) return false;
  return base62(crc32(entropy)).padStart(6, '0') === sum;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62))
    text = (digits[rest % 62] ?? '') + text;
  return text;
}

/** The polynomial of CRC-32 as zip files use it, its bits turned round. */
const polynomial = 0xedb88320;

function crc32(text: string): number {
  let sum = 0xffffffff;
  for (const char of text) {
    sum ^= char.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? polynomial : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
