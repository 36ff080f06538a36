import { fieldOf, pointed } from '../code/nodes.ts';
import type { Language, Tree } from '../guard.ts';
import { frameworks } from './frameworks.ts';
import type { Frameworks } from './frameworks.ts';
import type { FoundMark, FoundTest } from './test-case.ts';
import {
  commentNear,
  endLineOf,
  isComment,
  isInside,
  lineOf,
  namedChildren,
  nodesOf,
  unquoted,
} from './tree-walk.ts';

/** Gives the reader of tests for a language whose frameworks are in the table. */
export function testsByTable(language: Language): (tree: Tree) => readonly FoundTest[] {
  return (tree) => {
    const known = frameworks[language];
    if (known === undefined) return [];
    return [
      ...nodesOf(tree, ...known.functions, ...known.suites).flatMap((node) => marked(node, known)),
      ...nodesOf(tree, ...known.calls).flatMap((node) => called(node, known)),
    ];
  };
}

function marked(node: Tree, known: Frameworks): readonly FoundTest[] {
  const isSuite = known.suites.includes(String(node.kind()));
  const title = (fieldOf(node, 'name')?.text() ?? '').replaceAll('`', '');
  const marks = marksOf(node, known);
  if (!isSuite && !isTest(node, title, { marks, known })) return [];
  const body = fieldOf(node, 'body') ?? node;
  const skip = marks.find((mark) => known.skip.test(mark.text()));
  const mark = skip === undefined ? (isSuite ? null : ended(body, known)) : skipped(skip);
  return [
    {
      kind: isSuite ? 'suite' : 'case',
      title,
      line: lineOf(marks[0] ?? node),
      endLine: endLineOf(node),
      body,
      ...(mark ?? noMark(node)),
    },
  ];
}

function isTest(
  node: Tree,
  title: string,
  { marks, known }: { readonly marks: readonly Tree[]; readonly known: Frameworks },
): boolean {
  if (marks.some((mark) => known.test.test(mark.text()))) return true;
  if (known.name !== null) return known.name.test(title) || /@test\b/.test(docOf(node));
  return false;
}

function docOf(node: Tree): string {
  const before = node.prev();
  return before !== null && isComment(before) ? before.text() : '';
}

function marksOf(node: Tree, { marks }: Frameworks): readonly Tree[] {
  if (marks === null) return [];
  if (marks === 'siblings') return before(node);
  return node
    .children()
    .filter((child) => child.kind() === marks)
    .flatMap((list) => nodesOf(list, marks === 'modifiers' ? 'annotation' : 'attribute'));
}

/** Attributes above one function; nobody writes more. */
const mostMarks = 20;

function before(node: Tree): readonly Tree[] {
  const found: Tree[] = [];
  for (let at = node.prev(); at !== null && found.length < mostMarks; at = at.prev()) {
    if (at.kind() === 'attribute_item') found.unshift(at);
    else if (!isComment(at)) break;
  }
  return found;
}

function called(call: Tree, known: Frameworks): readonly FoundTest[] {
  const callee = (fieldOf(call, 'function') ?? fieldOf(call, 'name'))?.text() ?? '';
  const isCase = known.cases?.test(callee) === true;
  const isSuite = known.groups?.test(callee) === true;
  const owner = fieldOf(call, 'object')?.text();
  if ((!isCase && !isSuite) || (owner !== undefined && owner !== 'RSpec')) return [];
  const given = namedChildren(fieldOf(call, 'arguments'));
  const title = callee.startsWith('"') ? callee : (given[0]?.text() ?? '');
  const body = bodyOf(call);
  if (body === null || (isCase && title === '' && !/^(?:it|specify)$/.test(callee))) return [];
  return [
    {
      kind: isCase ? 'case' : 'suite',
      title: unquoted(title).replace(/^(?:f:|!)/, ''),
      line: lineOf(call),
      endLine: endLineOf(call),
      body,
      ...(markOfCall(call, callee, known) ?? (isCase ? ended(body, known) : null) ?? noMark(call)),
    },
  ];
}

