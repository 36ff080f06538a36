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
    return scene.files
      .filter(mayRepeat)
      .flatMap((file) => lookAt(scene, file))
      .filter(({ subject }) => !told.has(subject) && told.add(subject));
  },
});

function mayRepeat({ after, path, isTest, change, added }: ChangedFile): boolean {
  return (
    after !== null &&
    !isTest &&
    added.size >= fewest &&
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
/** Blocks of one file that are looked for. */
const mostBlocks = 5;

function lookAt(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const blocks = blocksIn(file, fewest).slice(0, mostBlocks);
  return blocks.flatMap((block) => {
    if (isMoved(scene, block)) return [];
    for (const other of othersOf(scene, file, block)) {
      const found = longestMatch(
        block,
        indexOf(other.text),
        other === file.after ? file.added : null,
      );
      if (found === null || found.length < fewest) continue;
      return [
        {
          path: file.path,
          line: found.line,
          endLine: found.endLine,
          says: `repeats ${found.length} lines that stand in ${other.path}:${found.otherLine}`,
          subject: found.text,
        },
      ];
    }
    return [];
  });
}

// What went elsewhere in the change has come here.
function isMoved({ files }: Scene, { lines }: Block): boolean {
  const gone = new Set(
    files.flatMap(({ change }) =>
      change.hunks.flatMap(({ removed }) => removed.map((text) => text.trim())),
    ),
  );
  return lines.filter(({ text }) => gone.has(text)).length > lines.length / 2;
}

function othersOf(scene: Scene, file: ChangedFile, block: Block): readonly Source[] {
  const near = scene.files.flatMap(({ after, path }) =>
    after !== null &&
    path !== file.path &&
    after.language === file.language &&
    isProductionPath(path)
      ? [after]
      : [],
  );
  const own = file.after === null ? [] : [file.after];
  const mentions = block.rarest === null ? [] : (scene.search?.(block.rarest) ?? []);
  const paths = [...new Set(mentions.map(({ path }) => path))]
    .filter(
      (path) =>
        isProductionPath(path) && path !== file.path && !near.some((one) => one.path === path),
    )
    .slice(0, mostFiles);
  const far = paths.flatMap((path) => source(path, scene.readAfter(path), scene.parsers) ?? []);
  return [...own, ...near, ...far];
}
