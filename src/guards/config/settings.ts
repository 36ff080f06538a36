import { dataOf } from '../data.ts';
import type { Data } from '../data.ts';
import type { Language, Scene, Source } from '../guard.ts';

/** One value of a configuration file under its full name, such as `database.pool.max`. */
export interface Setting {
  readonly key: string;
  readonly value: string | number | boolean;
  readonly line: number;
}

/** Languages whose files are settings. */
export const settingLanguages: readonly Language[] = [
  'yaml',
  'json',
  'toml',
  'dotenv',
  'properties',
  'terraform',
];

const most = 5_000;
/** Longer lines hold keys or certificates, not settings. */
const longestLine = 2_000;

/** The settings of a file by name; null when it could not be read. A name that stands twice is left out. */
export function settingsOf(source: Source, scene: Scene): ReadonlyMap<string, Setting> | null {
  const found = read(source, scene);
  if (found === null || found.length > most) return null;
  const settings = new Map<string, Setting>();
  const twice = new Set<string>();
  for (const setting of found) {
    if (settings.has(setting.key)) twice.add(setting.key);
    settings.set(setting.key, setting);
  }
  for (const key of twice) settings.delete(key);
  return settings;
}

function read(source: Source, scene: Scene): readonly Setting[] | null {
  const { language } = source;
  if (language === 'yaml' || language === 'json') return fromData(source);
  if (language === 'terraform') return fromVariables(source, scene);
  return settingLanguages.includes(language) ? fromLines(source) : null;
}

function fromData(source: Source): readonly Setting[] | null {
  const documents = dataOf(source);
  if (documents === null) return null;
  return documents.flatMap((data, index) =>
    leaves(data, documents.length > 1 ? [titleOf(data, index)] : []),
  );
}

// Documents of one file are told apart by what they describe, so that one more does not shift the others.
function titleOf(data: Data, index: number): string {
  const kind = data.kind === 'map' ? data.entries.get('kind')?.value : undefined;
  const meta = data.kind === 'map' ? data.entries.get('metadata')?.value : undefined;
  const name = meta?.kind === 'map' ? meta.entries.get('name')?.value : undefined;
  if (kind?.kind !== 'scalar' || name?.kind !== 'scalar') return `#${index + 1}`;
  return `${String(kind.value)}/${String(name.value)}`;
}

function leaves(data: Data, path: readonly string[]): readonly Setting[] {
  if (data.kind === 'map') {
    return [...data.entries].flatMap(([name, { value }]) => leaves(value, [...path, name]));
  }
  if (data.kind === 'list') return data.items.flatMap((item) => leaves(...named(item, path)));
  return data.value === null ? [] : [{ key: path.join('.'), value: data.value, line: data.line }];
}

// `env: [{ name: DB_HOST, value: db }]` is a map written as a list. Other lists have no names to compare by.
function named(item: Data, path: readonly string[]): readonly [Data, readonly string[]] {
  const name =
    item.kind === 'map' ? (item.entries.get('name') ?? item.entries.get('key'))?.value : undefined;
  if (name?.kind === 'scalar' && typeof name.value === 'string')
    return [item, [...path, name.value]];
  return [{ kind: 'list', line: item.line, endLine: item.endLine, items: [] }, path];
}

function fromVariables(source: Source, scene: Scene): readonly Setting[] | null {
  const blocks = source.path.endsWith('.tfvars') ? scene.parsers.hcl(source.text) : [];
  if (blocks === null) return null;
  return blocks
    .filter((block) => block.type === '')
    .flatMap((block) => block.attributes)
    .flatMap(({ name, value, line, literal }) =>
      literal && value !== null ? [{ key: name, value, line }] : [],
    );
}

function fromLines({ lines, language }: Source): readonly Setting[] {
  let section = '';
  return lines.flatMap((text, index) => {
    if (text.length > longestLine) return [];
    const header = language === 'dotenv' ? null : /^\s*\[+([^\]]+)\]+\s*$/.exec(text);
    if (header) {
      section = `${(header[1] ?? '').trim()}.`;
      return [];
    }
    const pair = /^\s*(?:export\s+)?([\w.\-"']+)\s*[=:]\s*(.*?)\s*$/.exec(text);
    if (!pair || /^\s*[#;!]/.test(text)) return [];
    const key = `${section}${(pair[1] ?? '').replace(/["']/g, '')}`;
    return [{ key, value: literal(pair[2] ?? ''), line: index + 1 }];
  });
}

function literal(text: string): Setting['value'] {
  const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(text);
  if (quoted) return quoted[2] ?? '';
  const bare = text.replace(/\s+#.*$/, '').trim();
  if (bare === 'true' || bare === 'false') return bare === 'true';
  return /^-?\d[\d_]*(?:\.\d+)?$/.test(bare) ? Number(bare.replaceAll('_', '')) : bare;
}
