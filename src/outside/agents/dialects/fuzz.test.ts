import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentName, HookAnswer, HookEvent, Verdict } from '../../../suggestion/event.ts';
import { fixtures } from '../../../../test/agents/fixtures.ts';
import { dialectOf } from '../agents.ts';

/** Mutations tried on each refused payload; the whole file takes a few seconds. */
const runs = 200;

const reason = 'Keep the column.';
const deny: Verdict = { decision: 'deny', reason, context: null };

/** What each agent takes for a refusal before a tool runs, from its vendor's rules and not from our code. */
const refuses: Readonly<Record<AgentName, (answer: HookAnswer) => boolean>> = {
  'claude-code': ({ stdout, stderr, exitCode }) =>
    // Exit code 2 blocks, but with JSON that is not of its form it did not before 2.1.214.
    exitCode === 2
      ? stderr.trim() !== '' && (stdout === '' || claudeBlocks(objectIn(stdout)))
      : exitCode === 0 && claudeBlocks(objectIn(stdout)),
  // Three forms and no other; with exit code 2 only the other stream is read.
  codex: ({ stdout, stderr, exitCode }) =>
    exitCode === 2 ? stderr.trim() !== '' : exitCode === 0 && claudeBlocks(objectIn(stdout)),
  cursor: ({ stdout, exitCode }) =>
    exitCode === 2 || (exitCode === 0 && objectIn(stdout)?.['permission'] === 'deny'),
  // Older versions log any exit code but 0 and skip it; newer ones refuse then, so only 0 is good for both.
  copilot: ({ stdout, exitCode }) => {
    const value = objectIn(stdout);
    return (
      exitCode === 0 &&
      ((value?.['permissionDecision'] === 'deny' && filled(value['permissionDecisionReason'])) ||
        value?.['behavior'] === 'deny' ||
        claudeBlocks(value))
    );
  },
  // JSON is read whatever the exit code; without any, exit codes from 2 on refuse.
  'gemini-cli': ({ stdout, stderr, exitCode }) => {
    const value = objectIn(stdout);
    if (value !== null) return ['deny', 'block'].includes(String(value['decision']));
    return exitCode >= 2 && stderr.trim() !== '';
  },
  windsurf: ({ exitCode }) => exitCode === 2,
  // Exit codes do not count, and neither does anything around the JSON.
  cline: ({ stdout }) => {
    const value = objectIn(stdout);
    return value?.['cancel'] === true && typeof value['errorMessage'] === 'string';
  },
  // Our plug-in throws on everything but a clear pass.
  opencode: ({ stdout, exitCode }) => exitCode !== 0 || objectIn(stdout)?.['decision'] !== 'pass',
  generic: ({ stdout, exitCode }) => exitCode === 2 || objectIn(stdout)?.['decision'] === 'deny',
};

function claudeBlocks(value: Readonly<Record<string, unknown>> | null): boolean {
  const inner = value?.['hookSpecificOutput'] as Readonly<Record<string, unknown>> | undefined;
  if (inner?.['permissionDecision'] === 'deny') return filled(inner['permissionDecisionReason']);
  const asked = inner?.['decision'] as Readonly<Record<string, unknown>> | undefined;
  return (
    asked?.['behavior'] === 'deny' || (value?.['decision'] === 'block' && filled(value['reason']))
  );
}

function filled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

const denied = fixtures().filter(
  ({ fixture }) =>
    fixture.verdict?.decision === 'deny' &&
    (fixture.event?.['edits'] !== undefined || fixture.event?.['command'] !== undefined) &&
    (fixture.event['phase'] ?? 'pre-tool') === 'pre-tool' &&
    fixture.malformed === undefined,
);

/** Texts of the payload that are what was denied: what is written, or the command that runs. */
function deniedTexts(event: HookEvent): readonly string[] {
  const texts = event.edits.flatMap((edit) => {
    if (edit.kind === 'replace') return edit.replacements.map((one) => one.new);
    if (edit.kind === 'patch') return [edit.text];
    if (edit.kind === 'notebook-cell') return [edit.source];
    return edit.kind === 'delete' || edit.kind === 'move' ? [edit.path] : [edit.content];
  });
  return [...texts, ...(event.command ? [event.command.text] : [])].filter(
    (text) => text.length > 2,
  );
}

