import { describe, expect, test } from 'vitest';
import { changeOf } from '../guards/examples.ts';
import { readCatalogue } from '../risk/services.ts';
import { findReach, type Mention, type Reach } from './reach.ts';

type Files = Readonly<Record<string, string>>;

const catalogue = readCatalogue([
  {
    path: '.hallmonitor/services.yml',
    text: `services:
  - name: web
    tier: 1
    paths: [ /web/ ]
    entry_points:
      - { name: checkout button, paths: [ /web/CheckoutButton.tsx ] }
  - name: tools
    tier: 3
    paths: [ /tools/ ]
`,
  },
]);

/** A tree in memory; one file of it is what changed. */
function reachOf(files: Files, changed: string): Promise<Reach> {
  const before = { ...files, [changed]: '' };
  const change = changeOf({ name: '', before, after: files });
  return findReach(
    change,
    {
      read: (paths) => Promise.resolve(new Map(paths.map((path) => [path, files[path] ?? null]))),
      mentions: (texts, endings) => Promise.resolve(mentioned(files, texts, endings)),
    },
    catalogue,
  );
}

function mentioned(
  files: Files,
  texts: readonly string[],
  endings: readonly string[],
): readonly Mention[] {
  return Object.entries(files).flatMap(([path, text]) =>
    endings.some((ending) => path.endsWith(`.${ending}`))
      ? text
          .split('\n')
          .flatMap((line, at) =>
            texts.some((one) => line.includes(one)) ? [{ path, line: at + 1, text: line }] : [],
          )
      : [],
  );
}

const stories: readonly (readonly [string, Files, string, readonly string[]])[] = [
  [
    'a function behind a button, through relative imports and an alias',
    {
      'lib/pay.ts': 'export const pay = 1;\n',
      'lib/cart.ts': "import { pay } from './pay';\n",
      'web/CheckoutButton.tsx': "import { cart } from '@/lib/cart';\n",
      'web/other.tsx': "import { pay } from './paying';\n",
    },
    'lib/pay.ts',
    ['checkout button: lib/pay.ts lib/cart.ts web/CheckoutButton.tsx'],
  ],
  [
    'a page of Next.js, by an index file',
    {
      'lib/money/index.ts': 'export {};\n',
      'app/(shop)/cart/[id]/page.tsx': "import { m } from '../../../../lib/money';\n",
    },
    'lib/money/index.ts',
    ['/cart/[id]: lib/money/index.ts app/(shop)/cart/[id]/page.tsx'],
  ],
  [
    'a page of an application that is called app',
    {
      'lib/money.ts': 'export {};\n',
      'apps/app/app/cart/page.tsx': "import { m } from '@shop/lib/money';\n",
    },
    'lib/money.ts',
    ['/cart: lib/money.ts apps/app/app/cart/page.tsx'],
  ],
  [
    'a route of Express',
    {
      'src/pay.js': 'module.exports = 1;\n',
      'src/api.js': "const pay = require('./pay.js');\nrouter.post('/pay', pay);\n",
    },
    'src/pay.js',
    ['POST /pay: src/pay.js src/api.js'],
  ],
  [
    'a route of FastAPI and a task of Celery',
    {
      'shop/pay.py': 'def pay(): pass\n',
      'shop/api.py': 'from .pay import pay\n\n@app.post("/pay")\ndef route(): pay()\n',
      'shop/tasks.py': 'from shop import pay\n\n@shared_task\ndef settle(): pay()\n',
    },
    'shop/pay.py',
    ['POST /pay: shop/pay.py shop/api.py', 'settle: shop/pay.py shop/tasks.py'],
  ],
  [
    'a program in Go',
    {
      'internal/pay/pay.go': 'package pay\n',
      'cmd/shop/main.go': 'package main\nimport "example.com/shop/internal/pay"\nfunc main() {\n',
    },
    'internal/pay/pay.go',
    ['shop: internal/pay/pay.go cmd/shop/main.go'],
  ],
  [
    'a mapping of Spring, by the name of a class',
    {
      'src/main/java/shop/PayService.java': 'class PayService {}\n',
      'src/main/java/shop/PayController.java':
        '@PostMapping("/pay")\nvoid p(PayService service) {}\n',
      'src/main/java/shop/Notes.java': '// PayService is old\n@GetMapping("/notes")\n',
    },
    'src/main/java/shop/PayService.java',
    ['POST /pay: src/main/java/shop/PayService.java src/main/java/shop/PayController.java'],
  ],
  [
    'a controller of Rails',
    {
      'app/services/pay_service.rb': 'class PayService\nend\n',
      'app/controllers/orders_controller.rb': 'PayService.new.call\n',
    },
    'app/services/pay_service.rb',
    ['/orders: app/services/pay_service.rb app/controllers/orders_controller.rb'],
  ],
  [
    'of a file of many routes, the one that names it',
    {
      'app/Http/PayController.php': '<?php class PayController {}\n',
      'routes/web.php': [
        "Route::get('/a', [A::class]);",
        "Route::get('/b', [B::class]);",
        "Route::get('/c', [C::class]);",
        "Route::post('/pay', [PayController::class, 'pay']);",
      ].join('\n\n\n\n'),
    },
    'app/Http/PayController.php',
    ['POST /pay: app/Http/PayController.php routes/web.php'],
  ],
];

