import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { misfits, shapesIn } from '../json-shape.ts';
import { checkOut, edit, repo } from '../story.ts';
import { root, runCli } from './run-cli.ts';

const shapes = shapesIn(readFileSync(join(root, 'docs/json.md'), 'utf8'));

const rule = `id: shop/raw-price
language: typescript
severity: block
says: prints $WHAT
breaks: Cards end up in the logs.
fix: Log an id.
appears: { pattern: console.log($WHAT) }
caught: [{ name: a card, after: console.log(card); }]
passed: [{ name: none, after: audit(card); }]
`;
const program = `export const own = {
  id: 'shop/shout', severity: 'warn', protects: 'ears', breaks: 'Loud.', fix: 'Whisper.', languages: 'any',
  look: ({ files }) => files.map(({ path }) => ({ path, line: 1, says: 'shouts', subject: 'x' })),
};
`;
const quieter = `version: 1
adjust:
  - { guard: timeouts/removed, severity: note, because: the proxy cuts off, until: 2999-01-01 }
`;

const slow =
  'export async function load(url: string, signal: AbortSignal) {\n  return fetch(url);\n}\n';
const cart = slow.replace('fetch(url)', 'fetch(url, { signal })');

function shop(): string {
  return checkOut(
    repo([
      {
        by: 'Ann',
        files: {
          'cart.ts': cart,
          '.hallmonitor/guards/raw-price.yml': rule,
          '.hallmonitor/guards/shout.mjs': program,
          '.hallmonitor/guards.yml': quieter,
        },
      },
      {
        branch: 'pr',
        by: 'Bob',
        says: 'Quicker',
        files: {
          'cart.ts': `${slow}console.log(card);\n`,
          // What a change says about guards counts only once it has landed.
          '.hallmonitor/guards/raw-price.yml': rule.replace('block', 'note'),
        },
      },
    ]),
  );
}

interface Checked {
  readonly findings: readonly {
    readonly guard: string;
    readonly severity: string;
    readonly fingerprint: string;
    readonly adjusted?: { readonly from: string };
  }[];
  readonly notChecked: readonly { readonly what: string; readonly why: string }[];
}

function check(folder: string, env: Readonly<Record<string, string>> = {}): Checked {
  const { stdout } = runCli(folder, ['check', 'main..pr', '--format', 'json'], { env });
  const value = JSON.parse(stdout) as Checked;
  expect(misfits(value, 'check', shapes)).toEqual([]);
  return value;
}

describe('guards of a team', () => {
  const folder = shop();

  test('are asked as they are on the target branch, and programs only with leave', () => {
    const { findings, notChecked } = check(folder);
    expect(findings.find(({ guard }) => guard === 'shop/raw-price')?.severity).toBe('block');
    expect(notChecked.map(({ what }) => what)).toContain('.hallmonitor/guards/shout.mjs');
    expect(findings.map(({ guard }) => guard)).not.toContain('shop/shout');
    const allowed = check(folder, { HALLMONITOR_RUN_GUARDS: '1' });
    expect(allowed.findings.map(({ guard }) => guard)).toContain('shop/shout');
  });

  test('are tried on their own examples', () => {
    const { stdout, code } = runCli(folder, [
      'guards',
      'test',
      '.hallmonitor/guards/raw-price.yml',
    ]);
    expect(stdout).toContain('3 examples, all answered as they say');
    expect(code).toBe(0);
    edit(folder, { 'bad.yml': rule.replace('console.log', 'log') });
    const bad = runCli(folder, ['guards', 'test', 'bad.yml', '--format', 'json']);
    expect(misfits(JSON.parse(bad.stdout), 'guards test', shapes)).toEqual([]);
    expect(bad.code).toBe(1);
  });

  test('are listed and explained with the others', () => {
    expect(runCli(folder, ['guards', 'list']).stdout).toContain('shop/raw-price');
    expect(runCli(folder, ['guards', 'explain', 'shop/raw-price']).stdout).toContain('Log an id.');
  });

  test('can be begun from a sample that answers rightly', () => {
    expect(runCli(folder, ['guards', 'new', 'shop/new-one', '--language', 'python']).code).toBe(0);
    const path = '.hallmonitor/guards/shop-new-one.yml';
    expect(runCli(folder, ['guards', 'test', path]).code).toBe(0);
    expect(runCli(folder, ['guards', 'new', 'shop/new-one']).code).toBe(2);
  });
});

describe('noisy guards', () => {
  test('speak more quietly where the team says so, and the finding says why', () => {
    const found = check(shop()).findings.find(({ guard }) => guard === 'timeouts/removed');
    expect(found?.severity).toBe('note');
    expect(found?.adjusted?.from).toMatch(/block|warn/);
  });

  test('and findings can be dismissed with a reason', () => {
    const folder = shop();
    const [first] = check(folder).findings;
    const asked = [
      'guards',
      'dismiss',
      first?.fingerprint.slice(0, 8) ?? '',
      '--range',
      'main..pr',
    ];
    expect(runCli(folder, [...asked, '--reason', 'not used']).code).toBe(0);
    expect(readFileSync(join(folder, '.hallmonitor/baseline.json'), 'utf8')).toContain('not used');
    expect(runCli(folder, ['guards', 'dismiss', 'ffffffff', '--reason', 'x']).code).toBe(2);
  });

  test('are learnt from what landed', () => {
    const folder = checkOut(
      repo([
        { by: 'Ann', files: { 'cart.ts': 'x\n', '.hallmonitor/guards/raw-price.yml': rule } },
        ...Array.from({ length: 9 }, (_, at) => ({
          by: 'Bob',
          says: `Step ${at}`,
          files: {
            'src/log.ts': Array.from({ length: at + 1 }, (__, n) => `console.log(${n});\n`).join(
              '',
            ),
          },
        })),
      ]),
    );
    const learned = runCli(folder, ['guards', 'learn', '--format', 'json', '--write']);
    expect(misfits(JSON.parse(learned.stdout), 'guards learn', shapes)).toEqual([]);
    expect(readFileSync(join(folder, '.hallmonitor/guards.yml'), 'utf8')).toMatch(
      /guard: shop\/raw-price\n\s+severity: warn\n\s+because: 9 of 9/,
    );
    expect(runCli(folder, ['guards', 'learn']).stdout).toContain('Milder until');
  });
});
