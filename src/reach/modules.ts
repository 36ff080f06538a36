import type { Family, Target } from './families.ts';
import type { Mention } from './reach.ts';

/** Python: by the dotted name of a module, absolute or relative. */
export const pythonFamily: Family = { endings: ['py'], target: pythonTarget };

function pythonTarget(path: string): Target {
  const names = path.replace(/\.py$/, '').split('/');
  if (names.at(-1) === '__init__') names.pop();
  const base = names.at(-1) ?? '';
  if (base === '' || base.startsWith('__')) return { mentions: [], isMeantBy: () => false };
  return { mentions: [base], isMeantBy: (mention) => isImported(mention, names) };
}

const fromImport =
  /^\s{0,40}from\s{1,4}(\.{0,5})([\w.]{0,200})\s{1,4}import\s{1,4}\(?([\w\s,.*]{0,400})/;
const plainImport = /^\s{0,40}import\s{1,4}([\w\s,.]{1,400})/;

function isImported({ path, text }: Mention, module: readonly string[]): boolean {
  const from = fromImport.exec(text);
  if (from !== null) {
    const [, dots = '', name = '', list = ''] = from;
    const base = dots === '' ? [] : path.split('/').slice(0, -dots.length);
    const asked = [...base, ...name.split('.').filter(Boolean)];
    const items = list.split(',').map((item) => item.trim().split(/\s/)[0] ?? '');
    const isExact = dots !== '';
    return (
      fits(asked, module, isExact) || items.some((item) => fits([...asked, item], module, isExact))
    );
  }
  const plain = plainImport.exec(text)?.[1] ?? '';
  return plain
    .split(',')
    .some((item) => fits((item.trim().split(/\s/)[0] ?? '').split('.'), module, false));
}

/** An absolute name may leave out the folders above the root of the packages. */
function fits(asked: readonly string[], module: readonly string[], isExact: boolean): boolean {
  const text = asked.join('/');
  const whole = module.join('/');
  if (text === '' || text.endsWith('/')) return false;
  if (isExact || whole === text) return whole === text;
  return whole.endsWith(`/${text}`) && (asked.length > 1 || module.length <= 2);
}

/** Go: by the path of the package, whose end is the folder. A package is used as a whole. */
export const goFamily: Family = { endings: ['go'], target: goTarget };

function goTarget(path: string, text: string): Target {
  const folders = path.split('/').slice(0, -1);
  const base = folders.at(-1) ?? '';
  // Nobody can import a program.
  if (base === '' || /^package main\b/m.test(text)) return { mentions: [], isMeantBy: () => false };
  const suffix = `/${folders.join('/')}`;
  return {
    mentions: [`/${base}"`],
    isMeantBy: (mention) =>
      [...mention.text.matchAll(/"([^"\s]{1,300})"/g)].some(
        ([, spec = '']) => `/${spec}`.endsWith(suffix) || isMajorVersion(spec, folders),
      ),
  };
}

/** `example.com/shop/v2/pay` of the folder `pay`. */
function isMajorVersion(spec: string, folders: readonly string[]): boolean {
  return new RegExp(String.raw`/v\d+/${folders.map(escaped).join('/')}$`).test(spec);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
