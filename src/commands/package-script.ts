import type { Place, Run } from './command.ts';
import { resolvePath } from './paths.ts';

/** Longest `package.json` that is read, in characters. */
const longestManifest = 300_000;

const shortcuts = new Set(['test', 'start', 'stop', 'restart']);

/** The script of `package.json` that `npm run x` and its like would run, with the arguments after it. */
export function packageScript({ name, args, cwd, elsewhere }: Run, place: Place): string | null {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const isRun = words[0] === 'run' || words[0] === 'run-script';
  const script = isRun ? words[1] : words[0];
  if (script === undefined || elsewhere) return null;
  if (!isRun && name === 'npm' && !shortcuts.has(script)) return null;
  const path = resolvePath('package.json', cwd);
  const text = path === null ? null : place.read(path);
  if (text === null || text.length > longestManifest) return null;
  return scriptIn(text, script);
}

function scriptIn(text: string, name: string): string | null {
  try {
    const manifest: unknown = JSON.parse(text);
    const scripts = field(manifest, 'scripts');
    const found = ['pre', '', 'post'].map((when) => field(scripts, `${when}${name}`));
    const known = found.filter((one) => typeof one === 'string');
    return typeof found[1] === 'string' ? known.join('\n') : null;
  } catch {
    // A manifest that is not JSON has no scripts that npm would run.
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
