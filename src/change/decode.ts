const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('latin1', { ignoreBOM: true });

/** Git calls bytes binary when one of the first 8,000 is zero; so do we. */
const sniffedBytes = 8000;

/** Bytes as text: UTF-8 when they are (a byte order mark stays), otherwise Latin-1, which fits any bytes. */
export function decodeText(bytes: Uint8Array): string {
  return utf8Text(bytes) ?? latin1.decode(bytes);
}

/** True when bytes are no text, judged as git judges them; attributes of a hostile change have no say. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, sniffedBytes).includes(0);
}

function utf8Text(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
