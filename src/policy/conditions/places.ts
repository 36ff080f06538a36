import type { Atom } from '../condition.ts';
import type { LocatedEntry } from '../located.ts';
import { scalarsOf } from '../located.ts';
import type { Subject, Unknown } from '../subject.ts';
import { isUnknown, nothing } from '../subject.ts';
import { sure } from '../truth.ts';
import { starred } from './ai.ts';
import { areasIn, atom, counted } from './reading.ts';
import type { ConditionKey, Made, Reading } from './reading.ts';
import { anyName } from './sizes.ts';

/** Where the change is. */
export const placeKeys: Readonly<Record<string, ConditionKey>> = {
  touches: {
    says: 'At least one file lies in the area (or one of the areas). A renamed file counts where it was and where it is.',
    shape: anyName('tier-1'),
    read: readTouches,
  },
  only: {
    says: 'Every file lies in the area (or in one of the areas together), under its old and its new name.',
    shape: anyName('safe'),
    read: readOnly,
  },
  branch: {
    says: 'Branch the change wants to land on. `*` stands for any characters.',
    shape: anyName('release/*'),
    read: (entry, reading) =>
      atom(
        entry,
        reading,
        amongNames(entry, ({ branch }) => known(branch), 'the branch is'),
      ),
  },
  labels: {
    says: 'The change carries this label (or one of them).',
    shape: anyName('hotfix'),
    read: (entry, reading) =>
      atom(
        entry,
        reading,
        amongNames(entry, ({ labels }) => labels, 'labels:'),
      ),
  },
  services: {
    says: 'A service the change reaches, by its name in the catalogue.',
    shape: anyName('checkout'),
    read: (entry, reading) => atom(entry, reading, amongNames(entry, serviceNames, 'it reaches')),
  },
};

function readTouches(entry: LocatedEntry, reading: Reading): Atom | null {
  const areas = areasIn(entry.value, reading);
  return areas.length === 0 ? null : atom(entry, reading, touching(areas));
}

function readOnly(entry: LocatedEntry, reading: Reading): Atom | null {
  const areas = areasIn(entry.value, reading);
  if (areas.length === 0) return null;
  const together = togetherName(areas);
  if (areas.length > 1) reading.unions.set(together, areas);
  return atom(entry, reading, within(together));
}

function touching(areas: readonly string[]): Made {
  return {
    test: (subject) => {
      if (areas.some((area) => filesIn(subject, area) > 0)) return 'yes';
      return subject.incomplete === null ? 'no' : 'unknown';
    },
    value: (subject) => {
      const touched = areas.filter((area) => filesIn(subject, area) > 0);
      if (touched.length > 0)
        return touched
          .map((area) => `${counted(filesIn(subject, area), 'file')} in ${area}`)
          .join(', ');
      return subject.incomplete === null
        ? 'no file is there'
        : `not all files are known: ${subject.incomplete}`;
    },
  };
}

function within(area: string): Made {
  return {
    test: (subject) => {
      const portion = subject.areas.get(area) ?? nothing;
      if (subject.whole.files > 0 && !portion.everything) return 'no';
      if (subject.incomplete !== null) return 'unknown';
      return sure(subject.whole.files > 0);
    },
    value: (subject) => {
      const portion = subject.areas.get(area) ?? nothing;
      const outside = subject.whole.files - portion.files;
      if (outside > 0) return `${counted(outside, 'file')} elsewhere`;
      if (subject.incomplete !== null) return `not all files are known: ${subject.incomplete}`;
      if (subject.whole.files === 0) return 'it changes no file';
      return portion.everything ? 'all files are there' : 'a file came from elsewhere';
    },
  };
}

/** Key under which the files of several areas together are measured. */
function togetherName(areas: readonly string[]): string {
  const [only = ''] = areas;
  return areas.length === 1 ? only : [...areas].sort().join(' + ');
}

function filesIn(subject: Subject, area: string): number {
  return subject.areas.get(area)?.files ?? 0;
}

function serviceNames({ services }: Subject): readonly string[] | Unknown {
  return isUnknown(services) ? services : services.map(({ name }) => name);
}

function known(value: string | Unknown): readonly string[] | Unknown {
  return isUnknown(value) ? value : [value];
}

function amongNames(
  entry: LocatedEntry,
  namesOf: (subject: Subject) => readonly string[] | Unknown,
  intro: string,
): Made {
  const wanted = scalarsOf(entry.value).map(({ text }) => starred(text));
  return {
    test: (subject) => {
      const names = namesOf(subject);
      if (isUnknown(names)) return 'unknown';
      return sure(names.some((name) => wanted.some((is) => is(name))));
    },
    value: (subject) => {
      const names = namesOf(subject);
      if (isUnknown(names)) return `not known: ${names.unknown}`;
      return names.length === 0 ? 'none' : `${intro} ${names.slice(0, 5).join(', ')}`;
    },
  };
}
