import { codeLanguages } from '../code/grammar.ts';
import { lineOf } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { defining } from './definition-forms.ts';
import { twinsOf } from './definitions.ts';
import type { Definition } from './definition-forms.ts';
import { caught, passed } from './duplicate-definition.examples.ts';

/** The change makes a second definition of what is already defined in the same place. */
export const duplicateDefinition: Guard = guard({
  id: 'symbols/duplicate-definition',
  severity: 'block',
  protects: 'functions, methods and keys that are written once',
  breaks:
    'The last one silently wins, or the file does not compile: the other one, and what was fixed in it, is dead.',
  fix: 'Keep one of the two, with what both were meant to do.',
  languages: codeLanguages,
  cwe: [561, 1041],
  confidence: 0.9,
  caught,
  passed,
  look: (scene) => scene.files.filter(mayRepeat).flatMap(repeated),
});

/** Longer files are not looked through. */
const longest = 400_000;

function mayRepeat({ after, path, added, change }: ChangedFile): boolean {
  if (after === null || added.size === 0 || after.text.length > longest) return false;
  if (/\.d\.[cm]?ts$|\.pyi$|(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-data)\//.test(path))
    return false;
  const pattern = defining[after.language];
  return (
    pattern !== undefined &&
    change.hunks.some((hunk) => hunk.added.some((text) => text.length < 2000 && pattern.test(text)))
  );
}

function repeated(file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  if (after === null) return [];
  const twins = twinsOf(after, file.added);
  if (twins.length === 0) return [];
  const old = new Set((before === null ? [] : twinsOf(before, null)).map(({ key }) => key));
  return twins
    .filter(({ key, all }) => !old.has(key) && all.some(({ node }) => touches(file, node)))
    .slice(0, 5)
    .map(({ all }) => sighting(file, all));
}

function touches({ added }: ChangedFile, node: Definition['node']): boolean {
  for (let line = lineOf(node); line <= node.range().end.line + 1; line += 1)
    if (added.has(line)) return true;
  return false;
}

function sighting(file: ChangedFile, all: readonly Definition[]): Sighting {
  const last = all.findLast(({ node }) => file.added.has(lineOf(node))) ?? all.at(-1);
  const other = all.find((one) => one !== last);
  const line = last === undefined ? 1 : lineOf(last.node);
  const isSame = last?.node.text().replace(/\s+/g, '') === other?.node.text().replace(/\s+/g, '');
  const severity: Severity = last?.what === 'key' ? (isSame ? 'note' : 'warn') : 'block';
  return {
    path: file.path,
    line,
    says: `defines the ${last?.what ?? 'name'} ${last?.name ?? ''} twice in one place, the other time on line ${other === undefined ? 0 : lineOf(other.node)}`,
    subject: `${last?.what ?? ''} ${last?.name ?? ''}`,
    severity,
  };
}
