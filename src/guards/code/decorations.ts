import type { Source, Tree } from '../guard.ts';
import { isAuthDecorator, isOpener } from './auth-words.ts';
import { grammarOf } from './grammar.ts';
import type { Grammar } from './grammar.ts';
import { compact, fieldOf, lineOf, nodesOf } from './nodes.ts';

/** A decorator or annotation that says who may call. */
export interface Decoration {
  /** `Orders.list`: the class or function it stands on. */
  readonly owner: string;
  /** Class the owner belongs to; empty for a class or a plain function. */
  readonly container: string;
  readonly name: string;
  readonly text: string;
  readonly line: number;
  readonly effect: 'restricts' | 'opens';
}

/** A class or function that decorators can stand on. */
export interface Owner {
  readonly name: string;
  readonly container: string;
  readonly line: number;
  readonly decorators: readonly string[];
}

const known = new WeakMap<Source, readonly Owner[]>();

/** Decorators and annotations about rights in a file. */
export function decorationsOf(source: Source): readonly Decoration[] {
  return decoratorsOf(source).flatMap(({ node, owner }) => {
    const name = decoratorName(node);
    const effect = isOpener(name) ? 'opens' : restricts(name, node.text()) ? 'restricts' : null;
    if (effect === null) return [];
    const { name: on, container } = owner;
    return [{ owner: on, container, name, text: compact(node.text()), line: lineOf(node), effect }];
  });
}

/** Everything in a file that decorators could stand on. */
export function ownersOf(source: Source): readonly Owner[] {
  const found = known.get(source) ?? readOwners(source);
  known.set(source, found);
  return found;
}

function restricts(name: string, text: string): boolean {
  return (
    isAuthDecorator(name) ||
    /^@\w+(?:\.\w+)*\([\s\S]*(?:Depends|Security)\(\s*\w*(?:auth|user|admin|permission|token|role)\w*/i.test(
      text,
    )
  );
}

function readOwners(source: Source): readonly Owner[] {
  const grammar = grammarOf(source.language);
  const root = grammar === null ? null : source.tree();
  if (grammar === null || root === null) return [];
  const decorators = decoratorsOf(source);
  return nodesOf(root, [...grammar.functions, ...grammar.containers]).flatMap((node) => {
    const name = fieldOf(node, 'name')?.text();
    if (name === undefined) return [];
    const container = containerOf(node, grammar);
    const full = join(container, name);
    const own = decorators.filter(
      ({ owner }) => owner.name === full && owner.line === lineOf(node),
    );
    return [
      {
        name: full,
        container,
        line: lineOf(node),
        decorators: own.map((one) => compact(one.node.text())),
      },
    ];
  });
}

interface Standing {
  readonly node: Tree;
  readonly owner: { readonly name: string; readonly container: string; readonly line: number };
}

function decoratorsOf(source: Source): readonly Standing[] {
  const grammar = grammarOf(source.language);
  const root = grammar === null || grammar.decorators.length === 0 ? null : source.tree();
  if (grammar === null || root === null) return [];
  return nodesOf(root, grammar.decorators).flatMap((node) => {
    const target = targetOf(node, grammar);
    const name = target === null ? undefined : fieldOf(target, 'name')?.text();
    if (target === null || name === undefined) return [];
    const container = containerOf(target, grammar);
    return [{ node, owner: { name: join(container, name), container, line: lineOf(target) } }];
  });
}

// Python wraps both, Java and Kotlin keep annotations among the modifiers, C# and PHP in lists of their own, TypeScript
// writes them in front.
function targetOf(decorator: Tree, grammar: Grammar): Tree | null {
  const parent = decorator.parent();
  if (parent === null) return null;
  const kind = String(parent.kind());
  if (kind === 'decorated_definition') return fieldOf(parent, 'definition');
  if (kind === 'modifiers' || kind === 'attribute_list') return parent.parent();
  if (kind === 'attribute_group') return parent.parent()?.parent() ?? null;
  if (kind === 'export_statement') return fieldOf(parent, 'declaration');
  if (grammar.containers.includes(kind)) return parent;
  if (kind !== 'class_body') return null;
  return (
    decorator
      .nextAll()
      .find(
        (next) => !grammar.decorators.includes(String(next.kind())) && next.kind() !== 'comment',
      ) ?? null
  );
}

function containerOf(node: Tree, grammar: Grammar): string {
  return node
    .ancestors()
    .filter((around) => grammar.containers.includes(String(around.kind())))
    .map((around) => fieldOf(around, 'name')?.text() ?? '')
    .reverse()
    .join('.');
}

function join(container: string, name: string): string {
  return container === '' ? name : `${container}.${name}`;
}

function decoratorName(node: Tree): string {
  const path = /^@?\s*(?:\w+:)?([\w.$\\]+)/.exec(node.text())?.[1]?.replaceAll('\\', '.') ?? '';
  return path.slice(path.lastIndexOf('.') + 1);
}
