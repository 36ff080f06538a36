import type { ChangedFile } from '../guard.ts';
import { as, changed } from './breakage.ts';
import type { Breakage } from './breakage.ts';
import type { SdlField, SdlType } from './graphql-sdl.ts';

/** A type of a GraphQL schema before and after a change. */
export interface TypePair {
  readonly file: ChangedFile;
  readonly name: string;
  readonly was: SdlType;
  readonly now: SdlType;
}

/** More of one type's changes say nothing new. */
const most = 10;

/** What does not break a query but may surprise a client: more values than it knows, other defaults, other directives. */
export function graphqlDangers(pair: TypePair): readonly Breakage[] {
  const { name, was, now } = pair;
  if (was.kind !== now.kind) return [];
  const told = [
    ...[...now.members]
      .filter(([member]) => !was.members.has(member))
      .map(([member, line]) =>
        danger(
          pair,
          line,
          `adds ${member} to the ${now.kind} ${name}, which old clients do not know`,
        ),
      ),
    ...[...now.interfaces]
      .filter((one) => !was.interfaces.has(one))
      .map((one) =>
        danger(
          pair,
          now.line,
          `${name} now implements ${one}: queries of it give more types than before`,
        ),
      ),
    ...directiveChanges([...was.directives], [...now.directives]).map((says) =>
      danger(pair, now.line, `${says} ${name}`),
    ),
    ...[...now.fields].flatMap(([field, one]) => fieldDangers(pair, field, one)),
  ];
  // What can make a right input wrong breaks clients.
  const oneOf =
    now.kind === 'input' && now.directives.has('@oneOf') && !was.directives.has('@oneOf');
  return [
    ...(oneOf
      ? [changed(pair.file, now.line, `lets the input ${name} carry only one of its fields`)]
      : []),
    ...told.slice(0, most),
  ];
}

function danger({ file }: TypePair, line: number, says: string): Breakage {
  return as('note', changed(file, line, says));
}

function fieldDangers(pair: TypePair, field: string, now: SdlField): readonly Breakage[] {
  const was = pair.was.fields.get(field);
  const what = `${pair.name}.${field}`;
  if (was === undefined) return [];
  const defaults =
    was.defaultText === now.defaultText
      ? []
      : [danger(pair, now.line, `changes what ${what} is when nothing is given`)];
  const args = [...now.args].flatMap(([arg, one]) => {
    const old = was.args.get(arg);
    return old === undefined || old.defaultText === one.defaultText
      ? []
      : [
          danger(
            pair,
            one.line,
            `changes what the argument ${arg} of ${what} is when nothing is given`,
          ),
        ];
  });
  const directives = directiveChanges(was.directives, now.directives).map((says) =>
    danger(pair, now.line, `${says} ${what}`),
  );
  return [...defaults, ...args, ...directives];
}

const harmless = /^@(?:deprecated|specifiedBy|oneOf|tag)\b/;

function directiveChanges(was: readonly string[], now: readonly string[]): readonly string[] {
  return [
    ...was
      .filter((one) => !now.includes(one) && !harmless.test(one))
      .map((one) => `takes ${one} from`),
    ...now
      .filter((one) => !was.includes(one) && !harmless.test(one))
      .map((one) => `puts ${one} on`),
  ];
}