describe('what a change reaches', () => {
  test.each(stories)('%s', async (_, files, changed, expected) => {
    const { ways } = await reachOf(files, changed);
    expect(ways.map((way) => `${way.entry.name}: ${way.files.join(' ')}`)).toEqual(expected);
  });

  test('names the services on the way, the most critical first', async () => {
    const { services, ways } = await reachOf(
      {
        'lib/pay.ts': 'x\n',
        'web/CheckoutButton.tsx': "import '../lib/pay';\n",
        'tools/run.ts': "#!/usr/bin/env node\nimport '../lib/pay';\n",
      },
      'lib/pay.ts',
    );
    expect(services.map(({ name }) => name)).toEqual(['web', 'tools']);
    expect(ways.map(({ entry }) => entry.name)).toEqual(['checkout button', 'tools/run.ts']);
  });

  test('ends where files use each other in a ring, and leaves tests out', async () => {
    const { ways, gaps } = await reachOf(
      {
        'a.ts': "import './bee';\n",
        'bee.ts': "import './a';\n",
        'a.test.ts': "#!/usr/bin/env node\nimport './a';\n",
      },
      'a.ts',
    );
    expect([ways, gaps]).toEqual([[], []]);
  });

  test('is said to be incomplete where too many files use it, or nobody can search', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 80 }, (__, at) => [`u${at}.ts`, "import './pay';\n"]),
    );
    expect((await reachOf({ 'pay.ts': 'x\n', ...many }, 'pay.ts')).gaps).toHaveLength(1);
    const change = changeOf({ name: '', after: { 'pay.ts': 'x\n' } });
    const blind = { read: () => Promise.resolve(new Map()), mentions: () => Promise.resolve(null) };
    expect((await findReach(change, blind, catalogue)).gaps).toHaveLength(1);
  });
});

test('what lies beyond the files or the steps that are followed is told, and not taken for nothing', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [`a/f${at}.ts`, `x(${at});\n`]),
  );
  const tree = { read: () => Promise.resolve(new Map()), mentions: () => Promise.resolve([]) };
  const { gaps } = await findReach(
    changeOf({ name: '', before: {}, after: many }),
    tree,
    catalogue,
  );
  expect(gaps.map(({ why }) => why)).toEqual(['only 50 of 60 changed files are followed']);
  const chain = Object.fromEntries(
    Array.from({ length: 8 }, (_, at) => [
      `c/${at}.ts`,
      at === 0 ? 'x\n' : `import './${at - 1}';\n`,
    ]),
  );
  const far = await reachOf(chain, 'c/0.ts');
  expect(far.gaps.map(({ why }) => why)).toEqual(['users more than 5 steps away are left out']);
});
