import type { Tree } from '../guard.ts';
import type { FoundMark, FoundTest } from './test-case.ts';
import {
  commentNear,
  endLineOf,
  isInside,
  lineOf,
  namedChildren,
  nodesOf,
  unquoted,
} from './tree-walk.ts';

const branches = new Set([
  'if_statement',
  'for_statement',
  'select_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'func_literal',
  'defer_statement',
]);
const ginkgo = /^([FPX]?)(It|Describe|Context|When|Specify|DescribeTable|Entry)$/;

/** Tests of Go's own framework (functions and `t.Run`) and of Ginkgo. */
export function goTests(tree: Tree): readonly FoundTest[] {
  const functions = nodesOf(tree, 'function_declaration', 'method_declaration').flatMap(topTest);
  const calls = nodesOf(tree, 'call_expression').flatMap(nestedTest);
  return [...functions, ...calls];
}

function topTest(node: Tree): readonly FoundTest[] {
  const title = node.field('name')?.text() ?? '';
  if (!/^(?:Test|Fuzz)(?![a-z])/.test(title) || title === 'TestMain') return [];
  const body = node.field('body') ?? node;
  return [
    {
      kind: 'case',
      title,
      line: lineOf(node),
      endLine: endLineOf(node),
      body,
      ...(markOfBody(body) ?? noMark(node)),
    },
  ];
}

function nestedTest(call: Tree): readonly FoundTest[] {
  const callee = call.field('function')?.text() ?? '';
  const given = namedChildren(call.field('arguments'));
  const run = given.findLast((argument) => argument.kind() === 'func_literal');
  const [, prefix, word] = ginkgo.exec(callee) ?? [];
  const isRun = /^\w+\.Run$/.test(callee) && given.length === 2;
  const title = given[0];
  if (run === undefined || title === undefined || (!isRun && word === undefined)) return [];
  if (!/^["`]/.test(title.text())) return [];
  const body = run.field('body') ?? run;
  const isCase = isRun || word === 'It' || word === 'Specify' || word === 'Entry';
  return [
    {
      kind: isCase ? 'case' : 'suite',
      title: unquoted(title.text()),
      line: lineOf(call),
      endLine: endLineOf(call),
      body,
      ...(markOfGinkgo(call, prefix) ?? (isCase ? markOfBody(body) : null) ?? noMark(call)),
    },
  ];
}

function markOfGinkgo(call: Tree, prefix: string | undefined): FoundMark | null {
  if (prefix === undefined || prefix === '') return null;
  const mark = prefix === 'F' ? 'focus' : 'skip';
  const markText = `${call.field('function')?.text() ?? ''}(`;
  const near = commentNear(call);
  return { mark, markLine: lineOf(call), markText, reason: near === '' ? null : near };
}

function noMark(node: Tree): FoundMark {
  return { mark: 'none', markLine: lineOf(node), markText: '', reason: null };
}

function markOfBody(body: Tree): FoundMark | null {
  for (const call of nodesOf(body, 'call_expression')) {
    const name = call.field('function')?.text() ?? '';
    if (!/^(?:[tbf]|s\.T\(\))\.Skip(?:f|Now)?$/.test(name) || isInside(call, branches, body))
      continue;
    const words = /(["`])(?:(?!\1)[^\\]|\\.)+\1/.exec(call.field('arguments')?.text() ?? '')?.[0];
    const near = commentNear(call);
    const reason = words === undefined ? near : unquoted(words);
    return {
      mark: 'skip',
      markLine: lineOf(call),
      markText: `${name}(`,
      reason: reason === '' ? null : reason,
    };
  }
  return null;
}
