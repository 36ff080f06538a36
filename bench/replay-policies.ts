// How long a policy takes over a long history whose facts are in memory already: the promise is a policy over 100,000
// changes in under a second.
//   node bench/replay-policies.ts [CHANGES]
import { defaultPolicyText } from '../src/policy/default-policy.ts';
import { readPolicy } from '../src/policy/policy.ts';
import { compare } from '../src/replay/compare.ts';
import { costOf } from '../src/replay/cost.ts';
import { replayPolicy } from '../src/replay/policies.ts';
import { groundFor, madeUpFacts } from '../test/replay-facts.ts';

const changes = Number(process.argv[2] ?? 100_000);
const facts = timed('made up', () => madeUpFacts(changes));
const ground = timed('ground', () => groundFor(facts));
const { policy } = readPolicy(defaultPolicyText, 'the default policy');
if (policy === null) throw new Error('the default policy cannot be read');
const other = { ...policy, rules: policy.rules.slice(1) };
const first = timed('a policy, first', () => replayPolicy(policy, ground));
timed('a policy, again', () => replayPolicy(policy, ground));
timed('its cost, with who knew what', () => costOf(first, { policy, ground }));
timed('its cost, again', () => costOf(first, { policy, ground }));
const second = timed('another policy', () => replayPolicy(other, ground));
timed('the difference', () => compare(facts, first, second));

function timed<Result>(what: string, run: () => Result): Result {
  const start = performance.now();
  const result = run();
  const ms = Math.round(performance.now() - start);
  console.log(`${what.padEnd(32)} ${String(ms).padStart(6)} ms`);
  return result;
}
