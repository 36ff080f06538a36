import type { Registry } from '../../guards/dependencies/dependency.ts';

/** A package that is asked about. Its name is all that leaves the machine, and for Go the version's. */
export interface Asked {
  readonly registry: Registry;
  readonly name: string;
  /** The version the change asks for, where it names one. */
  readonly version: string | null;
}
