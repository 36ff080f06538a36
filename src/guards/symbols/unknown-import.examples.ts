import type { Example } from '../guard.ts';

const money =
  'export function toCents(amount: number): number {\n  return Math.round(amount * 100);\n}\n';
const shop = "import { toCents } from './money';\n\nexport const price = toCents(2);\n";
const models = 'class Order:\n    pass\n\n\nLIMIT = 5\n';

function script(name: string, files: Readonly<Record<string, string>>, was = shop): Example {
  return { name, before: { 'src/shop.ts': was }, after: files };
}

export const caught: readonly Example[] = [
  script('a function that the module does not export', {
    'src/money.ts': money,
    'src/shop.ts':
      "import { toCents, formatMoney } from './money';\n\nexport const price = formatMoney(toCents(2));\n",
  }),
  script('a function that the module keeps to itself', {
    'src/money.ts': `${money}\nfunction round(x: number) {\n  return x;\n}\n`,
    'src/shop.ts':
      "import { toCents } from './money.js';\nimport { round } from './money.js';\n\nexport const price = round(toCents(2));\n",
  }),
  script('a default that a module of named exports has not', {
    'src/money/index.ts': money,
    'src/shop.ts': "import money from './money';\n\nexport const price = money.toCents(2);\n",
  }),
  script('a name that is behind no `export *`', {
    'src/lib/index.ts': "export * from './money';\n",
    'src/lib/money.ts': money,
    'src/shop.ts':
      "import {\n  toCents,\n  toEuros,\n} from './lib';\n\nexport const price = toEuros(toCents(2));\n",
  }),
  script('a name behind an alias of the configuration', {
    'tsconfig.json':
      '{\n  // paths\n  "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"] } },\n}\n',
    'src/lib/money.ts': money,
    'src/shop.ts': "import { toEuros } from '@/lib/money';\n\nexport const price = toEuros(2);\n",
  }),
  script('a module that is nowhere', {
    'src/shop.ts':
      "import { toCents } from './helpers/currency';\n\nexport const price = toCents(2);\n",
  }),
  {
    name: 'a class that a Python module does not define',
    before: { 'app/views.py': 'import json\n' },
    after: {
      'app/__init__.py': '',
      'app/models.py': models,
      'app/views.py': 'import json\nfrom .models import Order, OrderLine\n',
    },
  },
  {
    name: 'a name of a package by its full path',
    before: { 'shop/api/views.py': 'import json\n' },
    after: {
      'shop/api/models.py': models,
      'shop/api/views.py': 'import json\nfrom shop.api.models import get_order\n',
    },
  },
];

export const passed: readonly Example[] = [
  script('a name the change adds to the module', {
    'src/money.ts': `${money}\nexport const formatMoney = (x: number) => String(x);\n`,
    'src/shop.ts':
      "import { toCents, formatMoney } from './money';\n\nexport const price = formatMoney(toCents(2));\n",
  }),
  script('a name behind `export *`', {
    'src/lib/index.ts': "export * from './money';\nexport * as units from './units';\n",
    'src/lib/money.ts': money,
    'src/shop.ts':
      "import { toCents, units } from './lib';\n\nexport const price = toCents(units.two);\n",
  }),
  script('a module that passes on a package', {
    'src/lib.ts': "export * from 'some-package';\n",
    'src/shop.ts': "import { anything } from './lib';\n\nexport const price = anything;\n",
  }),
  script('types, enums, classes, patterns and renames', {
    'src/lib.ts':
      'const inner = 1;\nexport type A = string;\nexport interface B {}\nexport enum C {}\nexport abstract class D {}\nexport const { e, f: g } = { e: 1, f: 2 };\nexport { inner as h };\nexport default inner;\nexport declare const i: number;\nexport namespace J {}\n',
    'src/shop.ts':
      "import k, { type A, B, C, D, e, g, h, i, J } from './lib';\n\nexport const price = k;\n",
  }),
  script('a package that looks like an alias', {
    'tsconfig.json':
      '{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "*": ["./types/*"] } } }\n',
    'src/lib/money.ts': money,
    'src/shop.ts':
      "import { toEuros } from '@money/core';\nimport { toCents } from '@/lib/money';\nimport { far } from '@/far/away';\n\nexport const price = toEuros(toCents(far));\n",
  }),
  script('a CommonJS module', {
    'src/lib.js': 'module.exports = require("./other");\n',
    'src/shop.ts': "import { anything } from './lib';\n\nexport const price = anything;\n",
  }),
  script('what a build writes, and what a bundler reads', {
    'src/shop.ts':
      "import { Client } from './generated/client';\nimport logo from './logo.svg';\nimport sheet from './shop.module.css';\nimport View from './View.vue';\n\nexport const price = [Client, logo, sheet, View];\n",
  }),
  script(
    'an import that was wrong before',
    {
      'src/money.ts': money,
      'src/shop.ts':
        "import { toEuros } from './money';\nimport { toCents } from './money';\nexport const price = [toEuros, toCents];\n",
    },
    "import { toEuros } from './money';\nexport const price = toEuros;\n",
  ),
  {
    name: 'a submodule, a module that answers on demand, and one that may be missing',
    before: { 'app/views.py': 'import json\n' },
    after: {
      'app/__init__.py': '',
      'app/models.py': models,
      'app/lazy.py': 'def __getattr__(name):\n    return name\n',
      'app/views.py':
        'import json\nfrom . import models\nfrom .lazy import Whatever\nfrom .models import LIMIT, Order\ntry:\n    from .models import Fast\nexcept ImportError:\n    Fast = None\n',
    },
  },
  {
    name: 'names bound by an import, a loop or a condition of the module',
    before: { 'app/views.py': 'import json\n' },
    after: {
      'app/models.py':
        'import os\nfrom typing import Any as Anything\nif os.name:\n    def only():\n        pass\nfor each in range(2):\n    last = each\n',
      'app/views.py': 'import json\nfrom .models import Anything, each, last, only, os\n',
    },
  },
];
