import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script =
  "import { load } from './load';\n\nexport async function run(id: string) {\n  const user = await load(id);\n  return user;\n}\n";
const python =
  'import json\n\n\ndef load(path):\n    with open(path) as file:\n        return json.load(file)\n';

export const caught: readonly Example[] = [
  exampleOf('a function nobody imported', 'src/run.ts', [
    script,
    script.replace('return user;', 'return formatUser(user);'),
  ]),
  exampleOf('a component nobody imported', 'src/View.tsx', [
    "import { x } from './x';\n\nexport const View = () => <div>{x}</div>;\n",
    "import { x } from './x';\n\nexport const View = () => (\n  <div>\n    {x}\n    <Spinner />\n  </div>\n);\n",
  ]),
  exampleOf('an import that went while it is still used', 'src/run.js', [
    "import { load } from './load';\nimport { logger } from './log';\n\nexport function run(id) {\n  logger.info(id);\n  return load(id);\n}\n",
    "import { load } from './load';\n\nexport function run(id) {\n  logger.info(id);\n  return load(id);\n}\n",
  ]),
  exampleOf('a Python module nobody imported', 'app/load.py', [
    python,
    python.replace('return json.load(file)', "return json.load(file) or os.environ['X']"),
  ]),
  exampleOf('a Python import that went', 'app/load.py', [
    python,
    python.replace('import json\n', 'import sys\n').replace('load(path)', 'load(path=sys.argv[1])'),
  ]),
  exampleOf('a Python variable with a slip in its name', 'app/sum.py', [
    'def total(items):\n    result = 0\n    return result\n',
    'def total(items):\n    result = 0\n    for item in items:\n        result += item\n    print(reslt)\n    return result\n',
  ]),
];

export const passed: readonly Example[] = [
  exampleOf('names of every kind of declaration', 'src/run.ts', [
    script,
    "import type { Kind } from './kind';\nimport all, * as load from './load';\n\nenum Colour {\n  Red,\n}\nclass Shop<T> {\n  constructor(private readonly made: T) {}\n}\nexport async function run({ id, rest: [first, ...others] }: Kind, later = id, ...more: string[]) {\n  const found = await load.one(id);\n  for (const each of others) console.log(each, later, more, first);\n  try {\n    return [found, Colour.Red, new Shop(1), all];\n  } catch (error) {\n    label: for (;;) break label;\n    return [error, ((x) => x)(1), Math.max(1), new URL('x')];\n  }\n}\n",
  ]),
  exampleOf('a name asked for first', 'src/run.js', [
    'export const a = 1;\n',
    "export const a = 1;\nexport const b = typeof VERSION === 'undefined' ? 1 : VERSION;\n",
  ]),
  {
    name: 'a name that the build brings',
    before: { 'src/run.ts': script },
    after: {
      'src/run.ts': script.replace('return user;', 'return [user, __VERSION__];'),
      'vite.config.ts': "export default { define: { __VERSION__: '1' } };\n",
    },
  },
  exampleOf('properties, keys, labels of JSX and text', 'src/View.tsx', [
    "import { x } from './x';\n\nexport const View = () => <div>{x}</div>;\n",
    'import { x } from \'./x\';\n\nexport const View = () => (\n  <section title={x.title} data-foo="bar">\n    words {x?.more} <b>bold Words</b>\n    {{ key: 1 }.key}\n  </section>\n);\n',
  ]),
  exampleOf('names of every kind of Python', 'app/load.py', [
    python,
    "import os.path\nfrom typing import (\n    Any,\n    List as Many,\n)\n\nimport json\n\n\nclass A:\n    x: int = 1\n    y = x\n\n\ndef load(path, *rest, mode='r', **more) -> Many[Any]:\n    a, (b, *c) = rest\n    with open(path) as file, open(mode) as other:\n        pass\n    if (size := len(c)) > 1:\n        print(size, a, b, other, more, os.path, json)\n    for i, j in enumerate(c):\n        print(i, j)\n    try:\n        return [k for k in c if k], {m: n for m, n in a}, lambda p, *q: (p, q)\n    except (OSError, ValueError) as error:\n        print(error, A.x, sum(z for z in c), file)\n    match a:\n        case [first, *others]:\n            print(first, others)\n",
  ]),
  exampleOf('a file that takes all of another', 'app/settings.py', [
    'from .base import *\n',
    'from .base import *\n\nINSTALLED = APPS + 1\n',
  ]),
  exampleOf('a name that was undefined before', 'app/a.py', [
    'def f():\n    return nowhere\n',
    'def f():\n    return nowhere\n\n\ndef g():\n    return 1\n',
  ]),
];
