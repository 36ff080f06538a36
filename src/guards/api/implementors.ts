import type { ChangedFile, Language, Mention, Scene } from '../guard.ts';
import { isProductionPath, languageOf } from '../language.ts';

/** Somebody who says that he implements a contract. */
export interface Implementor {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

interface Asked {
  readonly contract: string;
  readonly member: string;
}

/** Files that are read for one member. */
const mostFiles = 20;

/** Implementors that say so in one line and do not mention the member anywhere in their file. */
export function lackingImplementors(
  scene: Scene,
  file: ChangedFile,
  { contract, member }: Asked,
): readonly Implementor[] {
  const declares = declaring(file.language, contract);
  const mentions = scene.search?.(contract) ?? null;
  if (declares === null || mentions === null) return [];
  const found = mentions
    .filter(
      ({ path, text }) =>
        related(file.language, languageOf(path)) &&
        isProductionPath(path) &&
        text.length < 500 &&
        declares.test(text),
    )
    .slice(0, mostFiles);
  return found.flatMap((one) => {
    const name = nameIn(declares, one);
    if (name === null || mayInherit(one.text, contract)) return [];
    const text = textOf(scene, one.path);
    if (
      text === null ||
      new RegExp(`\\b${member}\\b`).test(text) ||
      isOther(text, contract, file.language)
    )
      return [];
    if (file.language === 'go' && hasMethod(scene, name, member)) return [];
    return [{ name, path: one.path, line: one.line }];
  });
}

function related(one: Language, other: Language): boolean {
  return one === other || (/^(?:typescript|tsx)$/.test(one) && /^(?:typescript|tsx)$/.test(other));
}

// How a line says that it implements this, by language; the first group is who.
function declaring(language: Language, name: string): RegExp | null {
  if (language === 'typescript' || language === 'tsx')
    return new RegExp(
      `^\\s*(?:export\\s+)?(?:default\\s+)?class\\s+(\\w+)(?:<[^>]*>)?\\s+(?:implements|extends)\\s+(?:[\\w.<>\\[\\]]+\\s*,\\s*)*${name}\\b`,
    );
  if (language === 'java')
    return new RegExp(
      `^\\s*(?:public\\s+|final\\s+|static\\s+)*(?:class|record|enum)\\s+(\\w+)(?:<[^>]*>)?(?:\\([^)]*\\))?\\s+(?:implements|extends)\\s+(?:[\\w.<>]+\\s*,\\s*)*${name}\\b`,
    );
  if (language === 'kotlin' || language === 'csharp')
    return new RegExp(
      `^\\s*(?:(?:public|internal|private|sealed|data|open|static)\\s+)*(?:class|object|record|struct)\\s+(\\w+)(?:<[^>]*>)?\\s*(?:\\([^)]*\\))?\\s*:\\s*${name}(?:\\(\\))?\\s*\\{?\\s*$`,
    );
  if (language === 'rust')
    return new RegExp(`^\\s*impl(?:<[^>]*>)?\\s+${name}(?:<[^>]*>)?\\s+for\\s+(\\w+)`);
  if (language === 'go')
    return new RegExp(`^\\s*var\\s+_\\s+(?:\\w+\\.)?${name}\\s*=\\s*\\(?[&*]*(?:new\\()?(\\w+)`);
  return language === 'python'
    ? new RegExp(`^\\s*class\\s+(\\w+)\\(\\s*(?:\\w+\\.)?${name}\\s*\\)\\s*:`)
    : null;
}

function nameIn(declares: RegExp, { text }: Mention): string | null {
  return declares.exec(text)?.[1] ?? null;
}

// An abstract class leaves it to others; one that extends something may have it from there.
function mayInherit(text: string, contract: string): boolean {
  const parent = /\bextends\s+([\w.]+)/.exec(text)?.[1];
  return (
    /\babstract\b|\bpartial\b/.test(text) ||
    (parent !== undefined && parent !== contract) ||
    /Abstract|Base/.test(/\b(?:class|object|record)\s+(\w+)/.exec(text)?.[1] ?? '')
  );
}

function textOf(scene: Scene, path: string): string | null {
  const changed = scene.files.find((file) => file.path === path);
  return changed === undefined ? scene.readAfter(path) : (changed.after?.text ?? null);
}

// Another thing of the same name: declared there, or imported from a package.
function isOther(text: string, contract: string, language: Language): boolean {
  const own = new RegExp(`\\b(?:interface|trait|class|type)\\s+${contract}\\b`);
  if (!/^(?:rust|go)$/.test(language) && own.test(text)) return true;
  if (language !== 'typescript' && language !== 'tsx') return false;
  const from = new RegExp(
    `import[^;]{0,500}?\\b${contract}\\b[^;]{0,500}?from\\s*['"]([^'"]+)`,
  ).exec(text)?.[1];
  return from !== undefined && !/^[.@~#]/.test(from);
}

function hasMethod(scene: Scene, type: string, member: string): boolean {
  const method = new RegExp(
    `^\\s*func\\s+\\(\\s*\\w*\\s*\\*?\\s*${type}\\b[^)]*\\)\\s*${member}\\b`,
  );
  const embeds = scene.search?.(type) ?? [];
  if (
    embeds.some(({ text }) => new RegExp(`^type\\s+${type}\\s+struct`).test(text)) &&
    isEmbedding(scene, embeds, type)
  )
    return true;
  return (scene.search?.(member) ?? []).some(({ text }) => method.test(text));
}

// A struct that embeds another may have the method from there.
function isEmbedding(scene: Scene, mentions: readonly Mention[], type: string): boolean {
  return mentions.some(({ path, text, line }) => {
    if (!new RegExp(`^type\\s+${type}\\s+struct`).test(text)) return false;
    const lines =
      textOf(scene, path)
        ?.split('\n')
        .slice(line, line + 60) ?? [];
    const end = lines.findIndex((one) => one.startsWith('}'));
    return lines
      .slice(0, end < 0 ? 60 : end)
      .some((one) => /^\s*\*?(?:\w+\.)?[A-Z]\w*\s*(?:\/\/.*)?$/.test(one));
  });
}
