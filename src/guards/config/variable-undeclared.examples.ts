import type { Guard } from '../guard.ts';

const sample = { '.env.example': 'DATABASE_URL=\nREDIS_URL=\nMAIL_HOST=\n' };
const code = 'export const db = connect(process.env.DATABASE_URL);\n';

function reads(
  line: string,
  more: Readonly<Record<string, string>> = {},
  path = 'src/pay.ts',
): { before: Record<string, string>; after: Record<string, string> } {
  return {
    before: { ...sample, [path]: code },
    after: { ...sample, [path]: `${code}${line}\n`, ...more },
  };
}

/** Cases of `config/variable-undeclared`. */
export const variableUndeclaredExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a key that no list names',
      ...reads('const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);'),
    },
    { name: 'in Python', ...reads('key = os.environ["STRIPE_SECRET_KEY"]', {}, 'shop/pay.py') },
    { name: 'in Go', ...reads('var key = os.Getenv("STRIPE_SECRET_KEY")', {}, 'pay/pay.go') },
    { name: 'in brackets', ...reads("const url = process.env['PARTNER_API_URL'];") },
    {
      name: 'in a folder below the list',
      ...reads('const url = import.meta.env.VITE_PARTNER_URL;', {}, 'apps/web/src/api.ts'),
    },
  ],
  passed: [
    {
      name: 'the sample names few of what the file reads',
      before: {
        '.env.example': 'APP_KEY=\nDB_HOST=\nMAIL_HOST=\n',
        'config/services.php':
          "<?php\nreturn [\n  'a' => env('ASANA_ID'),\n  'b' => env('GITEA_ID'),\n  'c' => env('GUMROAD_ID'),\n  'd' => env('SLACK_ID'),\n];\n",
      },
      after: {
        '.env.example': 'APP_KEY=\nDB_HOST=\nMAIL_HOST=\n',
        'config/services.php':
          "<?php\nreturn [\n  'a' => env('ASANA_ID'),\n  'b' => env('GITEA_ID'),\n  'c' => env('GUMROAD_ID'),\n  'd' => env('SLACK_ID'),\n  'e' => env('KANIDM_ID'),\n];\n",
      },
    },
    {
      name: 'the list names it too',
      ...reads('pay(process.env.STRIPE_SECRET_KEY);', {
        '.env.example': `${sample['.env.example']}STRIPE_SECRET_KEY=\n`,
      }),
    },
    {
      name: 'Compose sets it',
      ...reads('pay(process.env.STRIPE_SECRET_KEY);', {
        'docker-compose.yml': 'services:\n  web:\n    environment:\n      STRIPE_SECRET_KEY: x\n',
      }),
    },
    { name: 'it has a default', ...reads("const level = process.env.SHOP_LEVEL ?? 'info';") },
    { name: 'the code asks whether it is there', ...reads('if (process.env.SHOP_TRACE) trace();') },
    {
      name: 'the platform sets it',
      ...reads('const region = process.env.AWS_REGION; const ci = process.env.CI;'),
    },
    {
      name: 'other code reads it already',
      before: { ...sample, 'src/pay.ts': code, 'src/old.ts': 'x(process.env.PARTNER_URL);\n' },
      after: {
        ...sample,
        'src/pay.ts': `${code}y(process.env.PARTNER_URL);\n`,
        'src/old.ts': 'x(process.env.PARTNER_URL);\n',
      },
    },
    {
      name: 'the repository lists no variables',
      before: { 'src/pay.ts': code },
      after: { 'src/pay.ts': `${code}pay(process.env.STRIPE_SECRET_KEY);\n` },
    },
    {
      name: 'a test reads it',
      ...reads('pay(process.env.TEST_SHOP_KEY);', {}, 'test/pay.test.ts'),
    },
    {
      name: 'the reading moves to another file',
      before: { ...sample, 'src/a.ts': 'x(process.env.PARTNER_URL);\n', 'src/b.ts': code },
      after: {
        ...sample,
        'src/a.ts': 'y();\n',
        'src/b.ts': `${code}x(process.env.PARTNER_URL);\n`,
      },
    },
  ],
};
