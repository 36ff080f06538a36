import type { Source } from '../guard.ts';
import {
  cargoDependencies,
  goDependencies,
  gradleDependencies,
  mavenDependencies,
} from './compiled-manifests.ts';
import { gemDependencies } from './gemfile.ts';
import { npmDependencies } from './npm-manifest.ts';
import { projectDependencies, requirements } from './python-manifests.ts';

/** Where a name is looked up. */
export type Registry = 'npm' | 'pypi' | 'go' | 'maven' | 'crates' | 'rubygems';

/** A line of a manifest that asks for somebody else's code. */
export interface Dependency {
  readonly registry: Registry;
  /** As the registry spells it: lower case with hyphens on PyPI, `group:artifact` on Maven. */
  readonly name: string;
  /** The wanted version or place as written; empty where anything will do. */
  readonly wanted: string;
  readonly line: number;
  readonly use: Use;
}

/** What it is for: at run time, to build and test, or something the one who installs us must bring. */
export type Use = 'run' | 'build' | 'peer';

/** Whether a file is a manifest we can read. */
export function isManifest(path: string): boolean {
  return readerOf(path) !== null;
}

/** The dependencies a manifest asks for; empty when it is none or cannot be read. */
export function dependenciesOf(source: Source | null): readonly Dependency[] {
  return source === null ? [] : (readerOf(source.path)?.(source) ?? []);
}

type Reader = (source: Source) => readonly Dependency[];

function readerOf(path: string): Reader | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return readers.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

const readers: readonly (readonly [RegExp, Reader])[] = [
  [/^package\.json$/, npmDependencies],
  [/^(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\.(?:txt|in)$/, requirements],
  [/^pyproject\.toml$/, projectDependencies],
  [/^go\.mod$/, goDependencies],
  [/^Cargo\.toml$/, cargoDependencies],
  [/^pom\.xml$/, mavenDependencies],
  [/^build\.gradle(?:\.kts)?$/, gradleDependencies],
  [/^Gemfile$/, gemDependencies],
];
