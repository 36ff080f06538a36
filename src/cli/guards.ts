import { existsSync } from 'node:fs';
import { UserError } from '../change/problems.ts';
import { guardById, guards } from '../guards/guards.ts';
import type { Example, Guard } from '../guards/guard.ts';
import { ownGuardsFolder } from '../guards/own/own.ts';
import { plain, wrap } from './plain.ts';
import { suggestionRules, type SuggestionRule } from './suggestion-rules.ts';
import { topFolder } from './top-folder.ts';
import { withExamples } from './guard-examples.ts';
import { ownGuardsOnDisk, type LoadedGuards } from './own-guards.ts';
import { printJson } from './print.ts';

/** `guards [id]`: the catalogue, or one guard in full. */
export function listGuards(
  id: string | undefined,
  { format }: { readonly format: string },
): number {
  const rule = suggestionRules.find((one) => one.id === id);
  if (rule !== undefined) return showRule(rule, format);
  const shown = id === undefined ? guards : [named(id)];
  if (format === 'json') {
    printJson({ schema: 'hallmonitor/guards/v1', guards: shown.map(guardJson) });
  } else if (format === 'markdown') {
    process.stdout.write(`${catalogueMarkdown(shown)}\n`);
  } else {
    const full = (): string => shown.map((one) => inFull(withExamples(one))).join('\n');
    process.stdout.write(id === undefined ? catalogue() : full());
  }
  return 0;
}

/** `guards list`: the catalogue and what this repository adds to it. */
export async function listAllGuards({
  repo,
  format,
}: {
  readonly repo: string;
  readonly format: string;
}): Promise<number> {
  const own = await ownGuardsHere(repo);
  if (format === 'json')
    printJson({
      schema: 'hallmonitor/guards/v1',
      guards: [...guards, ...own.guards].map(guardJson),
      notChecked: own.gaps,
    });
  else if (format === 'markdown')
    process.stdout.write(`${catalogueMarkdown([...guards, ...own.guards])}\n`);
  else {
    const head = own.guards.length === 0 ? '' : `Of this repository (${ownGuardsFolder}):\n`;
    const lines = own.guards.map(
      ({ id, severity, protects }) => `${severity.padEnd(5)}  ${plain(id)}  ${plain(protects)}\n`,
    );
    const gaps = own.gaps.map(({ what, why }) => `not checked: ${plain(what)}: ${plain(why)}\n`);
    const rest = [head, ...lines, ...gaps].join('');
    process.stdout.write(`${catalogue()}${rest === '' ? '' : `\n${rest}`}`);
  }
  return 0;
}

/** `guards explain`: one guard in full, of the catalogue or of this repository. */
export async function explainGuard(
  id: string,
  { repo, format }: { readonly repo: string; readonly format: string },
): Promise<number> {
  if (guardById(id) !== null || suggestionRules.some((rule) => rule.id === id))
    return listGuards(id, { format });
  const own = (await ownGuardsHere(repo)).guards.find((guard) => guard.id === id);
  if (own === undefined) return listGuards(id, { format });
  if (format === 'json') printJson({ schema: 'hallmonitor/guards/v1', guards: [guardJson(own)] });
  else process.stdout.write(inFull(own));
  return 0;
}

// Only a repository has guards of its own; the catalogue is there everywhere.
async function ownGuardsHere(repo: string): Promise<LoadedGuards> {
  const folder = existsSync(repo) ? await topFolder(repo).catch(() => null) : null;
  return folder === null ? { guards: [], gaps: [] } : ownGuardsOnDisk(folder);
}

/** A rule of suggestions is listed with the guards, and has no lines of a file to look at. */
function showRule(rule: SuggestionRule, format: string): number {
  if (format === 'json') printJson({ schema: 'hallmonitor/guards/v1', guards: [], rules: [rule] });
  else process.stdout.write(`${ruleInFull(rule)}\n`);
  return 0;
}

function ruleInFull({ id, title, decision, why, instead, caught, passed }: SuggestionRule): string {
  const rows = [
    ['What', title],
    ['Why', why],
    ['Instead', instead],
    ['Answer', answers[decision]],
    ...caught.slice(0, 4).map((command) => ['Caught', shortened(command)] as const),
    ...passed.slice(0, 4).map((command) => ['Passed', shortened(command)] as const),
  ];
  const lines = rows.flatMap(([name = '', text = '']) =>
    wrap(plain(text), 68).map((line, at) => `  ${(at === 0 ? name : '').padEnd(9)} ${line}`),
  );
  return [id, ...lines].join('\n');
}

