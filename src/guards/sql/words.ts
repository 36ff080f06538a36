/** One quoted or plain name, perhaps with its schema. */
export const name: string = String.raw`((?:[\`"\[]?[\w$-]+[\`"\]]?\s*\.\s*)*[\`"\[]?[\w$-]+[\`"\]]?)`;

/** Parts of a list between commas that stand outside brackets and quotes. */
export function clauses(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  const hidden = withoutStrings(text);
  for (let index = 0; index <= hidden.length; index += 1) {
    const char = hidden[index];
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === undefined || (char === ',' && depth === 0)) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return parts.filter((part) => part !== '');
}

/** The text with its strings blanked out, of the same length, so that places still fit. */
export function withoutStrings(text: string): string {
  return text.replace(/'(?:[^'\\]|\\.|'')*'/g, (quoted) => '_'.repeat(quoted.length));
}

/** The text without comments. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|\s)(?:--|#)[^\n]*/g, '$1')
    .trim();
}

/** A name without its quotes and its schema. */
export function bare(quoted: string | undefined): string {
  const last = (quoted ?? '').split('.').at(-1) ?? '';
  return last.trim().replace(/^[`"[]|[`"\]]$/g, '');
}
