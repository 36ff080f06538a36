import type { Guard } from '../guard.ts';

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

const yaml = 'server:\n  port: 80\n  host: shop\ndatabase:\n  host: db\n';
const json = '{\n  "port": 80,\n  "host": "shop"\n}\n';

/** Cases of `config/broken`. */
export const brokenExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    { name: 'a comma is missing', ...becomes('config/app.json', json, json.replace('80,', '80')) },
    {
      name: 'an entry stands too far in',
      ...becomes('config/app.yaml', yaml, yaml.replace('  host: shop', '    host: shop\n   x: 1')),
    },
    {
      name: 'a section of YAML is there twice',
      ...becomes('config/app.yaml', yaml, `${yaml}server:\n  port: 81\n`),
    },
    {
      name: 'a merge left a script of a package twice',
      ...becomes(
        'package.json',
        '{\n  "scripts": {\n    "build": "tsc",\n    "test": "vitest"\n  }\n}\n',
        '{\n  "scripts": {\n    "build": "tsc",\n    "test": "vitest",\n    "build": "vite build"\n  }\n}\n',
      ),
    },
    {
      name: 'a table of TOML is there twice',
      ...becomes(
        'app.toml',
        '[server]\nport = 80\n',
        '[server]\nport = 80\n\n[server]\nhost = "x"\n',
      ),
    },
    {
      name: 'a key of TOML is there twice',
      ...becomes('app.toml', '[server]\nport = 80\n', '[server]\nport = 80\nport = 81\n'),
    },
  ],
  passed: [
    {
      name: 'code changes beside a settings file',
      before: { 'config/app.yaml': yaml, 'src/a.ts': 'run();\n' },
      after: {
        'config/app.yaml': yaml.replace('80', '81'),
        'src/a.ts': 'if (x) {\n  run({ a: 1 });\n}\n',
        'src/b.cs': 'class B { void C() { } }\n',
      },
    },
    {
      name: 'the same name in another section',
      ...becomes('config/app.yaml', yaml, `${yaml}cache:\n  host: redis\n`),
    },
    {
      name: 'items of a list have the same names',
      ...becomes(
        'config/jobs.json',
        '[\n  { "name": "a" }\n]\n',
        '[\n  { "name": "a" },\n  { "name": "b" }\n]\n',
      ),
    },
    {
      name: 'a template of Helm',
      ...becomes('chart/values-all.yaml', 'a: 1\n', 'a: 1\n{{- if .x }}\nb: : 2\n{{- end }}\n'),
    },
    {
      name: 'a settings file with comments and a last comma',
      ...becomes(
        'config/app.json',
        json,
        '{\n  // the port\n  "port": 81,\n  "host": "shop",\n}\n',
      ),
    },
    {
      name: 'it was broken before',
      ...becomes('config/app.json', json.replace('80,', '80'), json.replace('80,', '81')),
    },
    {
      name: 'tables of a list in TOML',
      ...becomes(
        'app.toml',
        '[[bin]]\nname = "a"\n',
        '[[bin]]\nname = "a"\n\n[[bin]]\nname = "b"\n',
      ),
    },
    {
      name: 'several documents in one file',
      ...becomes(
        'deploy/all.yaml',
        'kind: A\nname: a\n',
        'kind: A\nname: a\n---\nkind: B\nname: b\n',
      ),
    },
  ],
};
