import type { Gap } from '../change/change.ts';
import { quotable } from '../change/redact.ts';
import { hole } from './command.ts';
import type { CommandJudgement, Danger, FileWrite, Place, Run } from './command.ts';
import { ledRuns, ledWrites, waysOf } from './links.ts';
import { onlyReads } from './read-only.ts';
import type { Rule, Scene } from './rule.ts';
import { databaseDrop } from './rules/database-drop.ts';
import { rules } from './rules/rules.ts';
import { longestSql } from './sql.ts';
import { unreadData } from './unread-data.ts';
import { looseRuns, suspectedRuns } from './tokens.ts';
import { walk } from './walk.ts';
import { recordWrites } from './writes.ts';

export type * from './command.ts';
export { applyStreamEdits } from './stream-edit.ts';

/** A rule as people read it. */
export interface CommandRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly decision: 'deny' | 'ask';
  readonly caught: readonly string[];
  readonly passed: readonly string[];
}

/** The rules on commands, for documents and explanations. */
export const commandRules: readonly CommandRule[] = rules.map(
  ({ id, title, why, decision, caught, passed }) => ({ id, title, why, decision, caught, passed }),
);

/** Longest command that is looked at, in characters. */
const longestCommand = 1_000_000;
/** Most dangers that are told of one command. */
const mostDangers = 20;

/** Says what a command would destroy, give away or write, without running it. */
export function judgeCommand(text: string, place: Place): CommandJudgement {
  const read = text.slice(0, longestCommand).replaceAll(hole, ' ');
  const walked = place.shell === 'powershell' ? loosely(read, place) : strictly(read, place);
  const cut: readonly Gap[] =
    text.length > longestCommand
      ? [{ what: 'the command', why: 'it is longer than what is read' }]
      : [];
  const gaps = [...walked.gaps, ...unreadData(walked.runs, walked.read), ...cut];
  const scene = {
    place,
    runs: [...walked.runs, ...ledRuns(walked.runs, place)],
    read: walked.read,
    lead: waysOf(walked.runs, place).lead,
  };
  const certain = dangersOf(scene);
  const suspected =
    gaps.length === 0 ? [] : suspicions(read, { place, certain, unread: walked.unread });
  const dangers = [...certain, ...suspected].slice(0, mostDangers);
  const readOnly =
    gaps.length === 0 &&
    dangers.length === 0 &&
    walked.writes.length === 0 &&
    walked.runs.every(onlyReads);
  const writes = ledWrites(walked.writes, walked.runs);
  return { dangers, writes, scripts: walked.scripts, gaps, readOnly };
}

/** Says what SQL would destroy that a tool gives to a database, by the rules for `psql -c`. */
export function judgeSql(text: string, place: Place): readonly Danger[] {
  const sql = text.slice(0, longestCommand).replaceAll(hole, ' ');
  const run: Run = {
    name: 'psql',
    path: 'psql',
    args: ['-c', `${sql} `],
    env: new Map(),
    cwd: place.cwd,
    elsewhere: true,
    stdin: null,
    feeds: [],
    redirects: [],
  };
  const found = dangersOf({ place, runs: [run], read: () => null, lead: (path) => path });
  const unread: readonly Danger[] =
    text.length > longestSql ? [told(databaseDrop, tooMuchSql)] : [];
  return [...found.filter(({ rule }) => rule.startsWith('commands/database-')), ...unread];
}

const tooMuchSql = {
  decision: 'ask',
  says: 'It runs more SQL than is read.',
} as const;

interface Walked {
  readonly runs: readonly Run[];
  readonly writes: readonly FileWrite[];
  readonly scripts: readonly string[];
  readonly gaps: readonly Gap[];
  readonly read: Place['read'];
  /** Whether some text was not understood as commands at all. */
  readonly unread: boolean;
}

const powerShell =
  /\b(?:remove-item|set-content|out-file|add-content|get-childitem|new-item|invoke-\w{3,20})\b|\b(?:rd|del|rmdir|erase)\s+\/[sq]/i;

