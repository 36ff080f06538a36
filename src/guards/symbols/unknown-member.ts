import { nodeAt } from '../code/node-at.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting, Source } from '../guard.ts';
import { occurrencesOf } from './bindings.ts';
import { instanceMembers, ownMembers } from './own-members.ts';
import type { ClassOwner } from './own-members.ts';
import { pythonMembers } from './python-members.ts';
import type { Owner } from './python-members.ts';
import { declarationOf, membersOf } from './script-declaration.ts';
import { scriptImports } from './script-imports.ts';
import { scriptOffer, scriptTarget } from './script-module.ts';
import { caught, passed } from './unknown-member.examples.ts';

/** A member is asked of a module, an enum or a constant of the repository that does not have it. */
export const unknownMember: Guard = guard({
  id: 'symbols/unknown-member',
  severity: 'block',
  protects: 'calls of what the project itself offers',
  breaks: 'The build fails, or the value is undefined and the call throws when this line runs.',
  fix: 'Use a member that is there, or add the missing one in this change.',
  languages: ['typescript', 'tsx', 'javascript', 'python'],
  cwe: [1041],
  confidence: 0.9,
  caught,
  passed,
  look: (scene) =>
    scene.files
      .filter(
        ({ after, path }) =>
          after !== null &&
          !/\.d\.[cm]?ts$|(?:^|\/)(?:fixtures?|__fixtures__|testdata)\//.test(path),
      )
      .flatMap((file) => lookAt(scene, file)),
});

/** Uses of one file that are followed. */
const most = 200;

