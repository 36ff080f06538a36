import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { publint } from 'publint';
import { describe, expect, test } from 'vitest';
import { checkOut, repo, stage, temporaryFolder } from '../story.ts';
import { root, run, userEnvironment, type Ran, type RunOptions } from './run-cli.ts';

const drop = 'ALTER TABLE orders DROP COLUMN coupon;\n';

/** What npm needs of the machine (its cache, its registry), without what an npm around this test left behind. */
const npmEnvironment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(?:npm_(?!config_(?:registry|cache|userconfig)$)|INIT_CWD$|NODE_(?!EXTRA_CA_CERTS$))/i.test(
          name,
        ),
    ),
  ),
  // npm runs on the Node that runs the tests.
  PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
};

function npm(folder: string, ...args: readonly string[]): string {
  const ran = run(folder, ['npm', ...args], { env: npmEnvironment });
  if (ran.code !== 0) throw new Error(`npm ${args.join(' ')} said: ${ran.stderr}`);
  return ran.stdout;
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/**
 * Packs what would be published, from the bundle that installing built: building it anew here would take it away from
 * the tests that run beside this one.
 */
function pack(): { readonly tarball: string; readonly files: Packed['files'] } {
  const folder = temporaryFolder();
  const said = npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [packed] = JSON.parse(said.slice(said.search(/^\[$/m))) as readonly [Packed];
  return { tarball: join(folder, packed.filename), files: packed.files };
}

/** Installs a tarball in an empty folder, as somebody does who never saw this repository. */
function install(tarball: string): string {
  const folder = join(temporaryFolder(), 'their project');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
  return folder;
}

describe('the package', () => {
  const { tarball, files } = pack();
  const project = install(tarball);
  const program = join(project, 'node_modules/.bin/hallmonitor');

  function hallmonitor(folder: string, args: readonly string[], options?: RunOptions): Ran {
    return run(folder, [program, ...args], options);
  }

  test('holds the built program, its types and licences, and nothing else', () => {
    const paths = files.map(({ path }) => path);
    const strangers = paths.filter(
      (path) =>
        !/^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(?:hallmonitor-hook|guard-examples\.json|[^/]+\.(?:js|wasm|txt))|dist\/types\/.+\.d\.ts)$/.test(
          path,
        ),
    );
    expect(strangers).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/hallmonitor.js',
        'dist/hallmonitor-hook',
        'dist/index.js',
        'LICENSE',
      ]),
    );
    expect(paths.filter((path) => path.includes('.test.'))).toEqual([]);
  });

  test('brings the small client that agents call', () => {
    const shop = checkOut(repo([{ files: { 'cart.ts': 'one\n' } }]));
    const payload = {
      session_id: 's',
      cwd: shop,
      hook_event_name: 'PreToolUse',
      tool_name: 'Write',
      tool_input: { file_path: join(shop, 'db/migrations/2.sql'), content: drop },
      tool_use_id: 't',
    };
    const client = join(project, 'node_modules/.bin/hallmonitor-hook');
    const args = ['--agent', 'claude-code', '--event', 'PreToolUse'];
    const said = run(shop, [client, ...args], {
      input: JSON.stringify(payload),
      env: { HALLMONITOR_GATE: 'off', HALLMONITOR_RUN_DIR: join(temporaryFolder(), 'run') },
    });
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('sql/drop-column');
  });

  test('does not bring along the Node this repository runs on', () => {
    const manifest = JSON.parse(
      readFileSync(join(project, 'node_modules/hallmonitor/package.json'), 'utf8'),
    ) as Readonly<Record<string, Readonly<Record<string, string>>>>;
    const wanted = [
      'dependencies',
      'optionalDependencies',
      'peerDependencies',
      'bundleDependencies',
    ];
    const names = wanted.flatMap((kind) => Object.keys(manifest[kind] ?? {}));
    expect(names.filter((name) => /(?:^|\/)node(?:-|$)/.test(name))).toEqual([]);
    const installed = readFileSync(join(project, 'package-lock.json'), 'utf8');
    expect(installed).not.toMatch(
      /node_modules\/(?:node|node-bin|node-(?:linux|darwin|win)[^"]*|@hallmonitor\/node)"/,
    );
  });

  test('satisfies publint', async () => {
    const bytes = readFileSync(tarball);
    const packed = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages } = await publint({ pack: { tarball: packed }, strict: true });
    expect(messages).toEqual([]);
  });

  test('runs: its version, and a judgement in a fresh repository', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(hallmonitor(project, ['--version']).stdout).toBe(`${version}\n`);
    const folder = checkOut(
      repo([
        { files: { 'a.md': 'a\n' } },
        // One file for each native parser.
        {
          files: {
            'db/migrations/1.sql': drop,
            'a.ts': 'export const a = 1;\n',
            'a.py': 'a = 1\n',
            'a.go': 'package a\n',
            'A.java': 'class A {}\n',
            'main.tf': 'resource "aws_s3_bucket" "a" {}\n',
          },
        },
      ]),
    );
    const ran = hallmonitor(folder, ['check', '--format', 'json']);
    const { findings, notChecked } = JSON.parse(ran.stdout) as Record<
      string,
      readonly { what?: string }[]
    >;
    expect(findings).toMatchObject([{ guard: 'sql/drop-column' }]);
    expect(notChecked?.map(({ what }) => what)).toEqual(['rank of the risk in this repository']);
    expect([ran.code, ran.stderr]).toEqual([1, '']);
  });

  test('installs hooks that find it again', () => {
    const folder = checkOut(repo([{ files: { 'a.md': 'a\n' } }]));
    expect(hallmonitor(folder, ['init', '--yes']).code).toBe(0);
    stage(folder, { '.hallmonitor/policy.yml': 'version: 1\nmode: enforce\nrules: []\n' });
    run(folder, ['git', 'commit', '--quiet', '--no-verify', '--message=Policy']);
    stage(folder, { 'db/migrations/1.sql': drop });
    const ran = run(folder, ['git', 'commit', '--message=Drop']);
    expect(ran.stderr).toContain('hallmonitor stops this commit.');
    expect(ran.code).toBe(1);
  });

  test('can be imported, by its two doors only', () => {
    const code = `
      const { judge } = await import('hallmonitor');
      const { guard } = await import('hallmonitor/guard');
      const inner = await import('hallmonitor/dist/hallmonitor.js').catch((error) => error.code);
      console.log(typeof judge, typeof guard, inner);`;
    writeFileSync(join(project, 'use.js'), code);
    const ran = run(project, [process.execPath, 'use.js']);
    expect(ran.stdout).toBe('function function ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });

  test('has types that a strict project accepts', () => {
    const code = `
      import { judge, type Judgement } from 'hallmonitor';
      import { guard, type Guard } from 'hallmonitor/guard';
      export const verdict = (facts: Parameters<typeof judge>[0]): Judgement['decision']['verdict'] => judge(facts).decision.verdict;
      export const mine: Guard = guard({
        id: 'own/mine', severity: 'warn', protects: 'us', breaks: 'It breaks.', fix: 'Mend it.', languages: ['typescript'],
        cwe: [], confidence: 0.5, caught: [], passed: [], look: ({ files }) => files.map(({ path }) => ({ path, line: 1, says: 'x', subject: 'x' })),
      });`;
    writeFileSync(join(project, 'use.ts'), code);
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      '',
    ];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const ran = run(project, [process.execPath, tsc, ...options, 'use.ts'], {
      env: userEnvironment,
    });
    expect(ran.stdout).toBe('');
    expect(ran.code).toBe(0);
  });
});
