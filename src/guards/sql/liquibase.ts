import { dataOf } from '../data.ts';
import type { Data } from '../data.ts';
import type { Source } from '../guard.ts';
import { readXml } from './liquibase-xml.ts';
import { liquibaseOperations } from './liquibase-changes.ts';
import type { Element } from './liquibase-changes.ts';
import type { RawStep } from './operation.ts';

/** Whether a file is a change log of Liquibase: XML, YAML or JSON. */
export function isChangeLog({ path, text }: Source): boolean {
  return /\.(?:xml|ya?ml|json)$/i.test(path) && text.slice(0, 20_000).includes('databaseChangeLog');
}

/** The steps in a Liquibase change log. What stands in a rollback does not count. */
export function liquibaseSteps(source: Source): readonly RawStep[] {
  return elementsOf(source).flatMap((element) => stepsIn(element, 0));
}

function elementsOf(source: Source): readonly Element[] {
  if (/\.xml$/i.test(source.path)) return readXml(source.text);
  return (dataOf(source) ?? []).flatMap((data) => childrenOf(data));
}

const deepest = 12;

function stepsIn(element: Element, depth: number): readonly RawStep[] {
  if (element.name === 'rollback' || element.name === 'preConditions' || depth > deepest) return [];
  const operations = liquibaseOperations(element);
  if (operations.length === 0)
    return element.children.flatMap((child) => stepsIn(child, depth + 1));
  const { line, endLine, name, attributes, text } = element;
  const said = `${name} ${JSON.stringify([...attributes])} ${text}`;
  return [{ line, endLine, text: said, operations }];
}

function childrenOf(data: Data): readonly Element[] {
  if (data.kind === 'list') return data.items.flatMap(childrenOf);
  if (data.kind === 'scalar') return [];
  return [...data.entries].flatMap(([name, { line, value }]) => {
    if (value.kind === 'scalar') return [];
    return [elementAt(name, line, value)];
  });
}

function elementAt(name: string, line: number, value: Data): Element {
  const attributes = new Map<string, string>();
  if (value.kind === 'map')
    for (const [key, entry] of value.entries)
      if (entry.value.kind === 'scalar') attributes.set(key, String(entry.value.value));
  return {
    name,
    attributes,
    line,
    endLine: value.endLine,
    text: attributes.get('sql') ?? '',
    children: childrenOf(value),
  };
}
