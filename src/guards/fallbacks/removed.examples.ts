import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = {
  path: 'src/rates.ts',
  text: 'export async function rate(currency: string) {\n  return (await live(currency)) ?? cached(currency);\n}\n',
};
const breaker = {
  path: 'src/rates.ts',
  text: 'export async function rate(currency: string) {\n  return breaker.fire(() => live(currency));\n}\n',
};
const java = {
  path: 'src/main/java/Rates.java',
  text: 'class Rates {\n  @CircuitBreaker(name = "rates", fallbackMethod = "cached")\n  Rate rate(String currency) {\n    return rates.getOrDefault(currency, Rate.ONE);\n  }\n}\n',
};

/** Second sources and defaults that go. */
export const caught: readonly Example[] = [
  edited('the cached answer', {
    ...script,
    from: '(await live(currency)) ?? cached(currency)',
    to: 'live(currency)',
  }),
  edited('a circuit breaker annotation', {
    ...java,
    from: '  @CircuitBreaker(name = "rates", fallbackMethod = "cached")\n',
    to: '',
  }),
  edited('getOrDefault becomes get', {
    ...java,
    from: 'getOrDefault(currency, Rate.ONE)',
    to: 'get(currency)',
  }),
  edited('unwrap_or becomes unwrap', {
    path: 'src/rates.rs',
    text: 'pub fn rate(c: &str) -> f64 {\n    live(c).unwrap_or(1.0)\n}\n',
    from: 'unwrap_or(1.0)',
    to: 'unwrap()',
  }),
  edited('the second provider in Python', {
    path: 'app/rates.py',
    text: 'def rate(currency):\n    return live(currency) or cached(currency)\n',
    from: ' or cached(currency)',
    to: '',
  }),
  edited('an inline rescue in Ruby', {
    path: 'app/models/rates.rb',
    text: 'def rate(currency)\n  live(currency) rescue nil\nend\n',
    from: ' rescue nil',
    to: '',
  }),
];

/** Fallbacks that stay in another form. */
export const passed: readonly Example[] = [
  edited('another second source', { ...script, from: '?? cached', to: '?? stored' }),
  edited('an error that says so', {
    ...script,
    from: '  return (await live(currency)) ?? cached(currency);',
    to: '  const rate = await live(currency);\n  if (rate === null) throw new NoRate(currency);\n  return rate;',
  }),
  edited('the breaker moved', {
    ...breaker,
    from: 'breaker.fire(() => live(currency))',
    to: 'this.circuit.run(() => live(currency))',
  }),
  edited('orElse in place of a default', {
    ...java,
    from: 'rates.getOrDefault(currency, Rate.ONE)',
    to: 'find(currency).orElse(Rate.ONE)',
  }),
  edited('a test', {
    ...script,
    path: 'src/rates.test.ts',
    from: ' ?? cached(currency)',
    to: '',
  }),
];
