import type { Tree } from '../guard.ts';
import type { FoundMark, FoundTest } from './test-case.ts';
import { commentNear, endLineOf, lineOf, nodesOf, unquoted } from './tree-walk.ts';

const testAnnotation =
  /^@(?:[\w.]+\.)?(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property)\b/;
const skipAnnotation = /^@(?:[\w.]+\.)?(?:Disabled|Ignore)\b(?!\w)/;

/** Tests of JUnit 3 to 6 and TestNG. */
export function javaTests(tree: Tree): readonly FoundTest[] {
  return nodesOf(tree, 'method_declaration', 'class_declaration').flatMap((node) => {
    const isSuite = node.kind() === 'class_declaration';
    const title = node.field('name')?.text() ?? '';
    const annotations = annotationsOf(node);
    if (
      !isSuite &&
      !annotations.some((one) => testAnnotation.test(one.text())) &&
      !isOldTest(node, title)
    )
      return [];
    return [
      {
        kind: isSuite ? ('suite' as const) : ('case' as const),
        title,
        line: lineOf(node),
        endLine: endLineOf(node),
        body: node.field('body') ?? node,
        ...markOf(node, annotations),
      },
    ];
  });
}

// JUnit 3: `public void testX()` in a class that extends a `…TestCase`.
function isOldTest(node: Tree, title: string): boolean {
  if (!/^test[A-Z_]/.test(title)) return false;
  const around = node.ancestors().find((one) => one.kind() === 'class_declaration');
  return /TestCase\b/.test(around?.field('superclass')?.text() ?? '');
}

function annotationsOf(node: Tree): readonly Tree[] {
  const modifiers = node.children().find((child) => child.kind() === 'modifiers');
  return (modifiers?.children() ?? []).filter((child) =>
    String(child.kind()).endsWith('annotation'),
  );
}

function markOf(node: Tree, annotations: readonly Tree[]): FoundMark {
  const found = annotations.find((one) => skipAnnotation.test(one.text()));
  if (found === undefined)
    return { mark: 'none', markLine: lineOf(node), markText: '', reason: null };
  const words = /"((?:[^"\\]|\\.)+)"/.exec(found.text())?.[0];
  const near = commentNear(found);
  const reason = words === undefined ? near : unquoted(words);
  return {
    mark: 'skip',
    markLine: lineOf(found),
    markText: found.text().slice(0, 60),
    reason: reason === '' ? null : reason,
  };
}
