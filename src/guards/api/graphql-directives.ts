import type { ChangedFile } from '../guard.ts';
import { changed, gone } from './breakage.ts';
import type { Breakage } from './breakage.ts';

/** A directive that a GraphQL schema defines. */
interface Directive {
  readonly line: number;
  readonly places: ReadonlySet<string>;
  readonly isRepeatable: boolean;
  /** Arguments by name, with their type and whether they have a default. */
  readonly args: ReadonlyMap<string, { readonly type: string; readonly hasDefault: boolean }>;
}

const definition =
  /\bdirective\s+@(\w+)\s*(?:\(([^)]{0,4000})\))?\s*(repeatable\s+)?on\s+((?:\|?\s*[A-Z_]+\b\s*)+)/g;
const argument = /(\w+)\s*:\s*([[\]\w!]+)\s*(=)?/g;

/** What changed in the definitions of directives so that documents which use them are wrong now. */
export function directiveBreakage(files: readonly ChangedFile[]): readonly Breakage[] {
  const after = new Map(files.flatMap((file) => [...directivesIn(file.after?.text ?? '')]));
  return files.flatMap((file) =>
    [...directivesIn(file.before?.text ?? '')].flatMap(([name, was]) => {
      const now = after.get(name);
      if (now === undefined) return [gone(file, was.line, `removes the directive @${name}`)];
      return differences(name, was, now).map((says) => changed(file, now.line, says));
    }),
  );
}

function differences(name: string, was: Directive, now: Directive): readonly string[] {
  return [
    ...[...was.places]
      .filter((place) => !now.places.has(place))
      .map((place) => `no longer lets @${name} stand on ${place}`),
    ...(was.isRepeatable && !now.isRepeatable ? [`no longer lets @${name} be repeated`] : []),
    ...[...was.args]
      .filter(([arg]) => !now.args.has(arg))
      .map(([arg]) => `removes the argument ${arg} of @${name}`),
    ...[...now.args].flatMap(([arg, { type, hasDefault }]) => {
      const old = was.args.get(arg);
      if (old === undefined)
        return type.endsWith('!') && !hasDefault
          ? [`requires the new argument ${arg} of @${name}`]
          : [];
      return old.type === type || `${type}!` === old.type
        ? []
        : [`changes the argument ${arg} of @${name} from ${old.type} to ${type}`];
    }),
  ];
}

function directivesIn(text: string): ReadonlyMap<string, Directive> {
  const plain = text.replace(/"""[^]*?"""|"[^"\n]*"|#[^\n]*/g, (one) => one.replace(/[^\n]/g, ' '));
  const found = new Map<string, Directive>();
  for (const match of plain.matchAll(definition)) {
    const [, name = '', args = '', repeatable, places = ''] = match;
    found.set(name, {
      line: plain.slice(0, match.index).split('\n').length,
      places: new Set(places.match(/[A-Z_]+/g)),
      isRepeatable: repeatable !== undefined,
      args: new Map(
        [...args.matchAll(argument)].map(([, arg = '', type = '', mark]) => [
          arg,
          { type, hasDefault: mark !== undefined },
        ]),
      ),
    });
  }
  return found;
}
