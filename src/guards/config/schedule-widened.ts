import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';

const languages: readonly Language[] = [
  'yaml',
  'json',
  'toml',
  'properties',
  'terraform',
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'ruby',
  'kotlin',
  'csharp',
  'php',
  'rust',
  'other',
];

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

const job = 'kind: CronJob\nspec:\n  schedule: "0 3 * * *"\n';

/** A job that ran now and then runs all the time. */
export const scheduleWidened: Guard = guard({
  id: 'config/schedule-widened',
  severity: 'warn',
  protects: 'databases and partners that a job calls',
  breaks:
    'The job runs many times as often: runs overlap, mails go out again and again, and whatever it calls bears the load.',
  fix: 'Check the fields of the schedule; a star in the first one means every minute.',
  languages,
  cwe: [400],
  confidence: 0.75,
  caught: [
    {
      name: 'a nightly job runs each minute of an hour',
      ...becomes('deploy/report.yaml', job, job.replace('0 3', '* 3')),
    },
    {
      name: 'a daily job of code runs each minute',
      ...becomes(
        'src/jobs.ts',
        "cron.schedule('0 6 * * *', sendMails);\n",
        "cron.schedule('* * * * *', sendMails);\n",
      ),
    },
    {
      name: 'a workflow runs every five minutes',
      ...becomes(
        '.github/workflows/nightly.yml',
        "on:\n  schedule:\n    - cron: '0 0 * * 1'\n",
        "on:\n  schedule:\n    - cron: '*/5 * * * *'\n",
      ),
    },
    {
      name: 'a weekly job of Java with seconds',
      ...becomes(
        'src/main/java/Jobs.java',
        '@Scheduled(cron = "0 0 4 * * SUN")\n',
        '@Scheduled(cron = "0 * * * * *")\n',
      ),
    },
  ],
  passed: [
    { name: 'another hour', ...becomes('deploy/report.yaml', job, job.replace('0 3', '0 4')) },
    { name: 'twice a day', ...becomes('deploy/report.yaml', job, job.replace('0 3', '0 3,15')) },
    {
      name: 'less often than before',
      ...becomes('deploy/report.yaml', job.replace('0 3', '* *'), job),
    },
    {
      name: 'a new job',
      ...becomes('src/jobs.ts', 'x();\n', "x();\ncron.schedule('* * * * *', sendMails);\n"),
    },
    {
      name: 'a pattern that is no schedule',
      ...becomes('src/a.ts', 'const a = "1 2 3 4 5";\n', 'const a = "1 2 3 4 * x";\n'),
    },
  ],
  look: (scene: Scene) =>
    scene.files
      .filter(({ path }) => isProductionPath(path) && !isOtherEnvironment(path))
      .flatMap(sightings),
});

/** How much more often makes a schedule worth a question, and below how many runs a day nobody minds. */
const times = 24;
const leastRunsPerDay = 24;

const field = String.raw`(?:[\d*/,?LW#-]|MON|TUE|WED|THU|FRI|SAT|SUN|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC){1,40}`;
const schedule = new RegExp(
  String.raw`(?<![\w*/,?-])(${field}(?: ${field}){4,5})(?![\w*/,-])`,
  'i',
);

function sightings({ path, change, before }: ChangedFile): readonly Sighting[] {
  if (before === null) return [];
  return change.hunks.flatMap(({ removed, added, newStart }) => {
    const old = removed.flatMap((text) => scheduleIn(text) ?? []);
    return added.flatMap((text, index) => {
      const now = scheduleIn(text);
      const was = now === null ? undefined : old.shift();
      if (now === null || was === undefined) return [];
      const [a, b] = [runsPerDay(was), runsPerDay(now)];
      if (a === null || b === null || b < a * times || b < leastRunsPerDay) return [];
      const says = `runs a job ${shown(b)} a day, where it ran ${shown(a)} (\`${now}\`, before \`${was}\`)`;
      return [{ path, line: newStart + index, says, subject: now }];
    });
  });
}

function scheduleIn(text: string): string | null {
  return text.length > 1_000 || !/\*|\?/.test(text) ? null : (schedule.exec(text)?.[1] ?? null);
}

/** Runs a day on average; null for what is no schedule. Of six fields, the first are seconds. */
function runsPerDay(text: string): number | null {
  const fields = text.split(' ');
  const [seconds, minutes, hours, days, months, weekdays] =
    fields.length === 6 ? fields : ['0', ...fields];
  const shares = [
    count(seconds, 60),
    count(minutes, 60),
    count(hours, 24),
    share(days, 31),
    share(months, 12),
    share(weekdays, 7),
  ];
  return shares.some((one) => one === null)
    ? null
    : shares.reduce<number>((product, one) => product * (one ?? 1), 1);
}

function share(text: string | undefined, all: number): number | null {
  const found = count(text, all);
  return found === null ? null : Math.min(1, found / all);
}

function count(text: string | undefined, all: number): number | null {
  if (text === undefined) return null;
  let sum = 0;
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    const every = step === undefined ? 1 : Number(step);
    const [from, to] = range.split('-').map(Number);
    if (!(every >= 1)) return null;
    if (range === '*' || range === '?') sum += Math.ceil(all / every);
    else if (from !== undefined && to !== undefined && to >= from)
      sum += Math.ceil((to - from + 1) / every);
    else sum += step === undefined ? 1 : Math.ceil(all / every);
  }
  return sum;
}

function shown(runs: number): string {
  if (runs >= 1) return `${Math.round(runs)} times`;
  return `${Math.round(runs * 100) / 100} times`;
}
