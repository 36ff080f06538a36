import type { Scene, Source } from '../guard.ts';

/** What the changed files say about a function: whether its callers must wait for it. */
export type AsyncKind = 'async' | 'plain' | 'unknown';

const known = new WeakMap<Source, ReadonlyMap<string, AsyncKind>>();

const definitions: readonly RegExp[] = [
  /\basync\s+(?:function\s*\*?\s*|def\s+|fn\s+)([\w$]+)/g,
  /\bsuspend\s+fun\s+(?:<[^<>\n]{0,60}>\s*)?(?:[\w<>]+\.)?(\w+)/g,
  /([\w$]+)\s*(?::[^=\n;]{0,80})?=\s*async\b/g,
  /\basync\s+(?:Task|ValueTask)(?:<[^\n;{}()]{0,80}>)?\s+(\w+)/g,
  /^[ \t]*(?:(?:public|private|protected|static|override|readonly|abstract)\s+)*async\s+([\w$#]+)\s*[(<]/gm,
  /([\w$]+)\s*(?:<[^<>\n]{0,60}>)?\([^()\n]{0,200}\)\s*:\s*Promise</g,
];
const plain: readonly RegExp[] = [
  /(?<!\basync\s{1,3})\b(?:function|def|fn)\s+([\w$]+)/g,
  /(?<!\bsuspend\s{1,3})\bfun\s+(\w+)/g,
  /\b(?:const|let)\s+([\w$]+)\s*=\s*\([^()\n]{0,120}\)\s*(?::\s*(?!Promise)[\w<>[\]| ]{1,60})?=>/g,
];

/** How the changed files, as they are after the change, define a function of this name. */
export function asyncKind(scene: Scene, name: string): AsyncKind {
  const kinds = new Set(
    scene.files.flatMap(({ after }) => {
      const kind = after === null ? undefined : asyncNames(after).get(name);
      return kind === undefined ? [] : [kind];
    }),
  );
  if (kinds.size !== 1) return 'unknown';
  return kinds.has('async') ? 'async' : 'plain';
}

/** Functions a file defines by name, with what they are; both ways under one name is unknown. */
export function asyncNames(source: Source): ReadonlyMap<string, AsyncKind> {
  const found = known.get(source) ?? readNames(source.text);
  known.set(source, found);
  return found;
}

function readNames(text: string): ReadonlyMap<string, AsyncKind> {
  const names = new Map<string, AsyncKind>();
  for (const pattern of definitions) {
    for (const match of text.matchAll(pattern)) names.set(match[1] ?? '', 'async');
  }
  for (const pattern of plain) {
    for (const match of text.matchAll(pattern)) {
      const name = match[1] ?? '';
      names.set(name, names.get(name) === 'async' ? 'unknown' : 'plain');
    }
  }
  return names;
}