test.each(denied.map((one) => [one.name, one] as const))(
  'no mutation of %s gets a pass out of what was refused',
  (_, { agent, fixture, bytes }) => {
    const dialect = dialectOf(agent);
    const installed = fixture.installed === undefined ? {} : { event: fixture.installed };
    const original = dialect.parse(bytes, { cwd: '/here', ...installed });
    if ('malformed' in original) throw new Error(original.malformed);
    const texts = deniedTexts(original.event);
    const tool = original.event.tool ?? '';
    fc.assert(
      fc.property(mutation(new TextDecoder().decode(bytes)), (mutated) => {
        const raw = typeof mutated === 'string' ? new TextEncoder().encode(mutated) : mutated;
        const parsed = dialect.parse(raw, { cwd: '/here', ...installed });
        if ('malformed' in parsed) {
          const { phase } = parsed;
          const answer = dialect.render(
            { ...deny, reason: parsed.malformed },
            { event: null, phase },
          );
          const gate = phase === null || phase === 'pre-tool';
          if (gate && !refuses[agent](answer)) throw new Error(`let through: ${parsed.malformed}`);
          return;
        }
        const { event } = parsed;
        const answer = dialect.render(deny, { event, phase: event.phase });
        if (event.phase === 'pre-tool') expect(refuses[agent](answer)).toBe(true);
        // What is still written by the same tool must still be seen, or said to be unseen.
        const text = new TextDecoder().decode(raw);
        const still = event.tool === tool && texts.some((one) => carries(text, one));
        const seen = event.edits.length > 0 || event.command !== null || event.unseen !== null;
        if (still && !seen) throw new Error(`silent about ${tool} at ${event.eventName}`);
        if (original.event.phase === 'pre-tool' && texts.some((one) => carries(text, one)))
          expect(event.phase === 'other' && /tool/i.test(event.eventName)).toBe(false);
      }),
      { numRuns: runs, seed: 3 },
    );
  },
);

function carries(payload: string, text: string): boolean {
  return payload.includes(JSON.stringify(text).slice(1, -1));
}

type Json = unknown;

/** Payloads that are nearly the one given: its bytes, its fields, its types and its nesting changed. */
function mutation(text: string): fc.Arbitrary<string | Uint8Array> {
  const value = objectIn(text.replace(/^\uFEFF/, ''));
  const bytes = fc
    .array(fc.record({ at: fc.nat(text.length), byte: fc.nat(255) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((changes) => {
      const raw = new TextEncoder().encode(text);
      for (const { at, byte } of changes) raw[at % raw.length] = byte;
      return raw;
    });
  const cut = fc.nat(text.length).map((end) => text.slice(0, end));
  const around = fc
    .tuple(
      fc.constantFrom('\uFEFF', '', '\r\n ', '[', '{"a":', 'x'),
      fc.constantFrom('', '\r\n', ']', '}', ' {}'),
    )
    .map(([before, behind]) => before + text + behind);
  const twice = fc
    .constantFrom(
      '"hook_event_name":"Stop"',
      '"tool_name":"Read"',
      '"tool":"read"',
      '"event":"other"',
    )
    .map((field) => `${text.trimEnd().slice(0, -1)},${field}}`);
  const deep = fc
    .constantFrom(50, 150, 5_000, 200_000)
    .map(
      (depth) => `${text.trimEnd().slice(0, -1)},"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`,
    );
  const inner = value === null ? [] : [inFields(value).map((changed) => JSON.stringify(changed))];
  return fc.oneof(bytes, cut, around, twice, deep, ...inner, ...inner, ...inner);
}

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    0,
    -1,
    true,
    [],
    {},
    [[]],
    'PostToolUse',
    'Stop',
    'Read',
    '__proto__',
  ),
  fc.string({ maxLength: 8 }),
  fc.constant({ toString: 'x', length: 2 }),
);

/** One field, at any depth, removed, renamed, wrapped, made text, or given another value. */
function inFields(value: Json): fc.Arbitrary<Json> {
  const paths = pathsOf(value, []);
  return fc
    .record({
      path: fc.constantFrom(...paths),
      how: fc.constantFrom('remove', 'rename', 'wrap', 'text', 'odd', 'case'),
      odd,
    })
    .map(({ path, how, odd }) => changedAt(value, path, { how, odd }));
}

function pathsOf(value: Json, above: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => [
    [...above, key],
    ...pathsOf(below, [...above, key]),
  ]);
}

function changedAt(
  value: Json,
  [key = '', ...rest]: readonly string[],
  change: { how: string; odd: Json },
): Json {
  const copy: Record<string, Json> = { ...(value as Record<string, Json>) };
  if (rest.length > 0) copy[key] = changedAt(copy[key], rest, change);
  else {
    const was = copy[key];
    delete copy[key];
    if (change.how === 'rename') copy[`${key}_`] = was;
    else if (change.how === 'case') copy[key.toUpperCase()] = was;
    else if (change.how === 'wrap') copy[key] = [was];
    else if (change.how === 'text') copy[key] = JSON.stringify(was);
    else if (change.how === 'odd') copy[key] = change.odd;
  }
  return Array.isArray(value) ? Object.values(copy) : copy;
}
