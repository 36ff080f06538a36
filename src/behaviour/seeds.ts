import type { Tree } from '../guards/guard.ts';
import type { Seeds } from './generate.ts';

/** Constants kept of a function and what it needs. */
const mostTexts = 40;
const mostNumbers = 40;
const longestText = 60;

/** Texts and numbers written in code: what it compares with is what makes it answer differently. */
export function seedsIn(codes: readonly string[]): Seeds {
  const texts = new Set<string>();
  const numbers = new Set<number>();
  for (const code of codes) {
    for (const [, one, two, three] of code.matchAll(quoted)) texts.add(one ?? two ?? three ?? '');
    for (const [number] of code.matchAll(/(?<![\w$.])\d{1,15}(?:\.\d{1,15})?(?![\w$])/g))
      numbers.add(Number(number));
  }
  const kept = [...texts].filter((text) => text !== '' && text.length <= longestText);
  return { texts: kept.slice(0, mostTexts), numbers: [...numbers].slice(0, mostNumbers) };
}

const quoted = /'([^'\\\n]{1,200})'|"([^"\\\n]{1,200})"|`([^`\\\n$]{1,200})`/g;

/** Calls looked at in one test file, and example inputs kept. */
const mostCalls = 300;
const mostExamples = 60;

/** Argument lists of calls of a function that are written out in full, as code. */
export function exampleCalls(root: Tree, name: string): readonly string[] {
  const calls = root.findAll({
    rule: {
      kind: 'call_expression',
      has: {
        field: 'function',
        kind: 'identifier',
        regex: `^${name.replaceAll('$', String.raw`\$`)}$`,
      },
    },
  });
  const found = calls.slice(0, mostCalls).flatMap((call) => {
    const list = call.field('arguments');
    const given = list?.children().filter((child) => child.isNamed()) ?? [];
    return list !== null && given.every((one) => isWrittenOut(one))
      ? [list.text().slice(1, -1)]
      : [];
  });
  const short = found
    .map((text) => text.trim().replace(/,$/, ''))
    .filter((text) => text.length < 2_000);
  return [...new Set(short)].slice(0, mostExamples);
}

/** Whether a node is a value in itself: no name in it, nothing to be run. */
function isWrittenOut(node: Tree, depth = 0): boolean {
  const kind = String(node.kind());
  if (plainKinds.has(kind)) return true;
  if (kind === 'template_string') return !node.text().includes('${');
  if (kind === 'unary_expression') return /^-\s?[\d.]+$/.test(node.text());
  if (depth > 8 || !nestedKinds.has(kind)) return false;
  const parts = node.children().filter((child) => child.isNamed());
  if (kind !== 'pair') return parts.every((part) => isWrittenOut(part, depth + 1));
  const [key, value] = parts;
  return /^(?:property_identifier|string|number)$/.test(String(key?.kind())) && value !== undefined
    ? isWrittenOut(value, depth + 1)
    : false;
}

const plainKinds: ReadonlySet<string> = new Set([
  'string',
  'number',
  'true',
  'false',
  'null',
  'undefined',
]);
const nestedKinds: ReadonlySet<string> = new Set(['array', 'object', 'pair']);
