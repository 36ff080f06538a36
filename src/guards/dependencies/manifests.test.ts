import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { source } from '../scene.ts';
import { dependenciesOf } from './dependency.ts';

const parsers = await loadParsers([]);

function read(path: string, text: string): readonly string[] {
  return dependenciesOf(source(path, text, parsers)).map((one) =>
    `${one.line} ${one.name} ${one.wanted} ${one.use}`.replace(/ {2,}/g, ' '),
  );
}

describe('what manifests ask for', () => {
  test('package.json', () => {
    const text = `{\n  "dependencies": { "a": "^1.0.0" },\n  "devDependencies": {\n    "@s/b": "*"\n  },\n  "peerDependencies": { "c": ">=1" }\n}\n`;
    expect(read('package.json', text)).toEqual([
      '2 a ^1.0.0 run',
      '4 @s/b * build',
      '6 c >=1 peer',
    ]);
  });

  test('requirements', () => {
    const text = `# tools\nFoo_Bar[x]==1.0 ; python_version > "3"\nplain\n-r other.txt\nb @ git+https://x.example/b.git\n-e git+https://x.example/c.git#egg=c\n-e .\n`;
    expect(read('requirements.txt', text)).toEqual([
      '2 foo-bar ==1.0 run',
      '3 plain run',
      '5 b @ git+https://x.example/b.git run',
      '6 c git+https://x.example/c.git#egg=c run',
    ]);
  });

  test('pyproject.toml', () => {
    const text = `[project]\nname = "x"\ndependencies = [\n  "a>=1", # why\n  "b[x]",\n]\nreadme = "c"\n[project.optional-dependencies]\ndev = ["d"]\n[tool.poetry.dependencies]\npython = "^3.12"\ne = "^1"\nf = { git = "https://x.example/f.git", rev = "abc" }\n`;
    expect(read('pyproject.toml', text)).toEqual([
      '4 a >=1 run',
      '5 b run',
      '9 d build',
      '12 e ^1 run',
      '13 f git+https://x.example/f.git@abc run',
    ]);
  });

  test('go.mod, Cargo.toml, pom.xml and Gradle', () => {
    expect(
      read(
        'go.mod',
        'module a.b/c\n\nrequire (\n\tx.y/z v1.0.0\n\tx.y/w v1.0.0 // indirect\n)\nrequire q.r/s v2.0.0\n',
      ),
    ).toEqual(['4 x.y/z v1.0.0 run', '7 q.r/s v2.0.0 run']);
    expect(
      read(
        'Cargo.toml',
        '[dependencies]\na = "1"\nb = { git = "https://x.example/b" }\nc = { path = "../c" }\n[dev-dependencies.d]\nversion = "2"\n',
      ),
    ).toEqual(['2 a 1 run', '3 b git+https://x.example/b run', '6 d 2 build']);
    expect(
      read(
        'pom.xml',
        '<project>\n<dependency>\n<groupId>g</groupId>\n<artifactId>a</artifactId>\n<version>1</version>\n</dependency>\n</project>\n',
      ),
    ).toEqual(['4 g:a 1 run']);
    expect(
      read(
        'build.gradle.kts',
        `dependencies {\n  implementation("g:a:1.0")\n  testImplementation("g:b")\n}\n`,
      ),
    ).toEqual(['2 g:a 1.0 run', '3 g:b build']);
  });
});

property.prop([
  fc.constantFrom(
    'package.json',
    'requirements.txt',
    'pyproject.toml',
    'go.mod',
    'Cargo.toml',
    'pom.xml',
    'build.gradle',
  ),
  fc.string({
    unit: fc.constantFrom(
      '[',
      ']',
      '"',
      '=',
      '\n',
      ' ',
      'a',
      '@',
      '{',
      '}',
      '<',
      '#',
      'dependencies',
      'require (',
    ),
  }),
])('no text makes a manifest fail', (path, text) => {
  expect(Array.isArray(read(path, text))).toBe(true);
});
