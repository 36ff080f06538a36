/** What may stand at one place of the policy file. From it come the checks, the schema and the documentation. */
export type Shape =
  | {
      readonly kind: 'text';
      readonly pattern?: RegExp;
      readonly example: string;
      readonly numbers?: boolean;
    }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'flag' }
  | {
      readonly kind: 'list';
      readonly of: Shape;
      readonly orOne: boolean;
      readonly most: number;
      readonly empty?: boolean;
    }
  | { readonly kind: 'map'; readonly keys: Keys; readonly needs: readonly string[] }
  | { readonly kind: 'named'; readonly of: Shape; readonly most: number }
  | { readonly kind: 'ref'; readonly name: string; readonly shape: () => Shape };

export interface Key {
  /** One sentence for the documentation and for the editor. */
  readonly says: string;
  readonly shape: Shape;
}

export type Keys = Readonly<Record<string, Key>>;

/** A phrase that must look like the pattern. With `numbers`, a bare number will do as well. */
export function phrase(pattern: RegExp, example: string, numbers = false): Shape {
  return { kind: 'text', pattern, example, numbers };
}

/** Any text that is not empty. */
export function anyText(example: string): Shape {
  return { kind: 'text', example };
}

/** One of the words. */
export function word(...words: readonly string[]): Shape {
  return { kind: 'word', words };
}

/** A whole number within bounds. */
export function whole(least: number, most: number): Shape {
  return { kind: 'number', least, most };
}

/** A list, with an upper limit so that hostile input stays cheap. */
export function list(of: Shape, most = 500): Shape {
  return { kind: 'list', of, orOne: false, most };
}

/** A list, or one value in place of a list of one. */
export function listOrOne(of: Shape, most = 500): Shape {
  return { kind: 'list', of, orOne: true, most };
}

/** A map with fixed keys. */
export function map(keys: Keys, needs: readonly string[] = []): Shape {
  return { kind: 'map', keys, needs };
}

/** A map whose keys are names the user chooses. */
export function named(of: Shape, most = 500): Shape {
  return { kind: 'named', of, most };
}

export const flag: Shape = { kind: 'flag' };
