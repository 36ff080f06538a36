import type { Source } from '../guard.ts';
import type { Dependency, Use } from './dependency.ts';

/** PyPI takes `Foo_Bar` and `foo.bar` for `foo-bar`. */
export function pypiName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

const requirement = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(@\s*\S+|[~=<>!][^;#]*)?/;

/** What a requirements file asks for, a line each. */
export function requirements(source: Source): readonly Dependency[] {
  const use: Use = /dev|test|lint|docs|build/i.test(
    source.path.slice(source.path.lastIndexOf('/') + 1),
  )
    ? 'build'
    : 'run';
  return source.lines.flatMap((text, index) => {
    const trimmed = text.trim();
    const line = index + 1;
    const editable =
      /^(?:-e|--editable)[ =]\s*(\S+)/.exec(trimmed)?.[1] ??
      /^((?:git|hg|svn|bzr)\+\S+|https?:\/\/\S+)/.exec(trimmed)?.[1];
    if (editable !== undefined) {
      const name =
        /[#&]egg=([\w.-]+)/.exec(editable)?.[1] ??
        /([\w.-]+?)(?:\.git)?(?:@[\w./-]+)?(?:#.*)?$/.exec(editable)?.[1] ??
        editable;
      return /^(?:\.|\/)/.test(editable)
        ? []
        : [{ registry: 'pypi' as const, name: pypiName(name), wanted: editable, line, use }];
    }
    if (trimmed === '' || /^[#-]/.test(trimmed)) return [];
    return parsed(trimmed, line, use);
  });
}

/** What a `pyproject.toml` asks for: the standard's lists, dependency groups and Poetry's tables. */
export function projectDependencies(source: Source): readonly Dependency[] {
  const found: Dependency[] = [];
  let table = '';
  let isInList = false;
  let use: Use = 'run';
  source.lines.forEach((text, index) => {
    const line = index + 1;
    const head = /^\s*\[{1,2}([^[\]]+)\]{1,2}\s*(?:#.*)?$/.exec(text);
    if (head !== null && !isInList) {
      table = (head[1] ?? '').trim();
      return;
    }
    if (/^tool\.poetry\.(?:(?:group\.[^.]+\.)?dependencies|dev-dependencies)$/.test(table)) {
      found.push(...poetry(text, { line, use: /group|dev/.test(table) ? 'build' : 'run' }));
      return;
    }
    const list = /^\s*([\w.-]+)\s*=\s*\[/.exec(text);
    if (!isInList && list !== null) {
      const key = list[1] ?? '';
      isInList = isListOfNames(table, key);
      use = table === 'project' && key === 'dependencies' ? 'run' : 'build';
    }
    if (!isInList) return;
    for (const [, quoted] of text.replace(/(?<=^|\s)#.*$/, '').matchAll(/["']([^"']+)["']/g))
      found.push(...parsed(quoted ?? '', line, use));
    const isEnd = text.replace(/\[[^\]]*\]/g, '').includes(']') || /\]\s*(?:#.*)?$/.test(text);
    if (isEnd && !/=\s*\[\s*$/.test(text)) isInList = false;
  });
  return found;
}

function isListOfNames(table: string, key: string): boolean {
  return (
    (table === 'project' && key === 'dependencies') ||
    table === 'project.optional-dependencies' ||
    table === 'dependency-groups' ||
    (table === 'build-system' && key === 'requires') ||
    (table === 'tool.uv' && key === 'dev-dependencies')
  );
}

function parsed(text: string, line: number, use: Use): readonly Dependency[] {
  const match = requirement.exec(text.trim());
  if (match === null) return [];
  return [
    {
      registry: 'pypi',
      name: pypiName(match[1] ?? ''),
      wanted: (match[2] ?? '').trim(),
      line,
      use,
    },
  ];
}

function poetry(
  text: string,
  { line, use }: { readonly line: number; readonly use: Use },
): readonly Dependency[] {
  const [, name, value] =
    /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=\s*(.+?)\s*(?:#.*)?$/.exec(text) ?? [];
  if (name === undefined || value === undefined || name === 'python') return [];
  const inline = /\b(?:git|url|path)\s*=\s*["']([^"']+)["']/.exec(value);
  const version =
    /\bversion\s*=\s*["']([^"']+)["']/.exec(value)?.[1] ??
    /^["']([^"']*)["']/.exec(value)?.[1] ??
    '';
  const wanted =
    inline === null ? version : `${inline[0].startsWith('git') ? 'git+' : ''}${inline[1] ?? ''}`;
  if (/\bpath\s*=/.test(value)) return [];
  const pin = /\brev\s*=\s*["']([^"']+)["']/.exec(value)?.[1];
  return [
    {
      registry: 'pypi',
      name: pypiName(name),
      wanted: pin === undefined ? wanted : `${wanted}@${pin}`,
      line,
      use,
    },
  ];
}
