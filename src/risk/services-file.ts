import { isMap, isScalar, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { githubPattern } from '../people/path-pattern.ts';
import type { Service } from './risk.ts';
import { pathMatcher } from './service-paths.ts';
import type { Catalogue, CatalogueFile, CatalogueProblem, NamedEntry } from './services.ts';
import { readYaml, scalarText, textAt } from './yaml-reading.ts';

const known = ['name', 'tier', 'paths', 'owner', 'entry_points'];
const mostServices = 10_000;

type Complain = (node: unknown, message: string) => void;

/** Reads `.hallmonitor/services.yml`: a list `services` of name, tier, paths and owner. Strict, never throws. */
export function readOwnServices(file: CatalogueFile): Catalogue {
  const reading = readYaml(file);
  const problems: CatalogueProblem[] = [...reading.problems];
  const services: Service[] = [];
  const entries: NamedEntry[] = [];
  const [document, second] = reading.documents;
  if (second !== undefined) complain(second.contents, 'only the first document is read');
  for (const entry of entriesOf(document?.contents, complain).slice(0, mostServices)) {
    const service = serviceOf(entry, complain);
    const isTwice = services.some((other) => other.name === service?.name);
    if (isTwice) complain(entry, `the service ${service?.name ?? ''} is listed twice`);
    if (service !== null && !isTwice) {
      services.push(service);
      entries.push(...entryPointsOf(entry, service.name, complain));
    }
  }
  return { services, entries, problems };

  function complain(node: unknown, message: string): void {
    problems.push(reading.problemAt(node, message));
  }
}

function entriesOf(contents: unknown, complain: Complain): readonly unknown[] {
  if (contents === null || contents === undefined) return [];
  if (!isMap(contents)) {
    complain(contents, 'must be a map with the key services');
    return [];
  }
  for (const { key } of contents.items) {
    const name = scalarText(key);
    if (name !== 'services') complain(key, `unknown key ${name ?? '?'}; the only one is services`);
  }
  const list: unknown = contents.get('services', true);
  if (isSeq(list)) return list.items;
  complain(list ?? contents, 'services must be a list');
  return [];
}

function serviceOf(entry: unknown, complain: Complain): Service | null {
  if (!isMap(entry)) {
    complain(entry, 'a service must be a map with name and paths');
    return null;
  }
  for (const { key } of entry.items) {
    const name = scalarText(key) ?? '?';
    if (!known.includes(name)) complain(key, `unknown key ${name}; known are ${known.join(', ')}`);
  }
  const name = textAt(entry, 'name');
  const paths = pathsOf(entry, complain);
  if (name === null) complain(entry, 'a service needs a name');
  if (name === null || paths.length === 0) return null;
  return { name, tier: tierOf(entry, complain), paths, owner: textAt(entry, 'owner') };
}

/** `entry_points` of a service: a list of names, each with the paths of the code behind it. */
function entryPointsOf(entry: unknown, service: string, complain: Complain): readonly NamedEntry[] {
  const node: unknown = isMap(entry) ? entry.get('entry_points', true) : undefined;
  if (node === undefined) return [];
  if (!isSeq(node)) {
    complain(node, 'entry_points must be a list of name and paths');
    return [];
  }
  return node.items.flatMap((item) => {
    const name = isMap(item) ? textAt(item, 'name') : null;
    if (!isMap(item) || name === null) {
      complain(item, 'an entry point needs a name and paths');
      return [];
    }
    return [{ name, service, matches: pathMatcher(pathsOf(item, complain, 'an entry point')) }];
  });
}

function pathsOf(entry: YAMLMap, complain: Complain, what = 'a service'): readonly string[] {
  const node: unknown = entry.get('paths', true);
  const items = isSeq(node) ? node.items : isScalar(node) ? [node] : [];
  const paths = items.flatMap((item) => {
    const text = scalarText(item);
    const why = text === null ? 'a path must be text' : faultOf(text);
    if (why !== null) complain(item, `${why}; write a path such as /services/checkout/`);
    return text === null || why !== null ? [] : [text];
  });
  if (items.length === 0) complain(node ?? entry, `${what} needs paths`);
  return paths;
}

function faultOf(pattern: string): string | null {
  const compiled = githubPattern(pattern.replace(/^!/, ''));
  return 'problem' in compiled ? compiled.problem : null;
}

function tierOf(entry: YAMLMap, complain: Complain): number | null {
  const node: unknown = entry.get('tier', true);
  if (node === undefined) return null;
  const text = scalarText(node) ?? '';
  if (/^\d$/.test(text)) return Number(text);
  complain(node, 'tier must be a number from 0 to 9, 1 the most critical');
  return null;
}
