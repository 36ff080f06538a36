import { join } from 'node:path';
import { readFileState, type FileState } from '../capture/file-state.ts';
import { captureFolder } from '../outside/journal/place.ts';
import { readKept, stateDigest, stateName } from '../outside/journal/states.ts';
import { noteDamage, type Ledger } from './capture-ledger.ts';

/** What is known of a file; null when nothing is. A state that is not as it was left counts as lost. */
export function stateOf(ledger: Ledger, path: string): FileState | null {
  const known = ledger.states.get(path);
  if (known !== undefined) return known;
  const state = loadState(ledger, path);
  ledger.states.set(path, state);
  return state;
}

function loadState(ledger: Ledger, path: string): FileState | null {
  const text = readKept(join(captureFolder(ledger.place), stateName(path)));
  const expected = [ledger.book.files[path], ledger.book.filesBefore[path]];
  if (text === null) {
    const gone = expected[0] !== undefined && expected[1] !== '';
    if (gone) noteDamage(ledger, { kind: 'missing', what: path });
    return null;
  }
  const state = expected.includes(stateDigest(text)) ? readFileState(text) : null;
  if (state?.path === path) return state;
  noteDamage(ledger, { kind: 'broken', what: path });
  return null;
}

/** The files that the record knows. */
export function knownStates(ledger: Ledger): readonly FileState[] {
  return Object.keys(ledger.book.files)
    .slice(-mostKnown)
    .map((path) => stateOf(ledger, path))
    .filter((state) => state !== null);
}

/** More files than these are not looked at in one call. */
export const mostKnown = 1_000;

/** Replaces what is known of a file. */
export function setState(ledger: Ledger, state: FileState): void {
  ledger.states.set(state.path, state);
  ledger.changed.add(state.path);
}
