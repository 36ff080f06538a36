import type { Source } from '../guard.ts';
import type { Dependency, Use } from './dependency.ts';

const gem = /^\s*gem\s*\(?\s*["']([\w.-]+)["']\s*(.*)$/;

/** Gems a `Gemfile` asks for. Those of a path belong to the project. */
export function gemDependencies(source: Source): readonly Dependency[] {
  let group: Use = 'run';
  let depth = 0;
  return source.lines.flatMap((text, index) => {
    if (text.length > 1_000) return [];
    if (/^\s*group\b.*\bdo\b/.test(text)) {
      group = /:(?:production|default)\b/.test(text) ? 'run' : 'build';
      depth += 1;
    } else if (depth > 0 && /^\s*end\b/.test(text)) {
      depth -= 1;
      if (depth === 0) group = 'run';
    } else if (depth > 0 && /\bdo\b(?:\s*\|[^|]*\|)?\s*$/.test(text)) depth += 1;
    const [, name, rest = ''] = gem.exec(text) ?? [];
    if (name === undefined || /\bpath(?::|\s*=>)/.test(rest)) return [];
    const isBuild =
      group === 'build' || /\bgroups?(?::|\s*=>).*\b(?:test|development)\b/.test(rest);
    const use: Use = isBuild ? 'build' : 'run';
    return [{ registry: 'rubygems' as const, name, wanted: wantedIn(rest), line: index + 1, use }];
  });
}

function wantedIn(rest: string): string {
  const git = /\b(?:git|github|gitlab|bitbucket)(?::|\s*=>)\s*["']([^"']+)["']/.exec(rest)?.[1];
  const ref = /\bref(?::|\s*=>)\s*["']([^"']+)["']/.exec(rest)?.[1];
  if (git !== undefined) return `git+${git}${ref === undefined ? '' : `#${ref}`}`;
  const versions = /^\s*,\s*(["'][^"']+["'](?:\s*,\s*["'][^"']+["'])*)/.exec(rest)?.[1] ?? '';
  return versions.replaceAll(/["']/g, '');
}
