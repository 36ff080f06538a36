/** What changed between two texts, as marks that tell lines apart without holding them. */
export interface ChangedLines {
  /** Four numbers for each block: first old line (1-based), how many went, first new line, how many came. */
  readonly blocks: Int32Array;
  readonly removed: LineMarks;
  readonly added: LineMarks;
}

/** One mark for each line, in the order of the blocks. */
export interface LineMarks {
  /** Of the line without its white space: equal lines have equal marks. */
  readonly hashes: Int32Array;
  /** One of `lineKinds`. */
  readonly kinds: Uint8Array;
}

/** What a line is, as far as its first signs tell. `slight` has too little in it to be known again elsewhere. */
export const lineKinds = { blank: 0, comment: 1, slight: 2, code: 3 } as const;

/** How comments begin, as bits that may stand together. */
const styles = { slash: 1, hash: 2, dash: 4, semicolon: 8, percent: 16, markup: 32 } as const;

const stylesByEnding: readonly (readonly [number, string])[] = [
  [
    styles.slash,
    'c h cc cpp cxx hpp hh m mm cs java kt kts scala groovy gradle go rs swift dart js jsx mjs cjs ts tsx mts cts css scss less proto sol zig v d',
  ],
  [styles.slash | styles.hash, 'php tf hcl'],
  [styles.slash | styles.markup, 'vue svelte astro'],
  [
    styles.hash,
    'py pyi rb sh bash zsh fish pl pm r ex exs nim jl yml yaml toml mk cmake tcl awk nix ps1 conf properties dockerfile',
  ],
  [styles.dash, 'hs lua elm ada adb ads'],
  [styles.dash | styles.hash, 'sql'],
  [styles.semicolon, 'lisp el clj cljs cljc scm rkt asm s'],
  [styles.semicolon | styles.hash, 'ini cfg'],
  [styles.percent, 'erl hrl tex'],
  [styles.markup, 'html htm xml xhtml svg md'],
];

const known: ReadonlyMap<string, number> = new Map(
  stylesByEnding.flatMap(([style, endings]) =>
    endings.split(' ').map((ending) => [ending, style] as const),
  ),
);

/** How comments begin in a file, by its name; 0 where that is not known. */
export function commentStyleOf(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return known.get(name.slice(name.lastIndexOf('.') + 1)) ?? 0;
}

/** A line with fewer signs than this (white space apart) is no line to be known by. */
const fewestSigns = 6;

/**
 * What a line is, by its first two bytes that are no white space (the second is 0 where white space follows), how many
 * such bytes it has, and the file's comment style.
 */
export function lineKindOf(start: number, signs: number, style: number): number {
  if (signs === 0) return lineKinds.blank;
  if (style !== 0 && isComment(start >> 8, start & 0xff, style)) return lineKinds.comment;
  return signs < fewestSigns ? lineKinds.slight : lineKinds.code;
}

const [slash, star, hash, dash, semicolon, percent, less, bang, nothing] = [
  0x2f, 0x2a, 0x23, 0x2d, 0x3b, 0x25, 0x3c, 0x21, 0,
] as const;

/** `second` is the byte right behind the first sign, 0 where that is white space or the end. */
function isComment(first: number, second: number, style: number): boolean {
  if (first === slash) return (style & styles.slash) !== 0 && (second === slash || second === star);
  // Inside a block comment; a star before a name is a pointer.
  if (first === star)
    return (
      (style & styles.slash) !== 0 && (second === nothing || second === slash || second === star)
    );
  if (first === hash) return (style & styles.hash) !== 0;
  if (first === dash) return (style & styles.dash) !== 0 && second === dash;
  if (first === semicolon) return (style & styles.semicolon) !== 0;
  if (first === percent) return (style & styles.percent) !== 0;
  return first === less && (style & styles.markup) !== 0 && second === bang;
}
