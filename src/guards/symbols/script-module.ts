import type { Scene, Source, Tree } from '../guard.ts';
import { scriptExports } from '../api/script-exports.ts';
import { fileAfter, folderOf, isReadOut, joined } from './files-after.ts';
import { aliased } from './script-aliases.ts';

/** What a module offers by name. */
export interface Offer {
  readonly names: ReadonlySet<string>;
  /** It offers more than its text tells: `export * from` a package, CommonJS, text that does not parse. */
  readonly isOpen: boolean;
}

const endings = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs'];
/** Endings that a bundler or a tool reads, or that say nothing of the file behind. */
const foreign =
  /\.(?!(?:[cm]?[jt]s|[jt]sx)$)(?:css|s[ac]ss|less|styl|json5?|svg|png|jpe?g|gif|webp|avif|ico|vue|svelte|astro|mdx?|graphql|gql|ya?ml|txt|html?|wasm|node|sql|d|glsl|csv|woff2?|proto|hbs|pug|ejs|xml|po|mp[34]|wav|toml|riot|marko|imba|civet|coffee|elm|mustache)(?:\?.*)?$/i;

/** The file an import leads to; null when no file is there, undefined when that cannot be told. */
export function scriptTarget(
  scene: Scene,
  from: string,
  written: string,
): Source | null | undefined {
  if (foreign.test(written) || /[?!*]/.test(written)) return undefined;
  const isRelative = /^\.\.?(?:\/|$)/.test(written);
  const near = isRelative ? joined(folderOf(from), written) : null;
  const places = isRelative ? (near === null ? [] : [near]) : aliased(scene, from, written);
  for (const place of places) {
    for (const path of candidates(place, written)) {
      const found = fileAfter(scene, path);
      if (found !== null) return found;
    }
  }
  // What a name of the configuration stands for may lie elsewhere as well.
  return near === null || isReadOut(scene) ? undefined : null;
}

function candidates(place: string, written: string): readonly string[] {
  const ending = /\.(?:[cm]?[jt]s|[jt]sx)$/.exec(written)?.[0];
  const plain = ending === undefined ? place : place.slice(0, -ending.length);
  if (ending !== undefined) {
    const typed = ending.replace('j', 't');
    return [...new Set([place, `${plain}${typed}`, `${plain}.tsx`, `${plain}.d.ts`])];
  }
  const isFolder = /(?:^|\/)\.{0,2}\/?$/.test(written);
  const inside = place === '' ? '' : `${place}/`;
  const index = endings.map((one) => `${inside}index${one}`);
  if (isFolder) return index;
  // Each miss is a question to git, so the usual endings come first.
  const files = [...endings.map((one) => `${place}${one}`), `${place}.d.ts`];
  return [...files.slice(0, 2), ...index.slice(0, 2), ...files.slice(2), ...index.slice(2)];
}

/** How many files deep `export *` is followed. */
const deepest = 5;

/** What a script module offers, following `export *` to other modules of the repository. */
export function scriptOffer(scene: Scene, module: Source, depth = 0): Offer {
  const root = module.tree();
  if (root === null || depth > deepest || isUnclear(module, root)) return open;
  const names = new Set(scriptExports(root)?.keys() ?? []);
  let isOpen = false;
  for (const node of root.children()) {
    if (node.kind() !== 'export_statement') continue;
    for (const name of bound(node)) names.add(name);
    const from = node.field('source')?.text().slice(1, -1);
    const alias = /^export\s+(?:type\s+)?\*\s*as\s+([\w$]+)/.exec(node.text())?.[1];
    if (alias !== undefined) names.add(alias);
    else if (from !== undefined && /^export\s*(?:type\s*)?\*/.test(node.text())) {
      const target = scriptTarget(scene, module.path, from);
      const passed =
        target === null || target === undefined ? open : scriptOffer(scene, target, depth + 1);
      for (const name of passed.names) if (name !== 'default') names.add(name);
      isOpen ||= passed.isOpen;
    }
  }
  return { names, isOpen };
}

const open: Offer = { names: new Set(), isOpen: true };

const unclear =
  /\bmodule\.exports\b|(?<![\w.])exports\s*[.[]|\bdeclare\s+(?:module|global)\b|^[ \t]*export\s*=|^[ \t]*export\s+(?:import|as\s+namespace)\b|\b__esModule\b|@generated|\bDO NOT EDIT\b/m;

function isUnclear({ path, text }: Source, root: Tree): boolean {
  if (/\.d\.[cm]?ts$/.test(path) || unclear.test(text)) return true;
  if (!/^[ \t]*export\b/m.test(text) && !/[;}]\s*export\b/.test(text)) return true;
  return root.find({ rule: { kind: 'ERROR' } }) !== null;
}

// Everything in the pattern of `export const { a, b: [c] } = …`; more than is bound does no harm here.
function bound(statement: Tree): readonly string[] {
  const text = statement.text();
  if (!/^export\s+(?:declare\s+)?(?:const|let|var)\b/.test(text)) return [];
  const declaration = statement.field('declaration');
  const names = (declaration?.children() ?? []).flatMap((one) => {
    const name = one.kind() === 'variable_declarator' ? one.field('name') : null;
    return name === null ? [] : [name.text()];
  });
  return names.flatMap((name) => name.match(/[\w$]+/g) ?? []);
}
