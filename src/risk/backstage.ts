import { isMap } from 'yaml';
import type { YAMLMap } from 'yaml';
import type { Service } from './risk.ts';
import type { Catalogue, CatalogueFile, CatalogueProblem } from './services.ts';
import { mapAt, readYaml, scalarText, textAt, textsAt } from './yaml-reading.ts';
import type { Reading } from './yaml-reading.ts';

/** Reads the components of a Backstage `catalog-info.yaml`; each owns the folder the file lies in. */
export function readBackstage(file: CatalogueFile): Catalogue {
  const reading = readYaml(file);
  const problems: CatalogueProblem[] = [...reading.problems];
  const services: Service[] = [];
  for (const { contents } of reading.documents) {
    if (contents === null) continue;
    if (!isMap(contents)) {
      problems.push(reading.problemAt(contents, 'a catalogue entry must be a map'));
      continue;
    }
    if (textAt(contents, 'kind')?.toLowerCase() !== 'component') continue;
    const service = componentOf(contents, file.path);
    if (service === null) {
      problems.push(reading.problemAt(contents, 'a Component needs metadata.name'));
      continue;
    }
    services.push(service);
    problems.push(...tierProblems(contents, reading));
  }
  return { services, problems };
}

function componentOf(entry: YAMLMap, path: string): Service | null {
  const metadata = mapAt(entry, 'metadata');
  const name = textAt(metadata, 'name');
  if (name === null) return null;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return {
    name,
    tier: tierOf(entry),
    paths: [`/${folder}**`],
    owner: textAt(mapAt(entry, 'spec'), 'owner'),
  };
}

/**
 * Backstage has no field for how critical a component is. People write an annotation `<somebody>/service-tier`
 * or a tag `tier-1`; an experiment nobody graded is the least critical.
 */
function tierOf(entry: YAMLMap): number | null {
  const metadata = mapAt(entry, 'metadata');
  const written = tierAnnotations(metadata).map(({ text }) => tierNumber(text));
  const tagged = textsAt(metadata, 'tags').map((tag) =>
    tierNumber(/^tier[-_:]?(\d+)$/i.exec(tag)?.[1]),
  );
  const tiers = [...written, ...tagged].filter((tier) => tier !== null);
  if (tiers.length > 0) return Math.min(...tiers);
  return textAt(mapAt(entry, 'spec'), 'lifecycle') === 'experimental' ? leastCritical : null;
}

const leastCritical = 4;

interface Annotation {
  readonly node: unknown;
  readonly text: string;
}

function tierAnnotations(metadata: YAMLMap | null): readonly Annotation[] {
  const annotations = mapAt(metadata, 'annotations');
  return (annotations?.items ?? []).flatMap((pair) => {
    const key = scalarText(pair.key);
    const text = scalarText(pair.value);
    const isTier = key !== null && /(?:^|\/)(?:service-)?tier$/i.test(key);
    return isTier && text !== null ? [{ node: pair.value, text }] : [];
  });
}

function tierProblems(entry: YAMLMap, reading: Reading): readonly CatalogueProblem[] {
  return tierAnnotations(mapAt(entry, 'metadata'))
    .filter(({ text }) => tierNumber(text) === null)
    .map(({ node, text }) =>
      reading.problemAt(
        node,
        `"${text.slice(0, 40)}" is no tier; write a number from 0 to 9, 1 the most critical`,
      ),
    );
}

/** `1`, `tier1`, `tier-1` and `Tier 1` are 1. */
function tierNumber(text: string | undefined): number | null {
  const digits = /^(?:tier[-_ ]?)?(\d)$/i.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
