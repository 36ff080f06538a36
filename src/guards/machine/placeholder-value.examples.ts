import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const code = "import { createClient } from 'mail';\n\nexport const limit = 5;\n";

export const caught: readonly Example[] = [
  exampleOf('a key to fill in', 'src/mail.ts', [
    code,
    `${code}export const client = createClient({\n  apiKey: 'your-api-key-here',\n});\n`,
  ]),
  exampleOf('a fallback to a known secret', 'src/auth.js', [
    code,
    `${code}export const secret = process.env.SECRET || 'changeme';\n`,
  ]),
  exampleOf('a secret to replace', 'app/settings.py', [
    'X = 1\n',
    'X = 1\nSECRET_KEY = "REPLACE_ME"\n',
  ]),
  exampleOf('a service at nobody', 'src/api.ts', [
    code,
    `${code}const baseUrl = 'https://api.example.com/v1';\n`,
  ]),
  exampleOf('an account of the manual', 'infra/main.tf', [
    'a = 1\n',
    'a = 1\nrole_arn = "arn:aws:iam::123456789012:role/deploy"\n',
  ]),
  exampleOf('a token in configuration', 'config/production.yml', [
    'a: 1\n',
    'a: 1\ntoken: YOUR_ACCESS_TOKEN\n',
  ]),
  exampleOf('filler text', 'src/Page.tsx', [
    'export const Page = () => <p>Hi</p>;\n',
    'export const Page = () => <p>Lorem ipsum dolor sit amet</p>;\n',
  ]),
];

export const passed: readonly Example[] = [
  exampleOf('how a value looks in a form', 'src/Form.tsx', [
    'export const A = 1;\n',
    'export const A = (\n  <input\n    placeholder="your-api-key"\n    title="https://example.com"\n  />\n);\n',
  ]),
  exampleOf('an example of the environment', '.env.example', [
    'A=1\n',
    'A=1\nAPI_KEY=your-api-key\n',
  ]),
  exampleOf('code that looks for such values', 'src/check.ts', [
    code,
    `${code}export const bad = (key: string) => key === 'your-api-key' || key.includes('changeme');\n`,
  ]),
  exampleOf('comments and documents', 'src/mail.ts', [
    code,
    `${code}// apiKey: 'your-api-key'\n/**\n * @example\n * const baseUrl = 'https://api.example.com'\n */\n`,
  ]),
  exampleOf('a test', 'src/mail.test.ts', ['x\n', "const baseUrl = 'https://api.example.com';\n"]),
  exampleOf('values for developers', 'config/dev.yml', ['a: 1\n', 'a: 1\npassword: changeme\n']),
  exampleOf('what was there before', 'src/api.ts', [
    `const baseUrl = 'https://api.example.com/v1';\n`,
    `const a = 1;\n  const baseUrl = 'https://api.example.com/v1';\n`,
  ]),
  exampleOf('a kind that is called so', 'src/kinds.ts', [
    code,
    `${code}export const kinds = {\n  kind: 'todo',\n  state: list('todo'),\n};\n`,
  ]),
];
