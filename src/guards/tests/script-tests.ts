import type { Tree } from '../guard.ts';
import type { FoundMark, FoundTest, Mark } from './test-case.ts';
import {
  commentNear,
  endLineOf,
  isInside,
  lineOf,
  namedChildren,
  nodesOf,
  unquoted,
} from './tree-walk.ts';

const cases = new Set(['it', 'test', 'specify', 'fit', 'ftest', 'xit', 'xtest', 'xspecify']);
const suites = new Set([
  'describe',
  'context',
  'suite',
  'fdescribe',
  'fcontext',
  'xdescribe',
  'xcontext',
]);
const functions = new Set([
  'arrow_function',
  'function_expression',
  'function',
  'generator_function',
  'generator_function_declaration',
]);
// `it.each(table)('title', …)`: the call that returns the function which takes the title.
const factories = new Set(['each', 'for', 'skipIf', 'runIf', 'if', 'extend']);
const conditions = new Set(['skipIf', 'runIf', 'if', 'todo']);
const branches = new Set([
  'if_statement',
  'ternary_expression',
  'switch_statement',
  'catch_clause',
  ...functions,
]);

/** Tests of Jest, Vitest, Mocha, Jasmine, Playwright, Cypress, Deno and node:test in JavaScript or TypeScript. */
export function scriptTests(tree: Tree): readonly FoundTest[] {
  return nodesOf(tree, 'call_expression').flatMap((call) => {
    const chain = chainOf(call.field('function'));
    const kind = chain === null ? null : kindOf(chain);
    if (chain === null || kind === null) return [];
    const given = namedChildren(call.field('arguments'));
    const run = given.findLast((argument) => functions.has(String(argument.kind()))) ?? null;
    if (!isDeclared(chain, given, run)) return [];
    const body = run?.field('body') ?? call;
    return [
      {
        kind,
        title: unquoted(given[0]?.text() ?? ''),
        line: lineOf(call),
        endLine: endLineOf(call),
        body,
        ...markOf(call, { chain, given, body, kind }),
      },
    ];
  });
}

/** Links of the longest chain that is followed; nobody declares a test by a longer one. */
const deepest = 20;

/** The names of `a.b['c'](…).d` from the left; null when it starts with something else than a name. */
export function chainOf(node: Tree | null, depth = 0): readonly string[] | null {
  if (node === null || depth > deepest) return null;
  const kind = node.kind();
  if (kind === 'identifier') return [node.text()];
  if (kind === 'member_expression') {
    const left = chainOf(node.field('object'), depth + 1);
    return left === null ? null : [...left, node.field('property')?.text() ?? ''];
  }
  if (kind === 'subscript_expression') {
    const left = chainOf(node.field('object'), depth + 1);
    return left === null ? null : [...left, unquoted(node.field('index')?.text() ?? '')];
  }
  if (kind !== 'call_expression') return null;
  const inner = chainOf(node.field('function'), depth + 1);
  return inner !== null && factories.has(inner.at(-1) ?? '') ? inner : null;
}

function kindOf(chain: readonly string[]): 'case' | 'suite' | null {
  const [root, ...rest] = chain[0] === 'Deno' ? chain.slice(1) : chain;
  if (root === undefined) return null;
  if (rest.length > 0 && rest.every((name) => hooks.has(name))) return null;
  if (suites.has(root)) return 'suite';
  if (root === 'test' && (rest[0] === 'describe' || rest[0] === 'suite')) return 'suite';
  if (cases.has(root)) return 'case';
  return chain.length === 2 && root === 't' && rest[0] === 'test' ? 'case' : null;
}

const hooks = new Set([
  'beforeEach',
  'afterEach',
  'beforeAll',
  'afterAll',
  'before',
  'after',
  'use',
  'step',
  'info',
  'setTimeout',
  'slow',
  'extend',
  'configure',
  'describe.configure',
  'mock',
  'expect',
]);

// `test(value)` or `it.skip()` in a body declare nothing; `describe.only()` is complete enough to focus.
function isDeclared(chain: readonly string[], given: readonly Tree[], run: Tree | null): boolean {
  if (chain.includes('configure') || chain.includes('extend')) return false;
  if (chain.includes('only')) return true;
  return given.length >= 2 && (run !== null || /^[fx]/.test(chain[0] ?? '') || isText(given[0]));
}

function isText(node: Tree | undefined): boolean {
  const kind = node?.kind();
  return kind === 'string' || kind === 'template_string';
}

interface Declared {
  readonly chain: readonly string[];
  readonly given: readonly Tree[];
  readonly body: Tree;
  readonly kind: 'case' | 'suite';
}

function markOf(call: Tree, { chain, given, body, kind }: Declared): FoundMark {
  const markLine = lineOf(call);
  const markText = `${chain.join('.')}(`;
  const none: FoundMark = { mark: 'none', markLine, markText: '', reason: null };
  const mark = markOfChain(chain);
  if (mark !== 'none') return { mark, markLine, markText, reason: nearOrNull(call) };
  if (chain.some((name) => conditions.has(name))) return none;
  return markInOptions(given) ?? (kind === 'case' ? markInBody(body) : null) ?? none;
}

function markOfChain(chain: readonly string[]): Mark {
  const root = chain[0] ?? '';
  if (chain.includes('only') || /^f(?:it|test|describe|context)$/.test(root)) return 'focus';
  if (chain.some((name) => conditions.has(name))) return 'none';
  return root.startsWith('x') || chain.includes('skip') || chain.includes('fixme')
    ? 'skip'
    : 'none';
}

function nearOrNull(node: Tree): string | null {
  const said = commentNear(node);
  return said === '' ? null : said;
}

// node:test: `test('title', { skip: true }, …)`.
function markInOptions(given: readonly Tree[]): FoundMark | null {
  const options = given.slice(0, 3).find((argument) => argument.kind() === 'object');
  for (const pair of namedChildren(options ?? null)) {
    const key = unquoted(pair.field('key')?.text() ?? '');
    const value = pair.field('value');
    if (value === null || (key !== 'only' && key !== 'skip')) continue;
    const isOn = value.text() === 'true' || (key === 'skip' && isText(value));
    if (!isOn) continue;
    const reason = isText(value) ? unquoted(value.text()) : nearOrNull(pair);
    const mark = key === 'only' ? 'focus' : 'skip';
    return { mark, markLine: lineOf(pair), markText: pair.text().slice(0, 60), reason };
  }
  return null;
}

// Playwright's `test.skip()` and `test.fixme(true, 'why')`, Mocha's `this.skip()`, Vitest's and node's `ctx.skip()`.
function markInBody(body: Tree): FoundMark | null {
  for (const call of nodesOf(body, 'call_expression')) {
    const callee = call.field('function');
    if (callee?.kind() !== 'member_expression' || isInside(call, branches, body)) continue;
    const name = callee.field('property')?.text() ?? '';
    const owner = callee.field('object')?.text() ?? '';
    if (!/^(?:skip|fixme)$/.test(name) || !/^(?:test|it|this|t|ctx|context)$/.test(owner)) continue;
    const given = namedChildren(call.field('arguments'));
    const first = given[0];
    if (first !== undefined && !isText(first) && first.text() !== 'true') continue;
    const words = given.find(isText);
    const reason = words === undefined ? nearOrNull(call) : unquoted(words.text());
    return { mark: 'skip', markLine: lineOf(call), markText: call.text().slice(0, 60), reason };
  }
  return null;
}
