import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const redis = `export async function remember(id: string, rate: Rate) {
  await redis.set(\`rate:\${id}\`, JSON.stringify(rate), { EX: 300 });
}
`;
const ioredis = `async function remember(id, rate) {
  await redis.set('rate:' + id, JSON.stringify(rate), 'EX', 300);
}
`;
const django = `def remember(id, rate):
    cache.set(f"rate:{id}", rate, timeout=300)
`;
const java = `class Rates {
  private final Cache<String, Rate> cache = Caffeine.newBuilder()
      .maximumSize(1000)
      .expireAfterWrite(5, TimeUnit.MINUTES)
      .build();
}
`;

/** Cache entries that lose their end. */
export const caught: readonly Example[] = [
  edited('EX goes from a Redis set', {
    path: 'src/rates.ts',
    text: redis,
    from: ', { EX: 300 }',
    to: ', {}',
  }),
  edited('an EX pair goes', { path: 'src/rates.js', text: ioredis, from: ", 'EX', 300", to: '' }),
  edited('a Django entry loses its timeout', {
    path: 'app/rates.py',
    text: django,
    from: ', timeout=300',
    to: '',
  }),
  edited('expireAfterWrite goes', {
    path: 'src/main/java/Rates.java',
    text: java,
    from: '      .expireAfterWrite(5, TimeUnit.MINUTES)\n',
    to: '',
  }),
  edited('a ttl becomes endless', {
    path: 'src/cache.ts',
    text: 'export const cache = new LRUCache({ max: 500, ttl: 60000 });\n',
    from: '60000',
    to: 'Infinity',
  }),
  edited('the key does not expire any more', {
    path: 'app/limits.py',
    text: 'def count(user):\n    n = redis.incr(f"hits:{user}")\n    redis.expire(f"hits:{user}", 60)\n    return n\n',
    from: '    redis.expire(f"hits:{user}", 60)\n',
    to: '',
  }),
];

/** Expiries that moved or belong to something else. */
export const passed: readonly Example[] = [
  edited('the ttl is a constant now', {
    path: 'src/rates.ts',
    text: redis,
    from: '{ EX: 300 }',
    to: '{ EX: rateTtlSeconds }',
  }),
  edited('the ttl changes', { path: 'app/rates.py', text: django, from: '300', to: '60' }),
  edited('the timeout of a request is another matter', {
    path: 'app/load.py',
    text: 'def load(url):\n    return requests.get(url, timeout=5)\n',
    from: ', timeout=5',
    to: '',
  }),
  edited('a cache in a test', {
    path: 'tests/test_rates.py',
    text: django,
    from: ', timeout=300',
    to: '',
  }),
  edited('the entry is removed when the rate changes', {
    path: 'src/rates.js',
    text: ioredis,
    from: ", 'EX', 300);\n",
    to: ");\n  onRateChange(id, () => redis.del('rate:' + id));\n",
  }),
];
