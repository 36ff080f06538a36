/** What Codex's own configuration says of hooks that it asks its person to trust. */
export type CodexTrust = 'trusted' | 'untrusted' | 'project untrusted' | 'unknown';

/**
 * Reads trust out of the text of Codex's `config.toml` without a TOML parser: Codex writes these tables itself, always
 * in one form. `trusted` means that some text of this hook was trusted; which one, only Codex can tell.
 */
export function codexTrust(
  config: string | null,
  { top, file, inProject, key }: CodexHook,
): CodexTrust {
  if (config === null) return inProject ? 'project untrusted' : 'untrusted';
  const state = tableOf(config, `hooks.state.${JSON.stringify(`${file}:${key}`)}`);
  const project = tableOf(config, `projects.${JSON.stringify(top)}`);
  if (inProject && (project === null || !/^trust_level\s{0,9}=\s{0,9}"trusted"/m.test(project))) {
    return config.includes('projects') && project === null && config.includes(top)
      ? 'unknown'
      : 'project untrusted';
  }
  if (state === null) return config.includes(`${file}:${key}`) ? 'unknown' : 'untrusted';
  return /^trusted_hash\s{0,9}=/m.test(state) ? 'trusted' : 'untrusted';
}

export interface CodexHook {
  readonly top: string;
  /** The hooks file, absolute. */
  readonly file: string;
  readonly inProject: boolean;
  /** `pre_tool_use:<group>:<index>`. */
  readonly key: string;
}

/** The lines of a table, without its head; null when there is no such table. */
function tableOf(config: string, name: string): string | null {
  const lines = config.split(/\r?\n/);
  const head = lines.findIndex((line) => line.trim() === `[${name}]`);
  if (head < 0) return null;
  const rest = lines.slice(head + 1);
  const end = rest.findIndex((line) => line.trimStart().startsWith('['));
  return (end < 0 ? rest : rest.slice(0, end)).join('\n');
}
