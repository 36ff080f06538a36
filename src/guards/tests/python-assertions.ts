import type { Tree } from '../guard.ts';
import type { Assertion, Demands } from './assertion.ts';
import { collapsed, isConstant, splitArguments, strengthOf } from './compare.ts';
import { lineOf, namedChildren, nodesOf } from './tree-walk.ts';

const demands: Demands = {
  presence: new Set(['assertTrue', 'assertIsNotNone', 'truth', 'is not', 'assertIsNot']),
  part: new Set([
    'assertIn',
    'assertNotIn',
    'assertGreater',
    'assertGreaterEqual',
    'assertLess',
    'assertLessEqual',
    'assertIsInstance',
    'assertNotEqual',
    'assertRegex',
    'assertAlmostEqual',
    'in',
    'not in',
    '!=',
    '>',
    '>=',
    '<',
    '<=',
  ]),
};

/** Assertions of pytest and unittest. */
export function pythonAssertions(body: Tree): readonly Assertion[] {
  const statements = nodesOf(body, 'assert_statement').map(statement);
  const calls = nodesOf(body, 'call').flatMap(call);
  return [...statements, ...calls].sort((a, b) => a.line - b.line);
}

function statement(node: Tree): Assertion {
  const condition = namedChildren(node)[0] ?? null;
  const sides = condition?.kind() === 'comparison_operator' ? namedChildren(condition) : [];
  const left = collapsed(sides[0]?.text() ?? condition?.text() ?? '');
  const right = sides.length === 2 ? collapsed(sides[1]?.text() ?? '') : null;
  const sign = sides.length === 2 ? signOf(condition) : 'truth';
  // `assert x is True` and `assert isinstance(x, T)` are read as written; a bare `assert x` only asks for truth.
  const matcher = left.startsWith('isinstance(') ? 'assertIsInstance' : sign;
  const isCall = sides.length === 0 && left.endsWith(')') && !/^(?:bool|len|any)\(/.test(left);
  return {
    line: lineOf(node),
    text: collapsed(node.text()),
    subject: left,
    matcher,
    strength: isCall
      ? 'part'
      : strengthOf(matcher, [left, sign === '==' || sign === 'is' ? right : null], demands),
    tolerance: toleranceIn(right ?? ''),
  };
}

function signOf(condition: Tree | null): string {
  const signs = (condition?.children() ?? []).filter(
    (child) => !child.isNamed() || /operator|not/.test(String(child.kind())),
  );
  return signs
    .map((child) => child.text())
    .join(' ')
    .trim();
}

function call(node: Tree): readonly Assertion[] {
  const name = node.field('function')?.text() ?? '';
  const [, method] = /^(?:self|cls)\.(assert\w+)$/.exec(name) ?? [];
  const isRaises = /^(?:pytest\.)?(?:raises|warns)$/.test(name);
  const isMock = /\.assert_(?:called|awaited|has|any|not)\w*$/.test(name);
  if (method === undefined && !isRaises && !isMock) return [];
  const given = splitArguments(node.field('arguments')?.text() ?? '');
  const left = given[0] ?? '';
  const isPair =
    /^assert(?:Equals?|Is|(?:List|Dict|Set|Tuple|Count|MultiLine|Sequence)Equal)$/.test(
      method ?? '',
    );
  const strength =
    method === 'assertTrue' && isConstant(left)
      ? 'nothing'
      : strengthOf(method ?? 'raises', [left, isPair ? (given[1] ?? null) : null], demands);
  return [
    {
      line: lineOf(node),
      text: collapsed(node.text()),
      subject:
        method === 'assertIn' || method === 'assertNotIn' ? (given[1] ?? '') : isMock ? name : left,
      matcher: method ?? (isRaises ? 'raises' : (name.split('.').at(-1) ?? name)),
      strength,
      tolerance: method === 'assertAlmostEqual' ? placesOf(given) : null,
    },
  ];
}

function placesOf(given: readonly string[]): number | null {
  const [, delta] = /(?:^|,)delta=([\d.e+-]+)/.exec(given.join(',')) ?? [];
  if (delta !== undefined) return Number(delta);
  const places = Number(/places=(\d+)/.exec(given.join(','))?.[1] ?? given[2] ?? '7');
  return Number.isFinite(places) ? 10 ** -places / 2 : null;
}

function toleranceIn(text: string): number | null {
  if (!/\bapprox\(/.test(text)) return null;
  const value = Number(/\b(?:abs|rel)=([\d.e+-]+)/.exec(text)?.[1] ?? '1e-6');
  return Number.isFinite(value) ? value : null;
}
