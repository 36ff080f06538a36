import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const prisma = `export async function recent(userId: string) {
  return prisma.order.findMany({
    where: { userId },
    orderBy: { at: 'desc' },
    take: 100,
  });
}
`;
const django = `def recent(user):
    query = "SELECT * FROM orders WHERE user_id = %s ORDER BY at DESC LIMIT 100"
    return connection.execute(query, [user.id])
`;
const limited = `import pLimit from 'p-limit';

export async function sync(users: User[]) {
  const limit = pLimit(5);
  await Promise.all(users.map((user) => limit(() => push(user))));
}
`;

/** Limits that went or grew. */
export const caught: readonly Example[] = [
  edited('take goes from a Prisma query', {
    path: 'src/orders.ts',
    text: prisma,
    from: '    take: 100,\n',
    to: '',
  }),
  edited('LIMIT goes from SQL in Python', {
    path: 'shop/orders.py',
    text: django,
    from: ' LIMIT 100',
    to: '',
  }),
  exampleOf('p-limit goes', 'src/sync.ts', [
    limited,
    `export async function sync(users: User[]) {
  await Promise.all(users.map((user) => push(user)));
}
`,
  ]),
  edited('a Go group has no limit any more', {
    path: 'sync/sync.go',
    text: 'package sync\n\nfunc Sync(users []User) error {\n\tg, ctx := errgroup.WithContext(ctx)\n\tg.SetLimit(8)\n\tfor _, u := range users {\n\t\tg.Go(func() error { return push(ctx, u) })\n\t}\n\treturn g.Wait()\n}\n',
    from: '\tg.SetLimit(8)\n',
    to: '',
  }),
  edited('a Mongo query loses its limit', {
    path: 'src/orders.js',
    text: 'async function recent(user) {\n  return orders.find({ user }).sort({ at: -1 }).limit(50).toArray();\n}\n',
    from: '.limit(50)',
    to: '',
  }),
  edited('concurrency grows from 5 to 500', {
    path: 'src/worker.ts',
    text: 'export const worker = new Worker(queue, handle, { concurrency: 5 });\n',
    from: '5 }',
    to: '500 }',
  }),
  edited('a page of Ruby records is all of them', {
    path: 'app/models/feed.rb',
    text: 'class Feed\n  def items\n    Item.where(feed: self).order(:at).limit(50)\n  end\nend\n',
    from: '.limit(50)',
    to: '',
  }),
];

/** Limits that stayed in another form, or were none. */
export const passed: readonly Example[] = [
  exampleOf('a place on the screen', 'src/select.ts', [
    'export function select(view: View, event: MouseEvent) {\n  const found = view.findPosition({\n    left: event.clientX,\n    top: event.clientY,\n  });\n  view.select(found);\n  view.focus();\n}\n',
    'export function select(view: View, event: MouseEvent) {\n  const found = view.findPosition({\n    left: event.clientX,\n  });\n  view.select(found);\n  view.focus();\n}\n',
  ]),
  edited('the limit becomes a page', {
    path: 'src/orders.ts',
    text: prisma,
    from: '    take: 100,\n',
    to: '    ...paginate(page),\n',
  }),
  exampleOf('the query moved with its limit', 'src/orders.ts', [
    prisma,
    prisma.replace('recent', 'latest').replace('take: 100', 'take: 200'),
  ]),
  edited('a limit is lowered', {
    path: 'src/worker.ts',
    text: 'export const worker = new Worker(queue, handle, { concurrency: 50 });\n',
    from: '50 }',
    to: '5 }',
  }),
  edited('a limit in a test', {
    path: 'src/orders.test.ts',
    text: prisma,
    from: '    take: 100,\n',
    to: '',
  }),
  exampleOf('another way to bound the work', 'src/sync.ts', [
    limited,
    `export async function sync(users: User[]) {
  for (const chunk of chunks(users, 5)) {
    await Promise.all(chunk.map((user) => push(user)));
  }
}
`,
  ]),
  edited('a limit in the text of a help page', {
    path: 'docs/orders.ts',
    text: prisma,
    from: '    take: 100,\n',
    to: '',
  }),
];
