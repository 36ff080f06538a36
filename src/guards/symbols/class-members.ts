import type { Tree } from '../guard.ts';

/** What makes a class have members that its text does not name. */
const open =
  /Object\.(?:assign|definePropert(?:y|ies)|setPrototypeOf)\(\s*this\b|\bthis\s*\[|\bas\s+any\b|\bsetattr\(\s*self\b|\bself\.__dict__|\b__getattr(?:ibute)?__\b|\bReflect\.|\bProxy\b|\bapply(?:Mixins|To)\b|\[\s*\w+\s*:\s*\w+\s*\]\s*:|\bvars\(self\)|\b__slots__\b/;

/** Names that the members of a class have for good, static ones too; null when it may have more. */
export function classMembers(definition: Tree): ReadonlySet<string> | null {
  const text = definition.text();
  if (open.test(text)) return null;
  return definition.kind() === 'class_definition'
    ? inPython(definition, text)
    : inScript(definition, text);
}

function inScript(definition: Tree, text: string): ReadonlySet<string> | null {
  const head = text.slice(0, 400).split('{')[0] ?? '';
  const body = definition.field('body');
  if (/\bextends\b|\bdeclare\b/.test(head) || body === null || isDecorated(definition)) return null;
  const names = new Set<string>();
  for (const one of body.children()) {
    if (!one.isNamed() || /comment$|^decorator$/.test(String(one.kind()))) continue;
    const key = one.field('name') ?? one.field('property');
    if (key === null) {
      if (one.kind() !== 'class_static_block') return null;
      continue;
    }
    if (key.kind() === 'computed_property_name') return null;
    names.add(key.text().replace(/^['"]|['"]$/g, ''));
  }
  for (const [, name = ''] of text.matchAll(
    /\b(?:public|private|protected|readonly)\s+([\w$]+)\s*[?:=,)]/g,
  ))
    names.add(name);
  for (const [, name = ''] of text.matchAll(/\bthis\.(#?[\w$]+)\s*(?:\?\?|\|\||&&)?=(?!=)/g))
    names.add(name);
  return names;
}

function isDecorated(definition: Tree): boolean {
  const around = definition.parent();
  return [definition, ...(around?.kind() === 'export_statement' ? [around] : [])].some((node) =>
    node.children().some((one) => one.kind() === 'decorator'),
  );
}

function inPython(definition: Tree, text: string): ReadonlySet<string> | null {
  const bases = definition.field('superclasses')?.text() ?? '';
  if (
    !/^(?:\(\s*(?:object)?\s*\))?$/.test(bases) ||
    definition.parent()?.kind() === 'decorated_definition'
  )
    return null;
  const names = new Set<string>();
  // Every word of the body that is bound in some way; more than there are does no harm.
  for (const [, name = ''] of text.matchAll(/\b(?:self|cls)\.(\w+)\s*(?:[,:)]|=(?!=))/g))
    names.add(name);
  for (const [, name = ''] of text.matchAll(/^[ \t]+(?:async\s+)?(?:def|class)\s+(\w+)/gm))
    names.add(name);
  for (const [, name = ''] of text.matchAll(/^[ \t]+(\w+)\s*(?:[:=,])/gm)) names.add(name);
  for (const [, name = ''] of text.matchAll(/\b(?:for|as)\s+(?:self\.)(\w+)/g)) names.add(name);
  for (const [names_ = ''] of text.matchAll(/\bimport\s+[\w, ]+/g))
    for (const name of names_.match(/\w+/g) ?? []) names.add(name);
  return names;
}
