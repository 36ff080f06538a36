import { at, dataOf, entriesIn, entryAt, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import type { ChangedFile } from '../guard.ts';
import { as, changed, gone } from './breakage.ts';
import type { Breakage } from './breakage.ts';

const opening = /"\$schema"\s*:\s*"https?:\/\/json-schema\.org\//;

/** Whether a file is a JSON Schema, before and after the change. */
export function isJsonSchema({ language, before, after }: ChangedFile): boolean {
  return (
    language === 'json' &&
    before !== null &&
    after !== null &&
    [before, after].every(({ text }) => opening.test(text.slice(0, 5_000)))
  );
}

/** Levels of a schema that are compared. */
const deepest = 20;
/** More of one file says nothing new. */
const most = 20;

/** What makes a document wrong that was right by the schema before the change. */
export function jsonSchemaBreakage(file: ChangedFile): readonly Breakage[] {
  const [was] = file.before === null ? [] : (dataOf(file.before) ?? []);
  const [now] = file.after === null ? [] : (dataOf(file.after) ?? []);
  if (was === undefined || now === undefined) return [];
  return compare({ file, where: '', depth: 0 }, was, now)
    .slice(0, most)
    .map((one) => as(/^sets min\w+ of .* to 1$/.test(one.says) ? 'note' : 'warn', one));
}

interface Place {
  readonly file: ChangedFile;
  /** `orders.items`, empty at the top. */
  readonly where: string;
  readonly depth: number;
}

function compare(place: Place, was: Data, now: Data): readonly Breakage[] {
  if (place.depth > deepest) return [];
  return [
    ...required(place, was, now),
    ...closed(place, was, now),
    ...narrowed(place, was, now),
    ...inside(place, was, now),
  ];
}

function wordsOf(data: Data | null): readonly string[] {
  return itemsOf(data).flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
}

function shown(where: string): string {
  return where === '' ? 'the document' : where;
}

function required({ file, where }: Place, was: Data, now: Data): readonly Breakage[] {
  const old = wordsOf(at(was, 'required'));
  const line = entryAt(now, 'required')?.line ?? now.line;
  return wordsOf(at(now, 'required'))
    .filter((name) => !old.includes(name))
    .map((name) => changed(file, line, `requires ${name} in ${shown(where)}`));
}

function closed({ file, where }: Place, was: Data, now: Data): readonly Breakage[] {
  const isClosed = scalarAt(now, 'additionalProperties') === false;
  if (!isClosed) return [];
  if (scalarAt(was, 'additionalProperties') !== false) {
    const line = entryAt(now, 'additionalProperties')?.line ?? now.line;
    return [changed(file, line, `allows no further properties in ${shown(where)} any more`)];
  }
  if (at(now, 'patternProperties') !== null) return [];
  return entriesIn(at(was, 'properties'))
    .filter(([name]) => at(now, 'properties', name) === null)
    .map(([name, { line }]) =>
      gone(file, line, `removes ${name} from ${shown(where)}, which allows nothing else`),
    );
}

function narrowed({ file, where }: Place, was: Data, now: Data): readonly Breakage[] {
  const found: Breakage[] = [];
  const oldTypes = typesOf(was);
  const types = typesOf(now);
  const lost = oldTypes.filter(
    (type) => !types.includes(type) && !(type === 'integer' && types.includes('number')),
  );
  if (types.length > 0 && lost.length > 0)
    found.push(
      changed(
        file,
        entryAt(now, 'type')?.line ?? now.line,
        `no longer allows ${lost.join(' or ')} in ${shown(where)}`,
      ),
    );
  const values = wordsOf(at(now, 'enum'));
  const less = wordsOf(at(was, 'enum')).filter((value) => !values.includes(value));
  if (values.length > 0 && less.length > 0)
    found.push(
      changed(
        file,
        entryAt(now, 'enum')?.line ?? now.line,
        `no longer allows the value ${less.slice(0, 3).join(', ')} in ${shown(where)}`,
      ),
    );
  return [...found, ...bounds({ file, where, depth: 0 }, was, now)];
}

function typesOf(data: Data): readonly string[] {
  const type = scalarAt(data, 'type');
  return typeof type === 'string' ? [type] : wordsOf(at(data, 'type'));
}

const upper = ['maximum', 'maxLength', 'maxItems', 'maxProperties'];
const lower = ['minimum', 'minLength', 'minItems', 'minProperties'];

function bounds({ file, where }: Place, was: Data, now: Data): readonly Breakage[] {
  return [...upper, ...lower].flatMap((key) => {
    const value = scalarAt(now, key);
    const old = scalarAt(was, key);
    if (typeof value !== 'number') return [];
    const isUpper = upper.includes(key);
    if (typeof old === 'number' && (isUpper ? value >= old : value <= old)) return [];
    if (old === undefined && !isUpper && value <= 0) return [];
    return [
      changed(
        file,
        entryAt(now, key)?.line ?? now.line,
        `sets ${key} of ${shown(where)} to ${value}`,
      ),
    ];
  });
}

function inside({ file, where, depth }: Place, was: Data, now: Data): readonly Breakage[] {
  const below = (name: string): Place => ({
    file,
    where: where === '' ? name : `${where}.${name}`,
    depth: depth + 1,
  });
  const named = ['properties', '$defs', 'definitions'].flatMap((group) =>
    entriesIn(at(was, group)).flatMap(([name, { value }]) => {
      const heir = at(now, group, name);
      return heir === null ? [] : compare(below(name), value, heir);
    }),
  );
  const items = at(was, 'items');
  const heirs = at(now, 'items');
  return items === null || heirs === null
    ? named
    : [...named, ...compare(below('items'), items, heirs)];
}
