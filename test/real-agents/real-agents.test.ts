import { beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../end-to-end/run-cli.ts';
import { checkOut, git, repo } from '../story.ts';
import { runs, writes } from './agent-words.ts';
import { claudeCode } from './drive-claude-code.ts';
import { codex } from './drive-codex.ts';
import { geminiCli } from './drive-gemini-cli.ts';
import { drive, type Driver, type Session, type Transcript } from './drive.ts';
import { endGate, hallmonitorGate } from './hallmonitor-gate.ts';
import { installAgents } from './install.ts';
import { standIn, standInReason } from './stand-in.ts';

const harmful = {
  path: 'migrations/002_drop_coupon.sql',
  text: 'ALTER TABLE orders DROP COLUMN coupon;\n',
};
const corrected = {
  path: 'migrations/002_retire_coupon.sql',
  text: "COMMENT ON COLUMN orders.coupon IS 'Unused; goes away one release from now.';\n",
};
const message = 'Say that the coupon column is unused';

beforeAll(installAgents, 300_000);

/** What is put in, and words of its refusal that the model must get to read. */
interface Gate {
  readonly install: Session['install'];
  readonly refusal: string;
}

/** Who `blame` must name for the line. Gemini CLI names no model, and starts git without the repository's hooks. */
const authors = new Map([
  [codex, 'ai codex gpt-5.5'],
  [claudeCode, 'ai claude-code claude-'],
  [geminiCli, 'ai gemini'],
]);

describe.each([
  // The stand-in proves the agents and how they are driven, whatever becomes of Hallmonitor.
  { name: 'a stand-in', put: standIn, refusal: standInReason, records: false },
  { name: 'Hallmonitor', put: hallmonitorGate, refusal: 'sql/drop-column', records: true },
])('with $name as its hook', ({ put, refusal, records }) => {
  test.for([codex, geminiCli, claudeCode])(
    '$agent is refused a dropped column, writes the corrected form and commits it',
    async (driver, { skip }) => {
      const transcript = await tell(driver, { install: put(driver.agent), refusal });
      // The free agents must run; this one is installed only where its licence and platform allow it.
      if (transcript === null && driver === claudeCode) skip('its package is not installed here');
      if (transcript === null)
        throw new Error(`${driver.agent} is not installed, so it was not run`);
      const author = records ? authors.get(driver) : undefined;
      if (author !== undefined) expectAuthor(transcript.place.repository, author);
    },
  );
});

/** The line names its tool and model, on the branch and once the branch was squashed into another. */
function expectAuthor(repository: string, author: string): void {
  const squash = ['merge --quiet --squash coupon', 'commit --quiet --message Squashed'];
  endGate(repository);
  expect(runCli(repository, ['blame', corrected.path]).stdout).toContain(author);
  checkOut(repository, 'main');
  for (const step of squash) git(repository, ...step.split(' '));
  expect(runCli(repository, ['blame', corrected.path]).stdout).toContain(author);
}

/** The whole story with one agent and one gate, checked; null when the agent is not installed. */
async function tell(driver: Driver, gate: Gate): Promise<Transcript | null> {
  const { agent } = driver;
  const repository = shop();
  const transcript = await drive(driver, {
    repository,
    install: gate.install,
    turns: [
      [writes(agent, repository, harmful)],
      [writes(agent, repository, corrected)],
      [runs(agent, `git add migrations && git commit --quiet --message "${message}"`)],
      'The column stays for now.',
    ],
  });
  if (transcript === null) return null;
  console.log(evidence(agent, transcript));
  const [refused, written, committed] = transcript.answers;
  expect(transcript.exitCode).toBe(0);
  expect(refused).toContain(gate.refusal);
  expect(written).not.toContain(gate.refusal);
  expect(committed).not.toContain(gate.refusal);
  expect(transcript.tree).not.toHaveProperty([harmful.path]);
  expect(transcript.tree[corrected.path]).toBe(corrected.text);
  expect(git(repository, 'log', '-1', '--format=%s')).toBe(message);
  expect(git(repository, 'show', '--format=', '--name-only', 'HEAD')).toBe(corrected.path);
  return transcript;
}

function shop(): string {
  return checkOut(
    repo([
      {
        by: 'Ann',
        says: 'Orders',
        files: { 'migrations/001_orders.sql': 'CREATE TABLE orders (id int, coupon text);\n' },
      },
      { branch: 'coupon', by: 'Ann', says: 'Orders by mail', files: { 'mail.md': 'By mail.\n' } },
    ]),
  );
}

/** The transcript as a person reads it, without this machine's folders. */
function evidence(agent: string, transcript: Transcript): string {
  const { answers, exitCode, place, stderr, tree } = transcript;
  const steps = ['drops the column', 'writes the corrected form', 'commits'];
  return [
    `${agent} (exit code ${exitCode})`,
    ...answers.map((answer, at) => `  ${steps[at] ?? 'call'} → ${answer}`),
    `  files: ${Object.keys(tree).join(', ')}`,
    ...(exitCode === 0 ? [] : [stderr]),
  ]
    .join('\n')
    .replaceAll(place.repository, '<repository>')
    .replaceAll(place.home, '<home>');
}
