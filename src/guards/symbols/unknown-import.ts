import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting, Source } from '../guard.ts';
import { isModuleIn, pythonImports, pythonOffer, pythonTarget } from './python-module.ts';
import type { PythonImport } from './python-module.ts';
import { scriptImports } from './script-imports.ts';
import type { ScriptImport } from './script-imports.ts';
import { scriptOffer, scriptTarget } from './script-module.ts';
import { caught, passed } from './unknown-import.examples.ts';

/** A name is imported from a module of the repository that does not have it. */
export const unknownImport: Guard = guard({
  id: 'symbols/unknown-import',
  severity: 'block',
  protects: 'code that loads',
  breaks: 'The build fails, or the program stops as soon as it loads this file.',
  fix: 'Import a name the module has, or add and export the missing one in this change.',
  languages: ['typescript', 'tsx', 'javascript', 'python'],
  cwe: [1041],
  confidence: 0.9,
  caught,
  passed,
  look: (scene) =>
    scene.files
      .filter(mayImport)
      .flatMap((file) =>
        (file.language === 'python' ? inPython(scene, file) : inScript(scene, file)).slice(0, 10),
      ),
});

/** Longer lines are generated. */
const longestLine = 500;

const importing = /\bimport\b|\bfrom\b|^\s*(?:type\s+)?[\w$]+(?:\s+as\s+[\w$]+)?\s*,?\s*$|[{},]/;

function mayImport({ after, change, path }: ChangedFile): boolean {
  if (
    after === null ||
    /\.d\.[cm]?ts$|(?:^|\/)(?:fixtures?|testdata|test-data|__fixtures__|templates?|codemods?)\//.test(
      path,
    )
  )
    return false;
  if (!/^(?:typescript|tsx|javascript|python)$/.test(after.language)) return false;
  return change.hunks.some(({ added }) =>
    added.some((text) => text.length < longestLine && importing.test(text)),
  );
}

function inScript(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  if (after === null) return [];
  const old = before === null ? [] : scriptImports(before);
  return scriptImports(after)
    .filter((one) => file.added.has(one.line) && one.name !== '*' && one.name !== '')
    .filter((one) => !old.some((was) => was.name === one.name && was.from === one.from))
    .flatMap((one) => {
      const target = scriptTarget(scene, after.path, one.from);
      if (
        target === undefined ||
        !/^(?:typescript|tsx|javascript)$/.test(target?.language ?? 'typescript')
      )
        return [];
      if (target === null) return missing(scene, file, one);
      if (target.path === after.path) return [];
      if (plainly(target, one.name)) return [];
      const { names, isOpen } = scriptOffer(scene, target);
      if (isOpen || names.has(one.name)) return [];
      return [unknown(file, one, target.path)];
    });
}

// The usual case, told without parsing the other file.
function plainly({ text, language }: Source, name: string): boolean {
  const word = name.replaceAll('$', String.raw`\$`);
  const pattern =
    language === 'python'
      ? `^(?:class|def|async def)\\s+${word}\\b|^${word}\\s*[:=]`
      : `^export\\s+(?:declare\\s+|abstract\\s+|async\\s+)*(?:function\\*?|const|let|class|type|interface|enum)\\s+${word}(?![\\w$])`;
  return new RegExp(name === 'default' ? String.raw`^export\s+default\b` : pattern, 'm').test(text);
}

function unknown(file: ChangedFile, one: ScriptImport | PythonImport, from: string): Sighting {
  const what = one.name === 'default' ? 'a default export' : one.name;
  return {
    path: file.path,
    line: one.line,
    says: `imports ${what} from ${from}, which does not have it`,
    subject: `${one.name} from ${one.from}`,
  };
}

const made =
  /generated|(?:^|[/._-])(?:gen|dist|build|out|lib|proto|pb|version|output|codegen|node_modules|typechain|paraglide|prisma|types)(?:[/._-]|$)|\$types|\.(?:config|server|client)$/i;

// A module that is nowhere: it may be written by a build, so that is told with less weight.
function missing(scene: Scene, file: ChangedFile, one: ScriptImport): readonly Sighting[] {
  if (
    made.test(one.from) ||
    made.test(file.path) ||
    file.isTest ||
    isIgnored(scene, file.path, one.from)
  )
    return [];
  if (scene.files.filter(({ after }) => after !== null).length === 0) return [];
  return [
    {
      path: file.path,
      line: one.line,
      says: `imports ${one.name === 'default' ? one.local : one.name} from '${one.from}', and no such file is in the repository`,
      subject: `module ${one.from}`,
      severity: 'warn',
      confidence: 0.7,
    },
  ];
}

function isIgnored(scene: Scene, path: string, written: string): boolean {
  const last = written
    .replace(/\.\w+$/, '')
    .split('/')
    .findLast((part) => !/^\.*$/.test(part));
  const parts = path.split('/');
  return parts.some((_, index) => {
    const folder = parts.slice(0, index).join('/');
    const text = scene.readAfter(folder === '' ? '.gitignore' : `${folder}/.gitignore`);
    return text !== null && last !== undefined && text.includes(last);
  });
}

function inPython(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  if (after === null) return [];
  const old = before === null ? [] : pythonImports(before);
  return pythonImports(after)
    .filter((one) => file.added.has(one.line) && !isConditional(one))
    .filter((one) => !old.some((was) => was.name === one.name && was.from === one.from))
    .flatMap((one) => {
      const target = pythonTarget(scene, after.path, one.from);
      if (target === null || target === undefined || target.file.path === after.path) return [];
      if (plainly(target.file, one.name)) return [];
      const { names, isOpen } = pythonOffer(target);
      if (isOpen || names.has(one.name)) return [];
      if (target.folder !== null && isModuleIn(scene, target.folder, one.name)) return [];
      return [unknown(file, one, target.file.path)];
    });
}

// `try: from .fast import x` expects that it may fail.
function isConditional({ node }: PythonImport): boolean {
  return node
    .ancestors()
    .some((one) => /^(?:try_statement|if_statement|with_statement)$/.test(String(one.kind())));
}
