import type { Demands, Strength } from './assertion.ts';

/** Blanks and trailing commas make no difference between two pieces of code. */
export function collapsed(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/,? ?([)\]}])/g, '$1')
    .replace(/([([{]) /g, '$1')
    .replace(/;$/, '')
    .trim();
}

/** How much a comparison demands, given what it compares with what. */
export function strengthOf(
  matcher: string,
  [left, right]: readonly [string, string | null],
  demands: Demands,
): Strength {
  if (right !== null && left !== '' && left === right && isFree(left)) return 'nothing';
  if (demands.presence.has(matcher)) return isConstant(left) ? 'nothing' : 'presence';
  return demands.part.has(matcher) ? 'part' : 'value';
}

/** A literal is what it is: to test it says nothing. */
export function isConstant(text: string): boolean {
  return /^(?:true|false|True|False|null|None|nil|\d[\d.]*|"[^"]*"|'[^']*'|\[\]|\{\})$/.test(text);
}

// `x == x` always holds, `next() == next()` need not.
function isFree(text: string): boolean {
  return !/[(]/.test(text);
}

/** Splits the text of an argument list at its top-level commas. */
export function splitArguments(text: string): readonly string[] {
  const inner = text.replace(/^\(|\)$/g, '');
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = '';
  for (let index = 0; index < inner.length; index += 1) {
    const char = inner[index] ?? '';
    if (quote !== '') {
      if (char === '\\') index += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (/[([{]/.test(char)) depth += 1;
    else if (/[)\]}]/.test(char)) depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(inner.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(inner.slice(start));
  return parts.map(collapsed).filter((part) => part !== '');
}
