import type { ChangedFile } from '../guard.ts';
import { as, changed, gone } from './breakage.ts';
import type { Breakage } from './breakage.ts';
import type { ProtoField, ProtoMessage } from './proto.ts';

/** A field of the old schema, and the message it was in as that is now. */
export interface FieldOf {
  readonly name: string;
  readonly number: number;
  readonly field: ProtoField;
  readonly now: ProtoMessage;
}

/** What happened to one field of a message. */
export function fieldBreakage(
  file: ChangedFile,
  { name, number, field, now }: FieldOf,
): readonly Breakage[] {
  const heir = now.fields.get(number);
  const what = `${name}.${field.name}`;
  if (heir === undefined) {
    const moved = [...now.fields].find(([, one]) => one.name === field.name);
    if (moved !== undefined)
      return [
        changed(file, moved[1].line, `gives ${what} the number ${moved[0]} instead of ${number}`),
      ];
    if (isReserved(now.reserved, number, field.name)) return [];
    return [
      as('warn', gone(file, field.line, `removes ${what} without reserving its number ${number}`)),
    ];
  }
  if (heir.name !== field.name && !isCompatible(field.type, heir.type))
    return [
      changed(
        file,
        heir.line,
        `reuses number ${number} of ${what} for ${heir.name} (${heir.type})`,
      ),
    ];
  if (!isCompatible(field.type, heir.type))
    return [
      changed(file, heir.line, `changes the type of ${what} from ${field.type} to ${heir.type}`),
    ];
  if ((field.label === 'repeated') !== (heir.label === 'repeated'))
    return [
      changed(
        file,
        heir.line,
        `makes ${what} ${heir.label === 'repeated' ? 'repeated' : 'single'}`,
      ),
    ];
  if (heir.label === 'required' && field.label !== 'required')
    return [changed(file, heir.line, `makes ${what} required`)];
  if (heir.name !== field.name)
    return [
      as(
        'note',
        changed(file, heir.line, `renames ${what} to ${heir.name}, which breaks its JSON form`),
      ),
    ];
  return [];
}

// Types that are written alike, so that old and new can read each other within their range.
const families: readonly ReadonlySet<string>[] = [
  new Set(['int32', 'uint32', 'int64', 'uint64', 'bool']),
  new Set(['sint32', 'sint64']),
  new Set(['fixed32', 'sfixed32']),
  new Set(['fixed64', 'sfixed64']),
  new Set(['string', 'bytes']),
];
const scalars =
  /^(?:u?int(?:32|64)|s(?:int|fixed)(?:32|64)|fixed(?:32|64)|bool|string|bytes|double|float)$/;

function isCompatible(was: string, now: string): boolean {
  if (was === now || families.some((family) => family.has(was) && family.has(now))) return true;
  // The same message may be written with more or less of its package.
  return (
    !scalars.test(was) && !scalars.test(now) && (was.endsWith(`.${now}`) || now.endsWith(`.${was}`))
  );
}

/** Whether a number or name was set aside, so that nobody can take it again. */
export function isReserved(reserved: readonly string[], number: number, name: string): boolean {
  return reserved.some((text, index) => {
    if (text === `"${name}"` || text === `'${name}'`) return true;
    if (Number(text) === number) return true;
    const [from, to] = [Number(reserved[index - 1]), reserved[index + 1]];
    return text === 'to' && from <= number && (to === 'max' || number <= Number(to));
  });
}