function strictly(text: string, place: Place): Walked {
  const walker = walk(text, place);
  const unread = walker.gaps.some(({ why }) => /shell|commands/.test(why));
  const also = place.shell === 'unknown' && powerShell.test(text) ? loosely(text, place) : null;
  return {
    runs: [...walker.runs, ...walker.runs.flatMap(foreign), ...(also?.runs ?? [])],
    writes: [...walker.writes, ...(also?.writes ?? [])],
    scripts: [...walker.scripts],
    gaps: [...walker.gaps, ...(also?.gaps ?? [])],
    read: (path) => walker.files.get(path) ?? place.read(path),
    unread,
  };
}

// `pwsh -Command …` and `cmd /c …` inside a script of a Unix shell.
function foreign({ name, args, cwd }: Run): readonly Run[] {
  return /^(?:pwsh|powershell|cmd)$/.test(name)
    ? looseRuns(args.slice(1).join(' '), cwd ?? '/')
    : [];
}

function loosely(text: string, place: Place): Walked {
  const runs = looseRuns(text, place.cwd);
  const walker = walk('', place);
  for (const run of runs) {
    recordWrites(walker, run);
    for (const { operator, path } of run.redirects) {
      if (operator.includes('>'))
        walker.writes.push({
          kind: 'unknown',
          path: path.includes(hole) ? null : path,
          fragments: run.args,
        });
    }
  }
  const why =
    'it is for a shell other than a Unix one, of which only plain commands are understood';
  const isPlain = !/[{}()$]/.test(text);
  return {
    runs,
    writes: walker.writes,
    scripts: [],
    gaps: isPlain ? [] : [{ what: 'the command', why }],
    read: place.read,
    unread: false,
  };
}

function dangersOf(scene: Scene): readonly Danger[] {
  const found = new Map<string, Danger>();
  for (const rule of rules) {
    for (const run of scene.runs) {
      for (const danger of askedOf(rule, run, scene)) {
        const key = `${danger.rule} ${danger.decision}`;
        if (!found.has(key)) found.set(key, danger);
      }
    }
  }
  return [...found.values()].sort(
    (a, b) => Number(b.decision === 'deny') - Number(a.decision === 'deny'),
  );
}

function askedOf(rule: Rule, run: Run, scene: Scene): readonly Danger[] {
  const { programs } = rule;
  const isAsked =
    programs === null ||
    programs.includes(run.name.replace(/(?<=[a-z])[\d.]+$/, '')) ||
    programs.includes(run.name);
  if (isAsked) return rule.look(run, scene).map((hit) => told(rule, hit));
  // A program whose name is not known may be any; deleting is what it would do worst.
  if (!run.name.includes(hole) || programs === null || !programs.includes('rm')) return [];
  return rule
    .look({ ...run, name: 'rm' }, scene)
    .map((hit) => told(rule, { ...hit, decision: 'ask' }));
}

function told(rule: Rule, hit: ReturnType<Rule['look']>[number]): Danger {
  return {
    rule: rule.id,
    decision: hit.decision ?? rule.decision,
    says: quotable(hit.says),
    loses: hit.loses ?? rule.loses,
    instead: hit.instead ?? rule.instead,
  };
}

const grave = new Set([
  'rm',
  'git',
  'dropdb',
  'terraform',
  'tofu',
  'pulumi',
  'kubectl',
  'mkfs',
  'dd',
  'psql',
  'mysql',
  'redis-cli',
  'aws',
  'gcloud',
  'az',
  'shred',
  'remove-item',
  'hallmonitor',
  'pkill',
  'killall',
  'find',
  'mongosh',
  'sqlite3',
  'shutdown',
  'crontab',
  'truncate',
  'heroku',
  'npm',
  'gh',
  'docker',
  'helm',
]);

interface Suspecting {
  readonly place: Place;
  readonly certain: readonly Danger[];
  readonly unread: boolean;
}

/** What could not be read is searched for dangerous words; whatever is found there is at least asked about. */
function suspicions(text: string, { place, certain, unread }: Suspecting): readonly Danger[] {
  if (!unread) return [];
  const known = new Set(certain.map(({ rule }) => rule));
  return dangersOf({
    place,
    runs: suspectedRuns(text, grave, place.cwd),
    read: place.read,
    lead: place.real ?? ((path) => path),
  }).filter(({ rule }) => !known.has(rule));
}
