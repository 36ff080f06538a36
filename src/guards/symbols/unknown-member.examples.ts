import type { Example } from '../guard.ts';

const status =
  "export enum Status {\n  Open = 'open',\n  Closed = 'closed',\n}\n\nexport const limits = { rows: 100, 'pages': 5 } as const;\n\nexport function load() {\n  return limits;\n}\n";
const before = "import { Status } from './status';\n\nexport const now = Status.Open;\n";

function script(
  name: string,
  shop: string,
  more: Readonly<Record<string, string>> = { 'src/status.ts': status },
): Example {
  return { name, before: { 'src/shop.ts': before }, after: { ...more, 'src/shop.ts': shop } };
}

const colour =
  'from enum import Enum\n\n\nclass Colour(Enum):\n    RED = 1\n    BLUE = 2\n\n    @property\n    def shown(self):\n        return self.name\n';

function python(name: string, views: string, more: Readonly<Record<string, string>> = {}): Example {
  return {
    name,
    before: { 'app/views.py': 'import json\n' },
    after: {
      'app/__init__.py': '',
      'app/colour.py': colour,
      ...more,
      'app/views.py': `import json\n${views}`,
    },
  };
}

export const caught: readonly Example[] = [
  script(
    'a member the enum does not have',
    "import { Status } from './status';\n\nexport const now = Status.Pending;\n",
  ),
  script(
    'a function the module does not have',
    "import * as status from './status';\n\nexport const now = status.loadAll();\n",
  ),
  script(
    'a key the constant does not have',
    "import { limits } from './status';\n\nexport const now = limits.columns;\n",
  ),
  script(
    'a member of an enum that an index passes on',
    "import { Status } from './lib';\n\nexport const now = Status.Pending;\n",
    {
      'src/lib/index.ts': "export * from './status';\n",
      'src/lib/status.ts': status,
    },
  ),
  python(
    'a member a Python enum does not have',
    'from .colour import Colour\n\npaint = Colour.GREEN\n',
  ),
  python(
    'a function a Python module does not have',
    'from . import colour\n\npaint = colour.mix(1, 2)\n',
  ),
  script(
    'a method that the class around does not have',
    'export class Cart {\n  constructor(private readonly rows: number[]) {}\n  total() {\n    return this.rows.map((row) => this.priced(row));\n  }\n}\n',
  ),
  script(
    'a method that an imported class does not have',
    "import { Cart } from './cart';\n\nexport function run() {\n  const cart = new Cart(1);\n  return cart.checkoutAll();\n}\n",
    {
      'src/cart.ts':
        'export class Cart {\n  rows = 1;\n  async total() {\n    return this.rows;\n  }\n}\n',
    },
  ),
  python(
    'a method that a Python class does not have',
    '\n\nclass Cart:\n    def __init__(self):\n        self.rows = []\n\n    def total(self):\n        return self.priced(self.rows)\n',
  ),
];

export const passed: readonly Example[] = [
  script(
    'members that are there',
    "import { Status, limits } from './status';\nimport * as all from './status';\n\nexport const now = [Status.Closed, limits.pages, limits.toString(), all.load(), all.Status];\n",
  ),
  script(
    'a local thing of the same name',
    "import { Status } from './status';\n\nexport function show(Status: { Other: string }) {\n  return Status.Other;\n}\n",
  ),
  script(
    'a constant with a type of its own, a spread and one that is filled later',
    "import { a, b, c } from './lib';\n\nexport const now = [a.x, b.x, c.x];\n",
    {
      'src/lib.ts':
        'export const a: Record<string, number> = { y: 1 };\nexport const b = { y: 1, ...a };\nexport const c = { y: 1 };\nc.x = 2;\n',
    },
  ),
  script(
    'an enum with a namespace of the same name',
    "import { Status } from './status';\n\nexport const now = Status.parse('open');\n",
    {
      'src/status.ts': `${status}\nexport namespace Status {\n  export function parse(text: string) {\n    return text;\n  }\n}\n`,
    },
  ),
  script(
    'a member the change adds',
    "import { Status } from './status';\n\nexport const now = Status.Pending;\n",
    {
      'src/status.ts': status.replace('Closed', "Pending = 'pending',\n  Closed"),
    },
  ),
  script(
    'text and comments',
    "import { Status } from './status';\n\n// Status.Other was here\nexport const now = `Status.Gone ${Status.Open}`;\n",
  ),
  python(
    'members of a Python enum and module that are there',
    'from . import colour\nfrom .colour import Colour\n\npaint = [Colour.RED, Colour.BLUE.shown, Colour.__members__, colour.Colour, colour.__name__]\n',
  ),
  python(
    'a class that is no plain enum',
    'from .other import Base\n\npaint = Base.objects.all()\n',
    { 'app/other.py': 'class Base(Model):\n    pass\n' },
  ),
  script(
    'members of every kind of the class around',
    'export class Cart<T> {\n  static made = 0;\n  #own = 1;\n  declared?: T;\n  handler = () => this.declared;\n  constructor(\n    private readonly rows: T[],\n    public other = 1,\n  ) {\n    this.late = 2;\n  }\n  get size() {\n    return this.rows.length;\n  }\n  total() {\n    const self = { x: 1, f() { return this.x; } };\n    return [this.size, this.other, this.late, this.handler(), this.declared, this.#own, self];\n  }\n}\nexport class More extends Cart<string> {\n  go() {\n    return this.inherited();\n  }\n}\nexport function old() {\n  return this.whatever;\n}\n',
  ),
  python(
    'members of every kind of Python, and a mixin',
    "\n\nclass Cart:\n    kind = 'a'\n    later: int\n\n    def __init__(self):\n        self.rows, self.more = [], 1\n        for self.each in self.rows:\n            pass\n\n    def total(self):\n        return self.kind, self.later, self.rows, self.more, self.each, self.__class__\n\n\nclass Part:\n    def go(self):\n        return self.given_by_whole()\n\n\nclass Whole(Part, Cart):\n    def given_by_whole(self):\n        return 1\n",
  ),
  script(
    'an object that gets more',
    "import { Cart } from './cart';\n\nconst cart = new Cart();\ncart.note = 1;\nexport const x = [cart.note, cart.rows];\n",
    { 'src/cart.ts': 'export class Cart {\n  rows = 1;\n}\n' },
  ),
];