const answers = { deny: 'refused', ask: 'a person is asked', warn: 'a finding' } as const;

/** Longest part of an example that is shown, in characters. */
const longestExample = 300;

function shortened(command: string): string {
  return command.slice(0, longestExample).replaceAll('\t', '    ');
}

function named(id: string): Guard {
  const found = guardById(id);
  if (found) return found;
  const shelf = id.split('/')[0] ?? '';
  const near = guards.filter((guard) => guard.id.startsWith(`${shelf}/`)).map((guard) => guard.id);
  throw new UserError(
    `there is no guard ${id}`,
    near.length > 0 ? `On that shelf: ${near.join(', ')}.` : 'hallmonitor guards lists them all.',
  );
}

function catalogue(): string {
  const width = Math.max(...guards.map(({ id }) => id.length));
  const lines = guards.map(
    ({ id, severity, gravest, protects }) =>
      `${(gravest ?? severity).padEnd(5)}  ${id.padEnd(width)}  ${protects}`,
  );
  const asked = suggestionRules.map(
    ({ id, decision, title }) => `${decision.padEnd(5)}  ${id.padEnd(width)}  ${title}`,
  );
  const also =
    'What a coding agent is refused or asked about besides, and what is found out later (docs/agents.md):';
  return `${lines.join('\n')}\n\n${also}\n\n${asked.join('\n')}\n\nOne in full: hallmonitor guards ${guards[0]?.id ?? ''}\n`;
}

/** One guard with all it says of itself, and a few examples. */
export function inFull(guard: Guard): string {
  const languages = guard.languages === 'any' ? 'any text' : guard.languages.join(', ');
  const rows: readonly (readonly [string, string])[] = [
    ['Protects', guard.protects],
    ['Breaks', guard.breaks],
    ['Fix', guard.fix],
    ...(guard.outage === undefined
      ? []
      : [['Outage', `${guard.outage.says} (${guard.outage.source})`] as const]),
    ['Reads', languages],
    ['Severity', `${severityWords(guard)}, confidence ${guard.confidence}`],
    ['Weakness', guard.cwe.map((number) => `CWE-${number}`).join(', ')],
    ['Silence', `a comment on the line or above it: hallmonitor-ignore ${guard.id}: <reason>`],
  ];
  return [
    guard.id,
    ...rows.flatMap(([name, text]) =>
      wrap(plain(text), 68).map((line, at) => `  ${(at === 0 ? name : '').padEnd(9)} ${line}`),
    ),
    ...guard.caught.slice(0, 2).flatMap((example) => exampleLines('Caught', example)),
    ...guard.passed.slice(0, 2).flatMap((example) => exampleLines('Passed', example)),
    '',
  ].join('\n');
}

function severityWords({ severity, gravest }: Guard): string {
  return gravest === undefined ? severity : `${severity}, at most ${gravest}`;
}

function exampleLines(verdict: string, example: Example): readonly string[] {
  const side = (sign: string, files: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(files).flatMap(([path, text]) => [
      `    ${sign} ${path}`,
      ...text
        .trimEnd()
        .split('\n')
        .slice(0, 12)
        .map((line) => `      ${plain(line.replaceAll('\t', '    '))}`),
    ]);
  return [
    '',
    `  ${verdict}: ${example.name}`,
    ...(example.before ? side('before', example.before) : []),
    ...side('after', example.after),
  ];
}

function catalogueMarkdown(shown: readonly Guard[]): string {
  const rows = shown.map(
    ({ id, severity, protects, breaks, fix }) =>
      `| \`${id}\` | ${severity} | ${protects} | ${breaks} | ${fix} |`,
  );
  return [
    '| guard | severity | protects | breaks in production | fix |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** A guard as every command prints it. */
export function guardJson({
  id,
  severity,
  gravest,
  protects,
  breaks,
  fix,
  languages,
  cwe,
  confidence,
}: Guard): object {
  const most = gravest ?? severity;
  return { id, severity, gravest: most, protects, breaks, fix, languages, cwe, confidence };
}
