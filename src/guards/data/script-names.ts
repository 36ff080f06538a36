/** Names that say to who starts it that something is lost. */
export const manualName: RegExp =
  /(?:^|[^a-z])(?:re-?set|re-?create|drop|clean\w*|clear|wipe|destroy|nuke|purge|flush|tear-?down|down|remove|delete|prune|fresh|rollback|undo|uninstall|test\w*|e2e|dev|local|force)(?:[^a-z]|$)/i;

/** A file's name without folder and ending. */
export function fileStem(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]+$/, '');
}

/** Name of the script, target or function that a line stands in: `"db:reset": "…"`, `reset:`, `reset() {`. */
export function scriptName(lines: readonly string[], index: number, path: string): string {
  if (/(?:package|composer)\.json$/.test(path))
    return /^\s*"([^"]{1,80})"\s*:/.exec(lines[index] ?? '')?.[1] ?? '';
  for (let at = index; at >= Math.max(0, index - 60); at -= 1) {
    const text = (lines[at] ?? '').slice(0, 200);
    const target = /^([\w./-]{1,80})(?:\s*\(\)\s*\{?|\s*:(?!=))/.exec(text)?.[1];
    const named =
      target ??
      /^(?:\s{0,8}(?:export\s+)?(?:async\s+)?function|\s{0,8}(?:async\s+)?def|func|task)\s+:?["']?([\w:-]{1,80})/.exec(
        text,
      )?.[1];
    if (named !== undefined) return named;
  }
  return '';
}
