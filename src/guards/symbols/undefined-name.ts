import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting, Source } from '../guard.ts';
import { occurrencesOf } from './bindings.ts';
import type { Occurrence } from './bindings.ts';
import { pythonGlobals, scriptGlobals } from './global-names.ts';
import { caught, passed } from './undefined-name.examples.ts';

/** A name is used that the file neither declares nor imports. */
export const undefinedName: Guard = guard({
  id: 'symbols/undefined-name',
  severity: 'block',
  protects: 'lines that run for the first time in production',
  breaks:
    'The line throws as soon as it runs: a ReferenceError in JavaScript, a NameError in Python.',
  fix: 'Import the name, or use the one that is there.',
  languages: ['typescript', 'tsx', 'javascript', 'python'],
  cwe: [457, 824],
  confidence: 0.85,
  caught,
  passed,
  look: (scene) => scene.files.filter(mayUse).flatMap((file) => lookAt(scene, file)),
});

/** Longer files are not looked through. */
const longest = 400_000;

const aside =
  /\.d\.[cm]?ts$|(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-data|templates?|public|static|assets|codemods?)\/|(?:^|\/)(?:SConstruct|SConscript|Snakefile)/;

function mayUse({ after, path }: ChangedFile): boolean {
  if (after === null || after.text.length > longest || aside.test(path)) return false;
  if (after.language === 'python')
    return !/^[ \t]*from\s+\S+\s+import\s+\*|\bexec\(|\bglobals\(\)|\blocals\(\)|__getattr__|^[ \t]*%|^[ \t]*!pip/m.test(
      after.text,
    );
  if (!/^(?:typescript|tsx|javascript)$/.test(after.language)) return false;
  // Files without imports share their names with others, and some tools import for them.
  return (
    /^[ \t]*(?:import|export)\b/m.test(after.text) &&
    !/\bdeclare\s+global\b|\bwith\s*\(|^[ \t]*\/[/*]\s*globals?\s/m.test(after.text)
  );
}

function lookAt(scene: Scene, file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  if (after === null) return [];
  const names = candidates(file, after);
  const found = occurrencesOf(after, names);
  if (found === null) return [];
  const lost = lostIn(before, [...found.keys()]);
  return [...found]
    .flatMap(([name, all]) => {
      if (all.some(({ role }) => role === 'binds' || role === 'imports')) return [];
      if (all.some((one) => isProbed(one))) return [];
      const isLost = lost.has(name);
      const use = all.find(
        ({ role, node }) =>
          role === 'uses' && (isLost || file.added.has(node.range().start.line + 1)),
      );
      if (use === undefined || (!isLost && isKnownElsewhere(scene, file, name))) return [];
      return isWhole(after) ? [sighting(file, name, { use, isLost })] : [];
    })
    .slice(0, 5);
}

const word = /(?<![\w$.@#'"`/\\-])[A-Za-z_$][\w$]*(?![\w$'"`]|\s*:(?!:))/g;

// In a text that does not parse, names are not where they seem.
function isWhole(file: Source): boolean {
  return file.tree()?.find({ rule: { kind: 'ERROR' } }) === null;
}

/** Names of one file that are followed. */
const mostNames = 400;

// Words that came, and words of lines that went, unless a glance at the text finds where they are declared.
function candidates({ change, before }: ChangedFile, after: Source): readonly string[] {
  const globals = after.language === 'python' ? pythonGlobals : scriptGlobals;
  const removed = wordsIn(change.hunks.flatMap((hunk) => hunk.removed));
  const added = wordsIn(change.hunks.flatMap((hunk) => hunk.added));
  const declared = declaredIn(after);
  // What stood there before and was not touched is as it was.
  const stood = wordsIn(before?.lines ?? []);
  return [...new Set([...added, ...removed])]
    .filter((one) => removed.has(one) || !stood.has(one))
    .filter((one) => !declared.has(one) && !globals.has(one) && !keywords.has(one))
    .filter((one) => !platform.test(one))
    .slice(0, mostNames);
}

/** Longer lines are generated. */
const longestLine = 1000;

function wordsIn(lines: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of lines)
    if (text.length < longestLine && !/^\s*(?:\/\/|#|\*|\/\*)/.test(text))
      for (const [one] of text.matchAll(word)) found.add(one);
  return found;
}

// What browsers have hundreds of.
const platform =
  /^(?:HTML|SVG|CSS|DOM|IDB|RTC|WebGL|GPU|XR|Performance|Media|Audio|USB|HID|Payment|Background|on(?=[a-z]))\w+$/;

const keywords = new Set(
  'import from export default const let var function class extends return if else for while do switch case break continue new delete typeof instanceof in of async await yield throw try catch finally this super null true false void as type interface enum implements public private protected readonly static get set declare namespace abstract is keyof infer satisfies def elif except raise with pass lambda nonlocal global assert not and or del None True False any string number boolean unknown never object'.split(
    ' ',
  ),
);

const scriptBinding =
  /\b(?:const|let|var|function\*?|class|enum|namespace|module)\s+([A-Za-z_$][\w$]*)|\bimport\s+(?:type\s+)?([^'"`;]{1,2000}?)\s+from\s*['"]/g;
const pythonBinding =
  /\b(?:def|class|for|as|global|nonlocal)\s+([A-Za-z_]\w*)|^[ \t]*(?:from\s+\S+\s+)?import\s+(\([^)]{0,4000}\)|[^\n]{1,1000})/gm;

function declaredIn({ language, text }: Source): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, own, list] of text.matchAll(language === 'python' ? pythonBinding : scriptBinding))
    for (const name of own === undefined ? ((list ?? '').match(/[\w$]+/g) ?? []) : [own])
      found.add(name);
  return found;
}

function lostIn(before: Source | null, names: readonly string[]): ReadonlySet<string> {
  const found = before === null ? null : occurrencesOf(before, names);
  return new Set(
    [...(found ?? [])]
      .filter(([, all]) => all.some(({ role }) => role === 'binds' || role === 'imports'))
      .map(([name]) => name),
  );
}

// `typeof X === 'undefined'` and `try … except NameError` ask first.
function isProbed({ node }: Occurrence): boolean {
  const parent = node.parent();
  if (parent?.kind() === 'unary_expression' && parent.text().startsWith('typeof')) return true;
  return node
    .ancestors()
    .some(
      (one) =>
        one.kind() === 'try_statement' &&
        /\bNameError\b|\bReferenceError\b/.test(one.text().slice(-2000)),
    );
}

// A tool may bring it: declared for all files, replaced by the build, or imported by it.
function isKnownElsewhere(scene: Scene, { path, after }: ChangedFile, name: string): boolean {
  if (scene.search === undefined) return true;
  const mentions = scene.search(name);
  if (mentions === null) return true;
  if (after?.language === 'python')
    return mentions.some(({ text }) => /\bbuiltins?\b|__builtins__/.test(text));
  if (bringsNames(scene, path)) return true;
  return mentions.some(
    (one) =>
      /\.d\.[cm]?ts$|(?:^|\/)(?:\.eslintrc|eslint\.config|vite|vitest|webpack|rollup|esbuild|tsup|next|jest|babel|biome|oxlint|\.oxlintrc|package)[\w.-]*\.(?:[cm]?[jt]s|json)$|\.ya?ml$/.test(
        one.path,
      ) || /\bdeclare\b|\bglobal\b|globalThis|\bwindow\b|\bself\.|['"`]/.test(one.text),
  );
}

const bringing =
  /"(?:nuxt|unplugin-auto-import|wxt|plasmo|@nuxt\/\w+|@wordpress\/scripts|ember-cli|meteor|@vitejs\/plugin-legacy|vike|@sveltejs\/kit|imports-loader)"|ProvidePlugin/;

function bringsNames(scene: Scene, path: string): boolean {
  for (let folder = path; folder !== '';) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    const text = scene.readAfter(folder === '' ? 'package.json' : `${folder}/package.json`);
    if (text !== null && bringing.test(text)) return true;
  }
  return false;
}

function sighting(
  file: ChangedFile,
  name: string,
  { use, isLost }: { readonly use: Occurrence; readonly isLost: boolean },
): Sighting {
  const line = use.node.range().start.line + 1;
  const isNear = file.added.has(line);
  const seam = file.change.hunks[0]?.newStart ?? line;
  const says = isLost
    ? `still uses ${name} on line ${line}, and the change took away its import or declaration`
    : `uses ${name}, which the file neither declares nor imports`;
  return {
    path: file.path,
    line: isNear ? line : Math.max(1, seam),
    says,
    subject: name,
    severity: isLost || file.language === 'python' ? 'block' : 'warn',
    confidence: isLost ? 0.95 : 0.8,
  };
}
