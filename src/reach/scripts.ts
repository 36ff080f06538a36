import type { Family, Target } from './families.ts';
import type { Mention } from './reach.ts';

/** JavaScript and TypeScript: by the path in an import, relative, through an alias, or by the name of a package. */
export const scriptFamily: Family = {
  endings: ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte', 'astro'],
  target,
};

const ending = /\.(?:d\.)?(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

function target(path: string): Target {
  const whole = path.replace(ending, '');
  const isIndex = /(?:^|\/)index$/.test(whole);
  const place = isIndex ? whole.replace(/\/?index$/, '') : whole;
  const base = place.slice(place.lastIndexOf('/') + 1);
  if (base === '') return { mentions: [], isMeantBy: () => false };
  const names = isIndex ? [base, `${base}/index`] : [base];
  const mentions = names.flatMap((name) => [`/${name}'`, `/${name}"`, `/${name}.`, `/${name}\``]);
  return { mentions, isMeantBy: (mention) => isMeant(mention, whole, place) };
}

/** What stands in quotes after `from`, `import`, `require`: at most a few on a line. */
const imported =
  /(?:\bfrom\s{0,4}|\bimport\s{0,4}\(?\s{0,4}|\brequire\s{0,4}\(\s{0,4})(['"`])([^'"`\n]{1,200})\1/g;

function isMeant({ path, text }: Mention, whole: string, place: string): boolean {
  return [...text.matchAll(imported)].some(([, , spec = '']) => {
    const bare = spec.replace(/\?.*$/, '').replace(ending, '');
    if (bare.startsWith('.')) {
      const resolved = resolve(path, bare);
      return resolved === whole || resolved === place;
    }
    return isAlias(bare, whole) || isAlias(bare, place);
  });
}

/** `@/lib/cart` or `@shop/web/lib/cart`: what follows the alias must be the end of the path, two names at least. */
function isAlias(spec: string, path: string): boolean {
  const names = spec.split('/');
  for (let from = 1; from <= 2; from += 1) {
    const rest = names.slice(from).join('/');
    if (rest.includes('/') && (path === rest || path.endsWith(`/${rest}`))) return true;
  }
  const [alias = '', ...one] = names;
  return (
    /^[@~#$]$/.test(alias) &&
    one.length === 1 &&
    /^(?:src\/)?[^/]+$/.test(path) &&
    path.endsWith(one[0] ?? '')
  );
}

/** A relative path against the file that holds it. */
export function resolve(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
