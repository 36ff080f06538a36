import { codeLanguages } from '../code/grammar.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting, Source } from '../guard.ts';
import { isMigrationPath, isProductionPath } from '../language.ts';
import { source } from '../scene.ts';
import { blocksIn, indexOf, longestMatch } from './blocks.ts';
import type { Block } from './blocks.ts';
import { caught, passed } from './duplicated-block.examples.ts';

/** A block of new code that stands elsewhere already. */
export const duplicatedBlock: Guard = guard({
  id: 'machine/duplicated-block',
  severity: 'note',
  protects: 'code that has to be changed in one place only',
  breaks: 'A fault found in one copy is mended there, and lives on in the other.',
  fix: 'Call what is there, or move it to where both can call it.',
  languages: codeLanguages,
  cwe: [1041],
  confidence: 0.7,
  caught,
  passed,
  look(scene) {
    // Two new copies of one block are told once.
    const told = new Set<string>();
    return copies(scene).filter(({ subject }) => !told.has(subject) && told.add(subject));
  },
});

function mayRepeat({ after, path, isTest, change, added, language }: ChangedFile): boolean {
  return (
    after !== null &&
    codeLanguages.includes(language) &&
    !isTest &&
    added.size >= fewest &&
    codeLanguages.includes(after.language) &&
    change.generated === null &&
    isProductionPath(path) &&
    !isMigrationPath(path) &&
    !/\.d\.ts$|(?:^|\/)(?:locales?|i18n|icons?|mocks?|schemas?)\//.test(path)
  );
}

/** Lines of code a copy has at least. */
const fewest = 12;
/** Files beside the change that are compared with one block. */
const mostFiles = 3;
/** Blocks of one change that are looked for, the longest first. */
const mostBlocks = 8;
/** Of these, how many are looked for in the whole repository, which takes a while each. */
const mostSearches = 2;

interface Place {
  readonly file: ChangedFile;
  readonly block: Block;
}

function copies(scene: Scene): readonly Sighting[] {
  const gone = new Set(
    scene.files.flatMap(({ change }) =>
      change.hunks.flatMap(({ removed }) => removed.map((text) => text.trim())),
    ),
  );
  const places = scene.files
    .filter(mayRepeat)
    .flatMap((file) => blocksIn(file, fewest).map((block) => ({ file, block })))
    // What went elsewhere in the change has come here.
    .filter(
      ({ block: { lines } }) =>
        lines.filter(({ text }) => gone.has(text)).length * 2 <= lines.length,
    )
    .sort((a, b) => b.block.lines.length - a.block.lines.length)
    .slice(0, mostBlocks);
  return places.flatMap((place, index) => copyOf(scene, place, index < mostSearches) ?? []);
}

function copyOf(scene: Scene, place: Place, isFar: boolean): Sighting | null {
  const { file, block } = place;
  const near = nearOf(scene, place);
  for (const other of isFar ? [...near, ...farOf(scene, place, near)] : near) {
    const found = longestMatch(block, indexOf(other), other === file.after ? file.added : null);
    if (found === null || found.length < fewest) continue;
    return {
      path: file.path,
      line: found.line,
      endLine: found.endLine,
      says: `repeats ${found.length} lines that stand in ${other.path}:${found.otherLine}`,
      subject: found.text,
    };
  }
  return null;
}

// The file itself, and those of the change.
function nearOf(scene: Scene, { file }: Place): readonly Source[] {
  return [
    ...(file.after === null ? [] : [file.after]),
    ...scene.files.flatMap(({ after, path }) =>
      after !== null &&
      path !== file.path &&
      after.language === file.language &&
      isProductionPath(path)
        ? [after]
        : [],
    ),
  ];
}

function farOf(scene: Scene, { block }: Place, near: readonly Source[]): readonly Source[] {
  const mentions = block.rarest === null ? [] : (scene.search?.(block.rarest) ?? []);
  const paths = new Set(mentions.map(({ path }) => path));
  return [...paths]
    .filter((path) => isProductionPath(path) && !near.some((one) => one.path === path))
    .slice(0, mostFiles)
    .flatMap((path) => source(path, scene.readAfter(path), scene.parsers) ?? []);
}
