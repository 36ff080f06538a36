import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { agentNames } from '../../src/suggestion/event.ts';
import type { AgentName, Phase, Verdict } from '../../src/suggestion/event.ts';

/** What one version of an agent sends to its hook, and what it must get. */
export interface Fixture {
  readonly why: string;
  /** The event that the hook was installed for. */
  readonly installed?: string;
  readonly stdin?: unknown;
  /** Instead of `stdin`: the text as it comes, for what JSON cannot say. */
  readonly raw?: string;
  readonly event?: Readonly<Record<string, unknown>>;
  readonly malformed?: { readonly phase: Phase | null };
  readonly verdict?: Verdict;
  readonly version?: string;
  readonly answer?: {
    readonly stdout: unknown;
    readonly stderr: string;
    readonly exitCode: number;
  };
}

export interface NamedFixture {
  readonly name: string;
  readonly agent: AgentName;
  readonly fixture: Fixture;
  readonly bytes: Uint8Array;
}

/** All golden fixtures, named by agent, version and file. */
export function fixtures(): readonly NamedFixture[] {
  return agentNames.flatMap((agent) =>
    readdirSync(join(import.meta.dirname, agent), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => {
        const text = readFileSync(join(import.meta.dirname, agent, file), 'utf8');
        const fixture = JSON.parse(text) as Fixture;
        const sent = fixture.raw ?? JSON.stringify(fixture.stdin);
        const name = `${agent}/${file.replace(/\.json$/, '')}`;
        return { name, agent, fixture, bytes: new TextEncoder().encode(sent) };
      }),
  );
}
