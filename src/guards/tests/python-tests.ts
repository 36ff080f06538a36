import type { Tree } from '../guard.ts';
import type { FoundMark, FoundTest } from './test-case.ts';
import { commentNear, endLineOf, isInside, lineOf, nodesOf, unquoted } from './tree-walk.ts';

const branches = new Set([
  'if_statement',
  'except_clause',
  'try_statement',
  'with_statement',
  'for_statement',
  'while_statement',
  'conditional_expression',
  'function_definition',
  'match_statement',
]);
const skipMark = /(?:^|\.)(?:skip|xfail|expectedFailure)$/;
const skipCall = /^(?:pytest\.(?:skip|xfail)|self\.skipTest|unittest\.skip)$/;

/** Tests of pytest and unittest: functions named `test…`, classes named `Test…` or `…Test`. */
export function pythonTests(tree: Tree): readonly FoundTest[] {
  return nodesOf(tree, 'function_definition', 'class_definition').flatMap((node) => {
    const title = node.field('name')?.text() ?? '';
    const isSuite = node.kind() === 'class_definition';
    if (isSuite ? !/^Test|Tests?(?:Case|Base)?$/.test(title) : !title.startsWith('test')) return [];
    const body = node.field('body') ?? node;
    return [
      {
        kind: isSuite ? ('suite' as const) : ('case' as const),
        title,
        line: lineOf(node),
        endLine: endLineOf(node),
        body,
        ...(markOfDecorators(node) ?? (isSuite ? null : markOfBody(body)) ?? noMark(node)),
      },
    ];
  });
}

function noMark(node: Tree): FoundMark {
  return { mark: 'none', markLine: lineOf(node), markText: '', reason: null };
}

function markOfDecorators(node: Tree): FoundMark | null {
  const parent = node.parent();
  if (parent?.kind() !== 'decorated_definition') return null;
  for (const decorator of parent.children().filter((child) => child.kind() === 'decorator')) {
    const [, name, given] = /^@\s*([\w.]+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(decorator.text()) ?? [];
    if (name === undefined || !skipMark.test(name) || isConditional(name, given)) continue;
    return {
      mark: 'skip',
      markLine: lineOf(decorator),
      markText: `@${name}`,
      reason: wordsOf(given ?? '') ?? orNull(commentNear(decorator)),
    };
  }
  return null;
}

// `xfail(condition, reason=…)` marks only where the condition holds.
function isConditional(name: string, given: string | undefined): boolean {
  return (
    name.endsWith('xfail') && /^\s*(?!reason\b|strict\b|raises\b|run\b|["'])[\w(]/.test(given ?? '')
  );
}

function markOfBody(body: Tree): FoundMark | null {
  for (const call of nodesOf(body, 'call')) {
    const name = call.field('function')?.text() ?? '';
    if (!skipCall.test(name) || isInside(call, branches, body)) continue;
    const reason = wordsOf(call.field('arguments')?.text() ?? '') ?? orNull(commentNear(call));
    return { mark: 'skip', markLine: lineOf(call), markText: `${name}(`, reason };
  }
  return null;
}

function wordsOf(text: string): string | null {
  const literal = /(["'])(?:(?!\1)[^\\\n]|\\.)+\1/.exec(text)?.[0];
  return literal === undefined ? null : unquoted(literal);
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
