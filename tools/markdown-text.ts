/** Text that Markdown would take for its own. */
export function markdownText(text: string): string {
  return text.replaceAll(/[\\*_<>[\]|]/g, String.raw`\$&`);
}
