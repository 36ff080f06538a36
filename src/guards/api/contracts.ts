import { fieldOf, lineOf, nodesOf } from '../code/nodes.ts';
import type { Language, Source, Tree } from '../guard.ts';

/** An interface, trait, protocol or abstract class, with the members that implementors must have. */
export interface Contract {
  readonly name: string;
  /** Names of members with their lines. */
  readonly members: ReadonlyMap<string, number>;
}

interface ContractForm {
  /** A file without this holds no contract. */
  readonly trace: RegExp;
  /** A line that may be a member. */
  readonly member: RegExp;
  readonly holders: readonly string[];
  readonly isHolder?: (node: Tree) => boolean;
  readonly members: readonly string[];
  /** Members that an implementor may leave out. */
  readonly isOptional: (node: Tree) => boolean;
}

const typescript: ContractForm = {
  trace: /\binterface\s|\babstract\s+class\b/,
  member: /^\s*(?:readonly\s+|abstract\s+|protected\s+|public\s+|get\s+|set\s+)*[\w$]+\s*[(:<]/,
  holders: ['interface_declaration', 'abstract_class_declaration'],
  members: ['method_signature', 'property_signature', 'abstract_method_signature'],
  isOptional: (node) =>
    /^(?:readonly\s+)?[\w$]+\s*\?/.test(node.text()) ||
    /\bstatic\b/.test(node.text().split('(')[0] ?? ''),
};

/** How languages write such promises. */
export const contractForms: Readonly<Partial<Record<Language, ContractForm>>> = {
  typescript,
  tsx: typescript,
  java: {
    trace: /\binterface\s|\babstract\s/,
    member: /\w\s*\([^{]*(?:;|$)/,
    holders: ['interface_declaration', 'class_declaration'],
    members: ['method_declaration'],
    isOptional: (node) =>
      fieldOf(node, 'body') !== null ||
      /^\s*(?:public\s+)?(?:default|static|private)\b/.test(node.text()),
  },
  kotlin: {
    trace: /\binterface\s|\babstract\s/,
    member: /\bfun\s/,
    holders: ['class_declaration'],
    isHolder: (node) =>
      /^(?:\w+\s+)*(?:interface|abstract\s+class)\b/.test(node.text().slice(0, 200)),
    members: ['function_declaration'],
    isOptional: (node) =>
      fieldOf(node, 'body') !== null ||
      (!/interface/.test(headOf(node)) && !/^\s*(?:\w+\s+)*abstract\b/.test(node.text())),
  },
  csharp: {
    trace: /\binterface\s|\babstract\s/,
    member: /\w\s*(?:<[^>]*>)?\([^{]*(?:;|$)/,
    holders: ['interface_declaration'],
    members: ['method_declaration'],
    isOptional: (node) => fieldOf(node, 'body') !== null || /=>|\bstatic\b/.test(node.text()),
  },
  rust: {
    trace: /\btrait\s/,
    member: /\bfn\s/,
    holders: ['trait_item'],
    members: ['function_signature_item'],
    isOptional: () => false,
  },
  go: {
    trace: /\binterface\s*\{/,
    member: /^\s*[A-Z]\w*\(/,
    holders: ['type_spec'],
    isHolder: (node) => node.field('type')?.kind() === 'interface_type',
    members: ['method_elem'],
    isOptional: () => false,
  },
  python: {
    trace: /\babstractmethod\b|\bProtocol\b/,
    member: /\bdef\s/,
    holders: ['class_definition'],
    members: ['function_definition'],
    isOptional: (node) =>
      !/@(?:abc\.)?abstractmethod\b/.test(node.parent()?.text().slice(0, 300) ?? '') ||
      node.parent()?.kind() !== 'decorated_definition',
  },
};

function headOf(node: Tree): string {
  const holder = node.ancestors().find((one) => one.kind() === 'class_declaration');
  return holder?.text().slice(0, 200).split('{')[0] ?? '';
}

/** The contracts a file declares. */
export function contractsOf(source: Source): readonly Contract[] {
  const form = contractForms[source.language];
  const root = source.tree();
  if (form === undefined || root === null) return [];
  return nodesOf(root, form.holders).flatMap((holder) => {
    const name = fieldOf(holder, 'name')?.text() ?? '';
    if (name === '' || form.isHolder?.(holder) === false) return [];
    const members = new Map<string, number>();
    for (const node of nodesOf(holder, form.members)) {
      const own = fieldOf(node, 'name')?.text() ?? '';
      const isDirect =
        node
          .ancestors()
          .find((one) => form.holders.includes(String(one.kind())))
          ?.id() === holder.id();
      if (own !== '' && isDirect && isInner(node, holder) && !form.isOptional(node))
        members.set(own, lineOf(node));
    }
    return [{ name, members }];
  });
}

// Not in a type of its own that stands inside: `options: { retries: number }`.
function isInner(node: Tree, holder: Tree): boolean {
  for (const one of node.ancestors()) {
    if (one.id() === holder.id()) return true;
    if (/^(?:object_type|statement_block|function_definition)$/.test(String(one.kind())))
      return false;
  }
  return false;
}
