/** The ways a text reaches into a subject, `order.total`, `items[`, with how often; `?.` does not count. */
export function dereferences(text: string, subject: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const escaped = subject.replace(/[.$]/g, String.raw`\$&`);
  const reach = new RegExp(
    `(?<![\\w$.'"\`])${escaped}(?:!{0,2}\\s*\\.\\s*[A-Za-z_$][\\w$]*|\\[)`,
    'g',
  );
  // PHP reaches members with an arrow.
  const plain = subject.startsWith('$') ? text.replaceAll('->', '.') : text;
  for (const [found] of plain.matchAll(reach)) {
    const key = found.replace(/\s+|!/g, '');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Whether a text names a subject's first part as a whole word. */
export function mentions(text: string, subject: string): boolean {
  const root = (subject.split('.')[0] ?? subject).replace(/\$/g, String.raw`\$`);
  return new RegExp(`(?<![\\w$])${root}(?![\\w$])`).test(text);
}
