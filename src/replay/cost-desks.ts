import type { Person } from '../change/change.ts';

/** What one person would have been given to read. */
export interface Load {
  readonly person: Person;
  readonly changes: number;
  readonly minutes: number;
  /** Weeks in which it was more than the policy's reading budget. */
  readonly weeksOver: number;
  readonly busiestWeekMinutes: number;
}

/** One task of reading. */
export interface Task {
  /** Unix seconds. */
  readonly at: number;
  readonly lines: number;
  readonly minutes: number;
}

/** Everybody's desk: what lies on it, and what went over it. */
export interface Desks {
  /** Working hours until somebody who is given this now gets to it. */
  readonly waitHours: (who: number, at: number) => number;
  readonly give: (who: number, task: Task) => void;
  /** Those who were given anything, most first. */
  readonly loads: (people: readonly Person[]) => readonly Load[];
}

const secondsPerDay = 86_400;
const secondsPerWeek = 7 * secondsPerDay;
const workingDaysPerWeek = 5;
/** Hours of a working day. */
export const hoursPerDay = 8;

/** Work that lies longer than this is given to somebody else or dropped; it bounds what one absence can cost. */
const longestWaitDays = 20;

interface Desk {
  /** Lines not read yet, as of `at`. */
  backlog: number;
  at: number;
  changes: number;
  minutes: number;
  readonly weeks: Map<number, { lines: number; minutes: number }>;
}

/** Empty desks, at each of which so many lines are read on a working day. */
export function emptyDesks(linesPerDay: number): Desks {
  const desks = new Map<number, Desk>();
  function desk(who: number): Desk {
    const fresh = { backlog: 0, at: 0, changes: 0, minutes: 0, weeks: new Map() };
    const own = desks.get(who) ?? fresh;
    desks.set(who, own);
    return own;
  }
  function left({ backlog, at }: Desk, now: number): number {
    const days = (Math.max(0, now - at) / secondsPerWeek) * workingDaysPerWeek;
    return Math.max(0, backlog - days * linesPerDay);
  }
  return {
    waitHours: (who, at) => {
      const own = desks.get(who);
      const days = own === undefined ? 0 : left(own, at) / linesPerDay;
      return Math.min(days, longestWaitDays) * hoursPerDay;
    },
    give: (who, { at, lines, minutes }) => {
      const own = desk(who);
      own.backlog = Math.min(left(own, at) + lines, longestWaitDays * linesPerDay);
      own.at = Math.max(at, own.at);
      own.changes += 1;
      own.minutes += minutes;
      const week = Math.floor(at / secondsPerWeek);
      const before = own.weeks.get(week) ?? { lines: 0, minutes: 0 };
      own.weeks.set(week, { lines: before.lines + lines, minutes: before.minutes + minutes });
    },
    loads: (people) =>
      [...desks]
        .map(([who, own]) => loadOf(own, people[who] ?? { name: '', email: '' }, linesPerDay))
        .sort((a, b) => b.minutes - a.minutes || (a.person.email < b.person.email ? -1 : 1)),
  };
}

function loadOf({ changes, minutes, weeks }: Desk, person: Person, linesPerDay: number): Load {
  const budget = linesPerDay * workingDaysPerWeek;
  const all = [...weeks.values()];
  return {
    person,
    changes,
    minutes,
    weeksOver: all.filter(({ lines }) => lines > budget).length,
    busiestWeekMinutes: Math.max(0, ...all.map((week) => week.minutes)),
  };
}
