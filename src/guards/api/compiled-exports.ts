import type { Tree } from '../guard.ts';
import type { Exported } from './exported.ts';
import type { Signature, SignatureParameter } from './signature.ts';

function lineOf(node: Tree): number {
  return node.range().start.line + 1;
}

function compact(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Functions, classes and methods of a Python module whose names do not begin with an underscore. */
export function pythonExports(root: Tree): ReadonlyMap<string, Exported> {
  const found = new Map<string, Exported>();
  for (const node of root.children()) {
    const inner = node.kind() === 'decorated_definition' ? node.field('definition') : node;
    const name = inner?.field('name')?.text() ?? '_';
    if (inner === null || name.startsWith('_')) continue;
    if (inner.kind() === 'function_definition')
      found.set(name, {
        line: lineOf(inner),
        signature: isPlain(node) ? pythonSignature(inner, false) : null,
      });
    if (inner.kind() !== 'class_definition') continue;
    found.set(name, { line: lineOf(inner), signature: null });
    for (const member of inner.field('body')?.children() ?? []) {
      const method = member.kind() === 'decorated_definition' ? member.field('definition') : member;
      const own = method?.field('name')?.text() ?? '_';
      if (method?.kind() !== 'function_definition' || (own.startsWith('_') && own !== '__init__'))
        continue;
      found.set(`${name}.${own}`, {
        line: lineOf(method),
        signature: isPlain(member) ? pythonSignature(method, true) : null,
      });
    }
  }
  return found;
}

// A decorator may change what callers see: routes, commands, fixtures.
function isPlain(node: Tree): boolean {
  return (
    node.kind() !== 'decorated_definition' ||
    /^(?:\s*@(?:staticmethod|classmethod|property|functools\.\w+|lru_cache|cache)\b.*\n)+/.test(
      node.text(),
    )
  );
}

function pythonSignature(node: Tree, isMethod: boolean): Signature {
  const all = (node.field('parameters')?.children() ?? []).filter(
    (child) => child.isNamed() && child.kind() !== 'comment',
  );
  const parameters = all.flatMap((child): readonly SignatureParameter[] => {
    const kind = String(child.kind());
    const name = /^\*{0,2}(\w+)/.exec(child.text())?.[1];
    if (name === undefined || kind === 'positional_separator' || kind === 'keyword_separator')
      return [];
    return [
      {
        name,
        isRequired: kind === 'identifier' || kind === 'typed_parameter',
        isRest: child.text().startsWith('*'),
        type: compact(child.field('type')?.text() ?? ''),
      },
    ];
  });
  const isBound = isMethod && /^(?:self|cls)$/.test(parameters[0]?.name ?? '');
  return {
    parameters: isBound ? parameters.slice(1) : parameters,
    isAsync: node.text().startsWith('async'),
    returns: compact(node.field('return_type')?.text() ?? ''),
  };
}

/** Functions, methods, types and values of a Go file whose names begin with a capital; nothing of a command. */
export function goExports(root: Tree): ReadonlyMap<string, Exported> {
  const found = new Map<string, Exported>();
  const isCommand = root
    .children()
    .some((node) => node.kind() === 'package_clause' && /\bmain$/.test(node.text().trim()));
  if (isCommand) return found;
  for (const node of root.children()) {
    const kind = String(node.kind());
    if (kind === 'function_declaration' || kind === 'method_declaration') {
      const receiver = /\*?\s*([A-Za-z_]\w*)(?:\[[^\]]*\])?\s*\)$/.exec(
        node.field('receiver')?.text() ?? '',
      )?.[1];
      const name = node.field('name')?.text() ?? '';
      if (!/^[A-Z]/.test(name) || (receiver !== undefined && !/^[A-Z]/.test(receiver))) continue;
      found.set(receiver === undefined ? name : `${receiver}.${name}`, {
        line: lineOf(node),
        signature: goSignature(node),
      });
    }
    if (!/^(?:type|const|var)_declaration$/.test(kind)) continue;
    for (const spec of node.findAll({
      rule: { any: [{ kind: 'type_spec' }, { kind: 'const_spec' }, { kind: 'var_spec' }] },
    })) {
      const name = spec.field('name')?.text() ?? '';
      if (/^[A-Z]/.test(name)) found.set(name, { line: lineOf(spec), signature: null });
    }
  }
  return found;
}

function goSignature(node: Tree): Signature {
  const parameters = (node.field('parameters')?.children() ?? [])
    .filter((child) => String(child.kind()).endsWith('parameter_declaration'))
    .flatMap((child, index): readonly SignatureParameter[] => {
      const type = compact(child.field('type')?.text() ?? '');
      const isRest = child.kind() === 'variadic_parameter_declaration';
      const names = child
        .children()
        .filter((one) => one.kind() === 'identifier')
        .map((one) => one.text());
      return (names.length > 0 ? names : [`parameter ${index + 1}`]).map((name) => ({
        name,
        isRequired: !isRest,
        isRest,
        type,
      }));
    });
  return { parameters, isAsync: false, returns: compact(node.field('result')?.text() ?? '') };
}

/** Public methods and types of a Java file. */
export function javaExports(root: Tree): ReadonlyMap<string, Exported> {
  const found = new Map<string, Exported>();
  for (const node of root.findAll({
    rule: {
      any: [
        { kind: 'method_declaration' },
        { kind: 'class_declaration' },
        { kind: 'interface_declaration' },
        { kind: 'enum_declaration' },
        { kind: 'record_declaration' },
      ],
    },
  })) {
    const name = node.field('name')?.text() ?? '';
    const around = node.ancestors().filter((one) => String(one.kind()).endsWith('_declaration'));
    const isInterface = around[0]?.kind() === 'interface_declaration';
    if (
      (!isPublic(node) && !isInterface) ||
      around.some((one) => !isPublic(one) && one.kind() !== 'enum_body_declarations')
    )
      continue;
    const owners = around.map((one) => one.field('name')?.text() ?? '').reverse();
    const signature = node.kind() === 'method_declaration' ? javaSignature(node) : null;
    // Overloads differ by the number of parameters, as far as we follow them.
    const full = [
      ...owners,
      signature === null ? name : `${name}/${signature.parameters.length}`,
    ].join('.');
    found.set(full, { line: lineOf(node), signature });
  }
  return found;
}

function isPublic(node: Tree): boolean {
  const modifiers =
    node
      .children()
      .find((child) => child.kind() === 'modifiers')
      ?.text() ?? '';
  return /\bpublic\b/.test(modifiers);
}

function javaSignature(node: Tree): Signature {
  const parameters = (node.field('parameters')?.children() ?? [])
    .filter((child) => child.kind() === 'formal_parameter' || child.kind() === 'spread_parameter')
    .map((child, index) => ({
      name: child.field('name')?.text() ?? `parameter ${index + 1}`,
      isRequired: child.kind() === 'formal_parameter',
      isRest: child.kind() === 'spread_parameter',
      type: compact(child.field('type')?.text() ?? ''),
    }));
  return { parameters, isAsync: false, returns: compact(node.field('type')?.text() ?? '') };
}
