import type { ChangedFile } from '../guard.ts';
import { as, changed, gone } from './breakage.ts';
import type { Breakage } from './breakage.ts';
import { directiveBreakage } from './graphql-directives.ts';
import { graphqlDangers } from './graphql-dangers.ts';
import { readSdl } from './graphql-sdl.ts';
import type { SdlField, SdlType } from './graphql-sdl.ts';

/** What the change to GraphQL schemas breaks for queries that were right before it. */
export function graphqlBreakage(files: readonly ChangedFile[]): readonly Breakage[] {
  const after = new Map<string, SdlType>();
  for (const file of files)
    for (const [name, type] of readSdl(file.after?.text ?? ''))
      after.set(name, merged(after.get(name), type));
  return [
    ...directiveBreakage(files),
    ...files.flatMap((file) =>
      [...readSdl(file.before?.text ?? '')].flatMap(([name, type]) => {
        const now = after.get(name);
        const dangers = now === undefined ? [] : graphqlDangers({ file, name, was: type, now });
        return [...typeBreakage({ file, name, type }, after), ...dangers];
      }),
    ),
  ];
}

function merged(one: SdlType | undefined, other: SdlType): SdlType {
  if (one === undefined) return other;
  return {
    ...other,
    fields: new Map([...one.fields, ...other.fields]),
    members: new Map([...one.members, ...other.members]),
    interfaces: new Set([...one.interfaces, ...other.interfaces]),
    directives: new Set([...one.directives, ...other.directives]),
  };
}

interface Old {
  readonly file: ChangedFile;
  readonly name: string;
  readonly type: SdlType;
}

function typeBreakage(old: Old, after: ReadonlyMap<string, SdlType>): readonly Breakage[] {
  const { name, type } = old;
  const now = after.get(name);
  if (now === undefined) return [gone(old.file, type.line, `removes the ${type.kind} ${name}`)];
  if (now.kind !== type.kind)
    return [changed(old.file, now.line, `turns ${name} from ${type.kind} into ${now.kind}`)];
  return [
    ...[...type.members]
      .filter(([member]) => !now.members.has(member))
      .map(([member, line]) =>
        gone(old.file, line, `removes ${member} from the ${type.kind} ${name}`),
      ),
    ...[...type.interfaces]
      .filter((one) => !now.interfaces.has(one))
      .map((one) => changed(old.file, now.line, `${name} no longer implements ${one}`)),
    ...[...type.fields].flatMap(([field, was]) =>
      fieldBreakage(old, field, { was, now: now.fields.get(field) }),
    ),
    ...(type.kind === 'input' ? newlyRequired(old, now) : []),
  ];
}

interface Pair {
  readonly was: SdlField;
  readonly now: SdlField | undefined;
}

function fieldBreakage(old: Old, field: string, { was, now }: Pair): readonly Breakage[] {
  const what = `${old.name}.${field}`;
  if (now === undefined) {
    const severity = was.isDeprecated ? 'note' : 'block';
    return [
      as(
        severity,
        gone(old.file, was.line, `removes ${was.isDeprecated ? 'the deprecated ' : ''}${what}`),
      ),
    ];
  }
  const isInput = old.type.kind === 'input';
  const isSafe = isInput ? isWider(was.type, now.type) : isNarrower(was.type, now.type);
  return [
    ...(isSafe
      ? []
      : [changed(old.file, now.line, `changes ${what} from ${was.type} to ${now.type}`)]),
    ...[...was.args].flatMap(([arg, { type, line }]) => {
      const heir = now.args.get(arg);
      if (heir === undefined)
        return [gone(old.file, line, `removes the argument ${arg} of ${what}`)];
      return isWider(type, heir.type)
        ? []
        : [
            changed(
              old.file,
              heir.line,
              `changes the argument ${arg} of ${what} from ${type} to ${heir.type}`,
            ),
          ];
    }),
    ...[...now.args]
      .filter(
        ([arg, { type, hasDefault }]) => !was.args.has(arg) && type.endsWith('!') && !hasDefault,
      )
      .map(([arg, { line }]) =>
        changed(old.file, line, `requires the new argument ${arg} of ${what}`),
      ),
  ];
}

function newlyRequired(old: Old, now: SdlType): readonly Breakage[] {
  return [...now.fields]
    .filter(
      ([field, { type, hasDefault }]) =>
        !old.type.fields.has(field) && type.endsWith('!') && !hasDefault,
    )
    .map(([field, { line }]) =>
      changed(old.file, line, `requires the new field ${old.name}.${field}`),
    );
}

// What is read may become surer: `String` to `String!`, also inside lists.
function isNarrower(was: string, now: string): boolean {
  return (
    was === now ||
    (now.replaceAll('!', '') === was.replaceAll('!', '') &&
      marks(now).every((mark, index) => mark || !(marks(was)[index] ?? false)))
  );
}

// What is written may become freer: `String!` to `String`, or one to a list of them.
function isWider(was: string, now: string): boolean {
  if (was === now || now === `[${was}]` || now === `[${was.replace(/!$/, '')}]`) return true;
  return (
    now.replaceAll('!', '') === was.replaceAll('!', '') &&
    marks(now).every((mark, index) => !mark || (marks(was)[index] ?? false))
  );
}

// Whether each level is non-null, innermost first.
function marks(type: string): readonly boolean[] {
  return [...type.replace(/^[[\w]+/, '').matchAll(/(!?)(?:\]|$)/g)].map(([, mark]) => mark === '!');
}
