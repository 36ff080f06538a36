import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = `export async function prices(tenantId: string, productId: string) {
  const cacheKey = \`prices:\${tenantId}:\${productId}\`;
  return cache.wrap(cacheKey, () => load(tenantId, productId));
}
`;
const python = `def orders(user):
    return cache.get_or_set(f"orders:{user.id}:open", lambda: load(user), 60)
`;
const go = `package prices

func key(orgID, product string) string {
	cacheKey := fmt.Sprintf("prices:%s:%s", orgID, product)
	return cacheKey
}
`;

/** Keys that lose the part which tells users apart. */
export const caught: readonly Example[] = [
  edited('the tenant goes from a template', {
    path: 'src/prices.ts',
    text: script,
    from: '${tenantId}:',
    to: '',
  }),
  edited('the user goes from an f-string', {
    path: 'shop/orders.py',
    text: python,
    from: '{user.id}:',
    to: '',
  }),
  edited('the locale goes from a key', {
    path: 'src/page.ts',
    text: 'export const page = (slug: string, locale: string) =>\n  redis.get(`page:${slug}:${locale}`);\n',
    from: ':${locale}',
    to: '',
  }),
  edited('the user goes from a Rails key', {
    path: 'app/models/feed.rb',
    text: 'class Feed\n  def items(user)\n    Rails.cache.fetch("feed/#{user.id}/items") { load(user) }\n  end\nend\n',
    from: '#{user.id}/',
    to: '',
  }),
];

/** Keys that still tell users apart, or never did. */
export const passed: readonly Example[] = [
  edited('another name for the tenant', {
    path: 'src/prices.ts',
    text: script,
    from: '${tenantId}:',
    to: '${tenant.id}:',
  }),
  edited('the version goes from a key', {
    path: 'src/page.ts',
    text: 'export const page = (slug: string, v: string) =>\n  redis.get(`page:${slug}:${v}`);\n',
    from: ':${v}',
    to: '',
  }),
  edited('what is stored changes, not the key', {
    path: 'src/me.ts',
    text: 'export const keep = (id: string, user: User) => cache.set(`me:${id}`, user.name + user.team);\n',
    from: ' + user.team',
    to: '',
  }),
  edited('a Go argument of another call', {
    path: 'prices/prices.go',
    text: go,
    from: 'func key(orgID, product string) string {',
    to: 'func key(orgID, product string) (s string) {',
  }),
  edited('a key in a test', {
    path: 'src/prices.test.ts',
    text: script,
    from: '${tenantId}:',
    to: '',
  }),
];
