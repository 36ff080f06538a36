import type { FileChange } from '../change/change.ts';
import { readBackstage } from './backstage.ts';
import type { Service } from './risk.ts';
import { pathMatcher } from './service-paths.ts';
import { readOwnServices } from './services-file.ts';

/** A catalogue file as it was read from the target branch. */
export interface CatalogueFile {
  readonly path: string;
  readonly text: string;
}

/** Something in a catalogue file that was not understood; the rest of the file counts. */
export interface CatalogueProblem {
  readonly path: string;
  /** Both start at 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The services of a repository, our own file first: it wins where both name a service. */
export interface Catalogue {
  readonly services: readonly Service[];
  /** What people call the places where somebody comes in: "checkout button". */
  readonly entries?: readonly NamedEntry[];
  readonly problems: readonly CatalogueProblem[];
}

/** A page, button or job with a name of its own. */
export interface NamedEntry {
  readonly name: string;
  readonly service: string;
  readonly matches: (path: string) => boolean;
}

export interface CatalogueOptions {
  /** Owners of a path, from CODEOWNERS; used where the catalogue names none. */
  readonly ownersOf?: (path: string) => readonly string[];
}

/** Where our own services are listed. */
export const servicesPath = '.hallmonitor/services.yml';

/** A catalogue without services: every change reaches none that is known. */
export const emptyCatalogue: Catalogue = { services: [], problems: [] };

/** Whether a path of the repository is a catalogue file. */
function isCatalogueFile(path: string): boolean {
  return path === servicesPath || /(?:^|\/)catalog-info\.ya?ml$/.test(path);
}

/** Reads Backstage files and our own into one catalogue. Never throws: what is wrong is listed with its place. */
export function readCatalogue(
  files: readonly CatalogueFile[],
  options: CatalogueOptions = {},
): Catalogue {
  const read = [...files]
    .sort((a, b) => Number(b.path === servicesPath) - Number(a.path === servicesPath))
    .filter((file) => isCatalogueFile(file.path))
    .map((file) => (file.path === servicesPath ? readOwnServices(file) : readBackstage(file)));
  const services = new Map<string, Service>();
  for (const service of read.flatMap((part) => part.services)) {
    const known = services.get(service.name);
    services.set(service.name, known === undefined ? service : mergeServices(known, service));
  }
  return {
    services: [...services.values()].map((service) => withOwner(service, options)),
    entries: read.flatMap((part) => part.entries ?? []),
    problems: read.flatMap((part) => part.problems),
  };
}

/** Our own file's tier and owner win; the paths of both count. */
function mergeServices(first: Service, second: Service): Service {
  return {
    name: first.name,
    tier: first.tier ?? second.tier,
    paths: [...new Set([...first.paths, ...second.paths])],
    owner: first.owner ?? second.owner,
  };
}

function withOwner(service: Service, { ownersOf }: CatalogueOptions): Service {
  if (service.owner !== null || ownersOf === undefined) return service;
  const [owner] = service.paths.flatMap((pattern) => ownersOf(sampleOf(pattern)));
  return owner === undefined ? service : { ...service, owner };
}

/** A path a pattern would match, to ask CODEOWNERS about. */
function sampleOf(pattern: string): string {
  const folder = pattern.replace(/^\//, '').replace(/[*?[].*$/, '');
  return folder.endsWith('/') || folder === '' ? `${folder}file` : folder;
}

/** The services a change touches, most critical first. Generated files count: what they say is deployed too. */
export function servicesOf(
  change: { readonly files: readonly Pick<FileChange, 'path' | 'oldPath'>[] },
  catalogue: Catalogue,
): readonly Service[] {
  const paths = [...new Set(change.files.flatMap((file) => [file.path, file.oldPath]))];
  return catalogue.services
    .filter((service) => {
      const matches = pathMatcher(service.paths);
      return paths.some(matches);
    })
    .sort((a, b) => (a.tier ?? Infinity) - (b.tier ?? Infinity) || (a.name < b.name ? -1 : 1));
}

/** The lowest tier number among services, the most critical; null when none of them has one. */
export function topTier(services: readonly Service[]): number | null {
  const tiers = services.map((service) => service.tier).filter((tier) => tier !== null);
  return tiers.length === 0 ? null : Math.min(...tiers);
}
