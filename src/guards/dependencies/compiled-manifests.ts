import type { Source } from '../guard.ts';
import type { Dependency, Use } from './dependency.ts';

/** Modules a `go.mod` requires directly. */
export function goDependencies(source: Source): readonly Dependency[] {
  let isInBlock = false;
  return source.lines.flatMap((text, index) => {
    if (/^\s*require\s*\(/.test(text)) isInBlock = true;
    else if (isInBlock && /^\s*\)/.test(text)) isInBlock = false;
    const pattern = isInBlock
      ? /^\s*([\w.~/-]+\.[\w.~/-]+)\s+(v\S+)/
      : /^\s*require\s+([\w.~/-]+)\s+(v\S+)/;
    const [, name, wanted] = pattern.exec(text) ?? [];
    if (name === undefined || wanted === undefined || /\/\/\s*indirect/.test(text)) return [];
    return [{ registry: 'go' as const, name, wanted, line: index + 1, use: 'run' as const }];
  });
}

/** Crates a `Cargo.toml` asks for. */
export function cargoDependencies(source: Source): readonly Dependency[] {
  let table = '';
  return source.lines.flatMap((text, index) => {
    const head = /^\s*\[{1,2}([^[\]]+)\]/.exec(text)?.[1]?.trim();
    if (head !== undefined) table = head;
    const line = index + 1;
    const own = /^(?:target\..+\.|workspace\.)?(dev-|build-)?dependencies(?:\.([\w-]+))?$/.exec(
      table,
    );
    if (own === null) return [];
    const use: Use = own[1] === undefined ? 'run' : 'build';
    const git = /\bgit\s*=\s*"([^"]+)"/.exec(text)?.[1];
    if (own[2] !== undefined) {
      const version =
        /^\s*version\s*=\s*"([^"]+)"/.exec(text)?.[1] ??
        (git === undefined ? undefined : `git+${git}`);
      return version === undefined
        ? []
        : [{ registry: 'crates' as const, name: own[2], wanted: version, line, use }];
    }
    const [, name, value] = /^\s*"?([\w-]+)"?(?:\.workspace)?\s*=\s*(.+)$/.exec(text) ?? [];
    if (name === undefined || value === undefined || /\b(?:path|workspace)\s*=|^true/.test(value))
      return [];
    const real = /\bpackage\s*=\s*"([^"]+)"/.exec(value)?.[1] ?? name;
    const version =
      /\bversion\s*=\s*"([^"]+)"/.exec(value)?.[1] ?? /^"([^"]+)"/.exec(value)?.[1] ?? '';
    const rev = /\brev\s*=\s*"([^"]+)"/.exec(value)?.[1];
    const wanted = git === undefined ? version : `git+${git}${rev === undefined ? '' : `#${rev}`}`;
    return [{ registry: 'crates' as const, name: real, wanted, line, use }];
  });
}

/** Artifacts a `pom.xml` asks for. */
export function mavenDependencies(source: Source): readonly Dependency[] {
  return [...source.text.matchAll(/<dependency>([\s\S]{0,2000}?)<\/dependency>/g)].flatMap(
    (match) => {
      const inner = match[1] ?? '';
      const group = tag(inner, 'groupId');
      const artifact = tag(inner, 'artifactId');
      if (group === '' || artifact === '' || group.startsWith('${')) return [];
      const offset = match.index + match[0].indexOf('<artifactId>');
      const line = source.text.slice(0, offset).split('\n').length;
      const use: Use = tag(inner, 'scope') === 'test' ? 'build' : 'run';
      return [
        {
          registry: 'maven' as const,
          name: `${group}:${artifact}`,
          wanted: tag(inner, 'version'),
          line,
          use,
        },
      ];
    },
  );
}

function tag(text: string, name: string): string {
  return new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(text)?.[1] ?? '';
}

/** Artifacts a Gradle build asks for by coordinates. */
export function gradleDependencies(source: Source): readonly Dependency[] {
  return source.lines.flatMap((text, index) => {
    const [, scope, group, artifact, version] =
      /^\s*(\w*(?:[iI]mplementation|[aA]pi|[cC]ompile(?:Only)?|[rR]untimeOnly|[pP]rocessor|classpath|kapt))\s*\(?\s*["']([\w.-]+):([\w.-]+)(?::([^"':]+))?/.exec(
        text,
      ) ?? [];
    if (scope === undefined || group === undefined || artifact === undefined) return [];
    const use: Use = /test/i.test(scope) ? 'build' : 'run';
    return [
      {
        registry: 'maven' as const,
        name: `${group}:${artifact}`,
        wanted: version ?? '',
        line: index + 1,
        use,
      },
    ];
  });
}