const blocks = ['do_block', 'block', 'lambda_literal', 'anonymous_function', 'arrow_function'];

function bodyOf(call: Tree): Tree | null {
  const places = [call, ...call.children()].flatMap((child) => [child, ...child.children()]);
  const deep = places.flatMap((child) => [child, ...child.children()]);
  return deep.find((child) => blocks.includes(String(child.kind()))) ?? null;
}

// `xit`, `fit`, RSpec's `it 'adds', :focus do` and `skip: true`, Pest's `it(…)->skip()` and `->only()`.
function markOfCall(call: Tree, callee: string, known: Frameworks): FoundMark | null {
  const given = pointed(fieldOf(call, 'arguments')?.text() ?? '').slice(0, 400);
  const link = /^\s*(?:->|\.)(only|skip|todo)\(\s*\)?/.exec(chainAfter(call))?.[1];
  const isFocus =
    known.focus.test(callee) || link === 'only' || /,\s*(?::focus|focus: true)\b/.test(given);
  const isSilent =
    known.silent.test(callee) ||
    (link !== undefined && link !== 'only') ||
    /,\s*(?::skip|:pending|skip: (?:true|['"])|pending: (?:true|['"]))/.test(given);
  if (!isFocus && !isSilent) return null;
  const near = commentNear(call);
  return {
    mark: isFocus ? 'focus' : 'skip',
    markLine: lineOf(call),
    markText: link === undefined ? callee.slice(0, 40) : `->${link}`,
    reason: /(?:skip|pending): ['"]([^'"]+)/.exec(given)?.[1] ?? (near === '' ? null : near),
  };
}

// What follows a call in its chain; only when it directly belongs to it.
function chainAfter(call: Tree): string {
  const parent = call.parent();
  if (parent?.kind() !== 'member_call_expression') return '';
  return parent
    .text()
    .slice(call.range().end.index - parent.range().start.index)
    .slice(0, 400);
}

function ended(body: Tree, known: Frameworks): FoundMark | null {
  const branches = new Set([...known.branches, ...blocks]);
  const calls = nodesOf(body, ...callKinds(known));
  for (const call of calls) {
    const callee = pointed(calleeOf(call));
    if (!known.ends.test(callee) || isInside(call, branches, body)) continue;
    const words = /(["'])(?:(?!\1)[^\\]|\\.)+\1/.exec(
      fieldOf(call, 'arguments')?.text() ?? '',
    )?.[0];
    const near = commentNear(call);
    const reason = words === undefined ? near : unquoted(words);
    return {
      mark: 'skip',
      markLine: lineOf(call),
      markText: calleeOf(call),
      reason: reason === '' ? null : reason,
    };
  }
  return null;
}

function callKinds(known: Frameworks): readonly string[] {
  if (known === frameworks.ruby) return ['call', 'identifier'];
  if (known === frameworks.csharp) return ['invocation_expression'];
  if (known === frameworks.php) return ['member_call_expression', 'scoped_call_expression'];
  return ['call_expression'];
}

function calleeOf(call: Tree): string {
  if (call.kind() === 'identifier') {
    return /^(?:body_statement|do_block|block_body)$/.test(String(call.parent()?.kind()))
      ? call.text()
      : '';
  }
  const own = fieldOf(call, 'function')?.text();
  const owner = fieldOf(call, 'object')?.text();
  const name = fieldOf(call, 'name')?.text() ?? '';
  return own ?? (owner === undefined ? name : `${owner}.${name}`);
}

function skipped(mark: Tree): FoundMark {
  const words = /"((?:[^"\\]|\\.)+)"/.exec(mark.text())?.[0];
  const near = commentNear(mark);
  const reason = words === undefined ? near : unquoted(words);
  return {
    mark: 'skip',
    markLine: lineOf(mark),
    markText: mark.text().slice(0, 60),
    reason: reason === '' ? null : reason,
  };
}

function noMark(node: Tree): FoundMark {
  return { mark: 'none', markLine: lineOf(node), markText: '', reason: null };
}
