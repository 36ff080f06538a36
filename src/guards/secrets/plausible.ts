/** Shannon entropy of a text, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const standIns =
  /example|sample|dummy|fake|mock|placeholder|change[-_]?me|replace|redacted|insert|your[-_]|[-_]your|my[-_]?(?:secret|token|key|pass)|xxxx|\*\*\*|\.\.\.|<[^>]*>|\$\{|\{\{|%\(|test[-_]?(?:key|token|secret|pass)|(?:key|token|secret|password)[-_]?(?:here|goes|test)|not[-_]?(?:a|real|secret)|deadbeef|cafebabe|foobar|lorem|qwerty|todo|never|invalid|insecure|supersecret|default/i;

const counting = /abcdef|bcdefg|fedcba|012345|123456|987654/i;

/** Whether a text counts or says the alphabet, as people do who have to make something up. */
export function isCounted(text: string): boolean {
  return counting.test(text);
}

/** Whether a text only stands for a credential: an example, a mask, a count, the alphabet. */
export function isStandIn(text: string): boolean {
  return isCounted(text) || isPlaceholder(text);
}

/** Whether a text says itself that it is none, or is a mask or the name of one. */
export function isPlaceholder(text: string): boolean {
  return (
    standIns.test(text) ||
    /(.)\1{4,}/.test(text) ||
    /(.{2,6}?)\1{3,}/.test(text) ||
    isReference(text)
  );
}

/** Whether a text names where a credential is, rather than being one: a variable, a path, an address, code. */
export function isReference(text: string): boolean {
  return (
    /^(?:process\.env|os\.environ|env\.|ENV\[|import\.meta|secrets?\.|vars\.|var\.|local\.|data\.|config\.|settings\.|this\.|self\.|ref\+|vault:|arn:|file:|op:\/\/|\$|%|@|\/|\.{1,2}\/|~\/|#|https?:\/\/)/.test(
      text,
    ) || /[()[\]{}<>|;]|\s|=>|::|->|:\/\//.test(text)
  );
}

/** Whether a text looks like words: `card-number-token`, `accessTokenSecret`, `com.shop.Token`. */
export function isWordy(text: string): boolean {
  const parts = text.split(
    /[-_./:+= ]|(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])/,
  );
  const words = parts.filter((part) => /^[A-Z]?[a-z]{2,}$|^[A-Z]{2,}$/.test(part));
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return (
    letters >= text.replace(/[-_./:+= ]/g, '').length * 0.75 &&
    words.every((word) => /[aeiouyAEIOUY]/.test(word) || word.length <= 3)
  );
}

const uuid = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/i;

/** Whether a value under a telling name is random enough to be a credential and not an identifier, hash or word. */
export function isRandom(text: string): boolean {
  if (uuid.test(text) || isStandIn(text) || isWordy(text)) return false;
  if (/^sha\d+[-:]|^\d+(?:\.\d+)*$|^v?\d+\.\d+/.test(text)) return false;
  const isHex = /^[a-f0-9]+$/i.test(text);
  if (isHex)
    return text.length >= 24 && /\d/.test(text) && /[a-f]/i.test(text) && entropy(text) >= 3;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(text)).length;
  if (!/\d/.test(text) || classes < 2) return false;
  return text.length >= 20
    ? entropy(text) >= 3.7
    : text.length >= 12 && classes >= 3 && entropy(text) >= 3.3;
}
