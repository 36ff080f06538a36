import { at, entriesIn, entryAt, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { secretExposedExamples } from './secret-exposed.examples.ts';
import { jobsOf, workflows } from './workflow.ts';
import type { Workflow } from './workflow.ts';

/** A workflow puts a secret where others can read it. */
export const secretExposed: Guard = guard({
  id: 'workflow/secret-exposed',
  severity: 'warn',
  protects: 'the secrets of workflows',
  breaks:
    'Everybody who can read the log, the artifact or the other repository has the secret; the mask of the log does not know it in another form.',
  fix: 'Hand the one secret to the one command that needs it, by its environment, and write it nowhere.',
  languages: ['yaml'],
  cwe: [532, 200],
  confidence: 0.8,
  ...secretExposedExamples,
  look: (scene: Scene) =>
    workflows(scene).flatMap(({ now, was }) => {
      const old = new Set((was === null ? [] : faultsOf(was)).map(({ subject }) => subject));
      return faultsOf(now)
        .filter(({ subject }) => !old.has(subject))
        .map((fault) => ({ path: now.file.path, ...fault }));
    }),
});

type Fault = Omit<Sighting, 'path'>;

const allSecrets = /\$\{\{\s*toJSON\(\s*secrets\s*\)\s*\}\}/i;

function faultsOf(workflow: Workflow): readonly Fault[] {
  const shared = secretNames(at(workflow.data, 'env'));
  const ofJobs = [...jobsOf(workflow).values()].flatMap(({ name, data }) => {
    const inJob = new Map([...shared, ...secretNames(at(data, 'env'))]);
    const steps = itemsOf(at(data, 'steps'));
    return steps.flatMap((step) => printed(step, workflow, { job: name, inJob, steps }));
  });
  return [...ofJobs, ...everything(workflow)];
}

// `toJSON(secrets)` hands over all there are, whatever is added later.
function everything({ source }: Workflow): readonly Fault[] {
  if (!/toJSON/i.test(source.text)) return [];
  return source.lines.flatMap((text, index) =>
    allSecrets.test(text.slice(0, 1_000)) && !/^\s*#/.test(text)
      ? [
          {
            line: index + 1,
            says: 'hands over every secret there is (toJSON(secrets))',
            subject: text.trim(),
          },
        ]
      : [],
  );
}

/** Names of environment variables that hold a secret, with the secret's own name. */
function secretNames(env: Data | null): ReadonlyMap<string, string> {
  return new Map(
    entriesIn(env).flatMap(([name, { value }]) => {
      const text = value.kind === 'scalar' ? String(value.value) : '';
      const secret = /^\$\{\{\s*secrets\.([\w-]+)\s*\}\}$/.exec(text.trim())?.[1];
      return secret === undefined ? [] : [[name, secret] as const];
    }),
  );
}

interface Around {
  readonly job: string;
  readonly inJob: ReadonlyMap<string, string>;
  readonly steps: readonly Data[];
}

/** Longest line of a script that is read, and most lines of one. */
const longestLine = 2_000;
const mostLines = 500;

function printed(step: Data, { source }: Workflow, around: Around): readonly Fault[] {
  const run = at(step, 'run');
  if (run === null) return [];
  const names = new Map([...around.inJob, ...secretNames(at(step, 'env'))]);
  const first = entryAt(step, 'run')?.line ?? run.line;
  const faults: Fault[] = [];
  for (let line = first; line <= Math.min(run.endLine, first + mostLines); line += 1) {
    const text = (source.lines[line - 1] ?? '').slice(0, longestLine);
    const fault = inLine(text, names, around);
    if (fault !== null) faults.push({ line, ...fault, subject: `${around.job} ${text.trim()}` });
  }
  return faults;
}

const prints = /(?:^|[\s;&|(:-])(?:echo|printf|cat\s*<<<)\s/;
const reshapes = /\|\s*(?:base64|base32|rev|xxd|od\b|hexdump|tr\b|sed\b|gzip|openssl\s+base64)/;
const written = />{1,2}\s*"?([\w./${}-]+)"?/;

function inLine(
  text: string,
  names: ReadonlyMap<string, string>,
  { steps }: Around,
): { readonly says: string; readonly severity?: Severity; readonly confidence?: number } | null {
  if (!prints.test(text) || /::add-mask::/.test(text)) return null;
  const secret = secretIn(text, names);
  if (secret === null) return null;
  const target = written.exec(text)?.[1];
  if (target !== undefined) {
    if (/^(?:\/dev\/(?:stderr|stdout)|\$?\{?GITHUB_STEP_SUMMARY\}?)$/.test(target))
      return { says: `prints secret ${secret} where everybody reads` };
    return isUploaded(target, steps)
      ? { says: `writes secret ${secret} into ${target}, which is uploaded as an artifact` }
      : null;
  }
  const rest = text.slice(text.search(prints));
  if (
    reshapes.test(rest) &&
    /\|\s*[\w-]+(?:\s+-\w+|\s+'[^']*'|\s+"[^"]*")*\s*$/.test(rest) &&
    !/\$\(/.test(text)
  )
    return { says: `prints secret ${secret} in a form that the mask of the log does not know` };
  if (rest.includes('|') || /\$\(|`/.test(text) || /<<<?/.test(rest)) return null;
  return { says: `prints secret ${secret} into the log`, severity: 'note', confidence: 0.5 };
}

function secretIn(text: string, names: ReadonlyMap<string, string>): string | null {
  const direct = /\$\{\{\s*secrets\.([\w-]+)\s*\}\}/.exec(text)?.[1];
  if (direct !== undefined) return /^GITHUB_TOKEN$/i.test(direct) ? null : direct;
  for (const [, name = ''] of text.matchAll(/\$\{?([A-Za-z_]\w*)\}?/g)) {
    const secret = names.get(name);
    if (secret !== undefined) return secret;
  }
  return null;
}

function isUploaded(target: string, steps: readonly Data[]): boolean {
  return steps.some((step) => {
    if (!String(scalarAt(step, 'uses') ?? '').startsWith('actions/upload-artifact@')) return false;
    const paths = String(scalarAt(step, 'with', 'path') ?? '').split(/\s+/);
    return paths.some(
      (path) =>
        path === '.' || path === target || target.startsWith(`${path.replace(/\/?\*{0,2}$/, '')}/`),
    );
  });
}
