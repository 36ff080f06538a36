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
];
