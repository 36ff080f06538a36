import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const before = 'export const load = (id: string) => read(id);\n';
const after = `const userCache = new Map<string, User>();

export async function load(id: string) {
  const known = userCache.get(id);
  if (known !== undefined) return known;
  const user = await read(id);
  userCache.set(id, user);
  return user;
}
`;
const python = `_user_cache = {}


def load(id):
    if id not in _user_cache:
        _user_cache[id] = read(id)
    return _user_cache[id]
`;

/** Caches that only grow. */
export const caught: readonly Example[] = [
  exampleOf('a Map in TypeScript', 'src/users.ts', [before, after]),
  exampleOf('a dict in Python', 'shop/users.py', ['def load(id):\n    return read(id)\n', python]),
  exampleOf('a map in Go', 'users/users.go', [
    'package users\n\nfunc Load(id string) User {\n\treturn read(id)\n}\n',
    'package users\n\nvar userCache = make(map[string]User)\n\nfunc Load(id string) User {\n\tif u, ok := userCache[id]; ok {\n\t\treturn u\n\t}\n\tuserCache[id] = read(id)\n\treturn userCache[id]\n}\n',
  ]),
];

/** Caches with an end. */
export const passed: readonly Example[] = [
  exampleOf('an LRU cache', 'src/users.ts', [
    before,
    after.replace('new Map<string, User>()', 'new LRUCache<string, User>({ max: 500 })'),
  ]),
  exampleOf('entries are deleted', 'src/users.ts', [
    before,
    `${after}\nexport const forget = (id: string) => userCache.delete(id);\n`,
  ]),
  exampleOf('it was there before', 'src/users.ts', [
    after,
    after.replace('const known', 'const found').replaceAll('known', 'found'),
  ]),
  exampleOf('a test', 'src/users.test.ts', [before, after]),
  exampleOf('it lives in a function', 'src/users.ts', [
    before,
    'export function loader() {\n  const userCache = new Map<string, User>();\n  return (id: string) => {\n    userCache.set(id, read(id));\n  };\n}\n',
  ]),
];
