import { scriptFamily } from './scripts.ts';
import { goFamily, pythonFamily } from './modules.ts';
import { namedFamilies } from './names.ts';
import type { Mention } from './reach.ts';

/** What to search for to find the users of a file, and how to tell a user from a chance mention. */
export interface Target {
  /** Texts, one of which a line that uses the file must hold. Empty: nobody can be found. */
  readonly mentions: readonly string[];
  readonly isMeantBy: (mention: Mention) => boolean;
}

/** Languages that import each other. */
export interface Family {
  /** Ends of files, without the dot. */
  readonly endings: readonly string[];
  readonly target: (path: string, text: string) => Target;
}

const families: readonly Family[] = [scriptFamily, pythonFamily, goFamily, ...namedFamilies];

/** The family of a file by its ending; null when nobody can tell who uses it. */
export function familyOf(path: string): Family | null {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return families.find(({ endings }) => endings.includes(ending)) ?? null;
}
