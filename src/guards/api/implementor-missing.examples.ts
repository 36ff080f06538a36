import type { Example } from '../guard.ts';

const store = 'export interface Store {\n  load(id: string): Promise<string>;\n}\n';
const wider =
  'export interface Store {\n  load(id: string): Promise<string>;\n  remove(id: string): Promise<void>;\n}\n';
const disk =
  "import type { Store } from './store';\n\nexport class DiskStore implements Store {\n  async load(id: string) {\n    return id;\n  }\n}\n";

function example(
  name: string,
  path: string,
  [before, after, beside]: readonly [string, string, Readonly<Record<string, string>>],
): Example {
  return { name, before: { [path]: before, ...beside }, after: { [path]: after, ...beside } };
}

const go = 'package store\n\ntype Store interface {\n\tLoad(id string) string\n}\n';

export const caught: readonly Example[] = [
  example('a class of TypeScript', 'src/store.ts', [store, wider, { 'src/disk.ts': disk }]),
  example('a class of Java', 'src/main/java/Store.java', [
    'interface Store {\n  String load(String id);\n}\n',
    'interface Store {\n  String load(String id);\n  void remove(String id);\n}\n',
    {
      'src/main/java/Disk.java':
        'public class Disk implements Store {\n  public String load(String id) { return id; }\n}\n',
    },
  ]),
  example('a struct of Go that says so', 'store/store.go', [
    go,
    go.replace('string\n}', 'string\n\tRemove(id string)\n}'),
    {
      'store/disk.go':
        'package store\n\nvar _ Store = (*Disk)(nil)\n\ntype Disk struct {\n\tpath string\n}\n\nfunc (d *Disk) Load(id string) string {\n\treturn id\n}\n',
    },
  ]),
  example('an implementation of Rust', 'src/store.rs', [
    'pub trait Store {\n    fn load(&self) -> u8;\n}\n',
    'pub trait Store {\n    fn load(&self) -> u8;\n    fn remove(&self);\n}\n',
    { 'src/disk.rs': 'impl Store for Disk {\n    fn load(&self) -> u8 {\n        1\n    }\n}\n' },
  ]),
  example('a class of Python', 'app/store.py', [
    'from abc import ABC, abstractmethod\n\n\nclass Store(ABC):\n    @abstractmethod\n    def load(self): ...\n',
    'from abc import ABC, abstractmethod\n\n\nclass Store(ABC):\n    @abstractmethod\n    def load(self): ...\n\n    @abstractmethod\n    def remove(self): ...\n',
    {
      'app/disk.py':
        'from .store import Store\n\n\nclass Disk(Store):\n    def load(self):\n        return 1\n',
    },
  ]),
  example('a class of C#', 'src/Store.cs', [
    'interface IStore\n{\n    string Load(string id);\n}\n',
    'interface IStore\n{\n    string Load(string id);\n    void Remove(string id);\n}\n',
    {
      'src/Disk.cs':
        'public class Disk : IStore\n{\n    public string Load(string id) { return id; }\n}\n',
    },
  ]),
];

export const passed: readonly Example[] = [
  {
    name: 'the class gets it in the same change',
    before: { 'src/store.ts': store, 'src/disk.ts': disk },
    after: {
      'src/store.ts': wider,
      'src/disk.ts': disk.replace('async load', 'async remove() {}\n  async load'),
    },
  },
  example('a member that may be left out', 'src/store.ts', [
    store,
    wider.replace('remove(', 'remove?('),
    { 'src/disk.ts': disk },
  ]),
  example('a class that extends another', 'src/store.ts', [
    store,
    wider,
    { 'src/disk.ts': disk.replace('implements Store', 'extends Basic implements Store') },
  ]),
  example('a default of Java', 'src/main/java/Store.java', [
    'interface Store {\n  String load(String id);\n}\n',
    'interface Store {\n  String load(String id);\n  default void remove(String id) {\n  }\n}\n',
    {
      'src/main/java/Disk.java':
        'public class Disk implements Store {\n  public String load(String id) { return id; }\n}\n',
    },
  ]),
  example('a method in another file of the package', 'store/store.go', [
    go,
    go.replace('string\n}', 'string\n\tRemove(id string)\n}'),
    {
      'store/disk.go': 'package store\n\nvar _ Store = (*Disk)(nil)\n',
      'store/more.go': 'package store\n\nfunc (d *Disk) Remove(id string) {\n}\n',
    },
  ]),
  example('an interface nobody implements by name', 'src/store.ts', [
    store,
    wider,
    { 'src/disk.ts': 'export const disk = { load: (id: string) => id };\n' },
  ]),
  example('a class of a test', 'src/store.ts', [store, wider, { 'src/disk.test.ts': disk }]),
];
