import type { PatchedFile, RawEntry } from './patch.ts';
import type { Section } from './patch-section.ts';

/**
 * Joins entries and sections by their order, checked by object ids and never by name: names in a diff can say
 * anything. An entry without a section (touched, but the same) keeps no lines.
 */
export function matchSections(
  entries: readonly RawEntry[],
  sections: readonly Section[],
): { readonly files: readonly PatchedFile[]; readonly problems: readonly string[] } {
  const found: Section[][] = entries.map(() => []);
  const problems: string[] = [];
  let next = 0;
  for (const section of sections) {
    let index = next;
    while (index < entries.length && !fits(entries[index], found[index], section)) index++;
    const matched = found[index];
    if (matched === undefined) {
      problems.push('A part of the diff belongs to no file of its list and was left out.');
      continue;
    }
    matched.push(section);
    next = index;
  }
  return { files: entries.map((entry, index) => together(entry, found[index] ?? [])), problems };
}

function fits(
  entry: RawEntry | undefined,
  already: readonly Section[] | undefined,
  { ids }: Section,
): boolean {
  if (entry === undefined || already === undefined) return false;
  // A file that turned into a link comes as a deletion and a creation.
  if (entry.letter === 'T' && already.length < 2) {
    if (ids === null) return false;
    return already.length === 0
      ? isZero(ids.now) && same(entry.oldId, ids.old)
      : isZero(ids.old) && same(entry.newId, ids.now);
  }
  if (already.length > 0) return false;
  if (ids === null)
    return entry.oldId === entry.newId || isZero(entry.newId) || entry.letter === 'U';
  return same(entry.oldId, ids.old) && same(entry.newId, ids.now);
}

/** Zeros in an entry may stand for a file of the work tree, whose id git works out later. */
function same(full: string, part: string): boolean {
  return isZero(full) || full.startsWith(part) || part.startsWith(full);
}

function isZero(id: string): boolean {
  return /^0+$/.test(id);
}

function together(entry: RawEntry, sections: readonly Section[]): PatchedFile {
  const [first, second] = sections;
  if (first === undefined || second === undefined) {
    const { binary, blocks, hunks, added, deleted, openEnd } = first ?? nothing;
    const shown = first !== undefined;
    return { ...entry, shown, binary, blocks, hunks, added, deleted, openEnd };
  }
  const [gone, come] = [first.blocks[0], second.blocks[0]];
  const [goneText, comeText] = [first.hunks[0], second.hunks[0]];
  const hasText = goneText !== undefined || comeText !== undefined;
  return {
    ...entry,
    shown: true,
    binary: first.binary || second.binary,
    blocks: [{ oldStart: 1, removed: gone?.removed ?? 0, newStart: 1, added: come?.added ?? 0 }],
    hunks: hasText
      ? [
          {
            oldStart: 1,
            newStart: 1,
            removed: goneText?.removed ?? [],
            added: comeText?.added ?? [],
          },
        ]
      : [],
    added: second.added,
    deleted: first.deleted,
    openEnd: { old: first.openEnd.old, now: second.openEnd.now },
  };
}

const nothing: Section = {
  ids: null,
  binary: false,
  blocks: [],
  hunks: [],
  added: 0,
  deleted: 0,
  openEnd: { old: false, now: false },
};