const use = /(?<![\w$.'"@/-])([A-Za-z_$][\w$]*)\.([A-Za-z_$][\w$]*)/g;

interface Use {
  readonly local: string;
  readonly member: string;
  readonly line: number;
  readonly column: number;
}

function usesOf({ after, added }: ChangedFile): readonly Use[] {
  const found: Use[] = [];
  for (const line of added) {
    const text = after?.lines[line - 1] ?? '';
    if (text.length > 1000 || /^\s*(?:\/\/|#|\*|\/\*)/.test(text)) continue;
    for (const match of text.matchAll(use)) {
      const [whole, local = '', member = ''] = match;
      found.push({ local, member, line, column: match.index + whole.length - 1 });
    }
  }
  return found.slice(0, most);
}

function lookAt(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  if (after === null || !/^(?:typescript|tsx|javascript|python)$/.test(after.language)) return [];
  const uses = usesOf(file);
  if (uses.length === 0) return [];
  const told = new Set<string>();
  return uses.flatMap((one) => {
    const written = `${one.local}.${one.member}`;
    if (told.has(written) || always.has(one.member)) return [];
    told.add(written);
    if (
      before !== null &&
      new RegExp(`(?<![\\w$.])${written.replaceAll('$', '\\$')}(?![\\w$])`).test(before.text)
    )
      return [];
    const owner = ownerOf(scene, after, one);
    if (owner === null || owner.has(one.member) || !isMember(file, one)) return [];
    const says = `uses ${written}, and ${said(one.local)} ${owner.path} has no ${one.member}`;
    return [{ path: file.path, line: one.line, says, subject: written }];
  });
}

function said(local: string): string {
  return /^(?:this|self|cls)$/.test(local) ? 'this class of' : `${local} of`;
}

// Of an import that is not hidden by something local, of the class around, or of what is made of an imported class.
function ownerOf(scene: Scene, file: Source, one: Use): Owner | null {
  const isPython = file.language === 'python';
  if (one.local === (isPython ? 'self' : 'this')) return settled(scene, ownMembers(file, one), one);
  const made = instanceMembers(scene, file, one.local);
  if (made !== null) return settled(scene, made, one);
  const owner = isPython
    ? pythonMembers(scene, file, one.local)
    : scriptMembers(scene, file, one.local);
  return owner === null || owner.has(one.member) || isShadowed(file, one.local) ? null : owner;
}

// A class may get members where it is inherited from, or by whoever holds an object of it.
function settled(scene: Scene, owner: ClassOwner | null, { member }: Use): Owner | null {
  if (owner === null || owner.has(member) || /Mixin|Base|Abstract/.test(owner.name)) return null;
  const mentions = scene.search?.(owner.name) ?? null;
  const given = scene.search?.(member) ?? null;
  if (mentions === null || given === null) return null;
  const word = owner.name.replaceAll('$', String.raw`\$`);
  const inherits = new RegExp(
    `\\bclass\\s+\\w+\\s*(?:\\([^)]*\\b${word}\\b|extends\\s+${word}\\b)|\\binterface\\s+${word}\\b|\\b${word}\\.prototype\\b`,
  );
  const gives = new RegExp(`\\.${member}\\s*=(?!=)|["']${member}["']`);
  if (
    mentions.some(({ text }) => inherits.test(text)) ||
    given.some(({ text }) => gives.test(text))
  )
    return null;
  return owner;
}

const always: ReadonlySet<string> = new Set(
  'toString valueOf hasOwnProperty constructor isPrototypeOf propertyIsEnumerable toLocaleString prototype name length call apply bind default then'.split(
    ' ',
  ),
);

function scriptMembers(scene: Scene, script: Source, local: string): Owner | null {
  const found = scriptImports(script).find((one) => one.local === local);
  if (found === undefined || found.isType || found.name === '') return null;
  const target = scriptTarget(scene, script.path, found.from);
  if (target === null || target === undefined || target.path === script.path) return null;
  if (!/^(?:typescript|tsx|javascript)$/.test(target.language)) return null;
  if (found.name === '*') {
    const { names, isOpen } = scriptOffer(scene, target);
    return isOpen ? null : { path: target.path, has: (member) => names.has(member) };
  }
  if (scriptOffer(scene, target).isOpen) return null;
  const declaration = declarationOf(scene, target, found.name);
  const members = declaration === null ? null : membersOf(declaration);
  if (members === null || isExtended(scene, target, found.name)) return null;
  return { path: target.path, has: (member) => members.has(member) };
}

// `Colors.red = …` gives it more later; in a script that may be anywhere, so we look where it is declared and in the change.
function isExtended(scene: Scene, target: Source, name: string): boolean {
  const later = new RegExp(
    `(?<![\\w$.])${name.replaceAll('$', '\\$')}(?:\\.[\\w$]+|\\[[^\\]]{1,80}\\])\\s*=(?!=)|Object\\.(?:assign|definePropert(?:y|ies))\\(\\s*${name.replaceAll('$', '\\$')}\\b|\\bnamespace\\s+${name.replaceAll('$', '\\$')}\\b`,
  );
  return (
    later.test(target.text) ||
    scene.files.some(({ after }) => after !== null && later.test(after.text))
  );
}

function isMember({ after }: ChangedFile, { line, column, local }: Use): boolean {
  const leaf = after === null ? null : nodeAt(after, { text: '', line, column });
  const node = leaf?.parent() ?? null;
  const kind = String(node?.kind() ?? '');
  if (node === null || (kind !== 'member_expression' && kind !== 'attribute')) return false;
  if (node.field('object')?.text() !== local) return false;
  const parent = node.parent();
  const isTarget =
    /assignment/.test(String(parent?.kind() ?? '')) && parent?.field('left')?.id() === node.id();
  const isAsked =
    (parent?.kind() === 'binary_expression' && /\bin\b|typeof/.test(parent.text())) ||
    parent?.kind() === 'unary_expression' ||
    (after?.lines[line - 1]?.slice(column + 1) ?? '').startsWith('?.');
  return !isTarget && !isAsked;
}

function isShadowed(file: Source, local: string): boolean {
  const all = occurrencesOf(file, [local])?.get(local) ?? [];
  return (
    all.some(({ role }) => role === 'binds') ||
    all.filter(({ role }) => role === 'imports').length !== 1
  );
}
