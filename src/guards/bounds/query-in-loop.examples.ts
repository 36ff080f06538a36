import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = {
  path: 'src/orders.ts',
  text: 'export async function show(orders: Order[]) {\n  // next\n  return orders;\n}\n',
  from: '  // next',
};
const python = {
  path: 'shop/orders.py',
  text: 'def show(orders):\n    # next\n    return orders\n',
  from: '    # next',
};

/** Queries for each element. */
export const caught: readonly Example[] = [
  edited('Prisma in for…of', {
    ...script,
    to: '  for (const order of orders) {\n    order.user = await prisma.user.findUnique({ where: { id: order.userId } });\n  }',
  }),
  edited('a repository in map', {
    ...script,
    to: '  await Promise.all(orders.map(async (order) => {\n    order.user = await userRepository.findOneBy({ id: order.userId });\n  }));',
  }),
  edited('Django in a loop', {
    ...python,
    to: '    for order in orders:\n        order.user = User.objects.get(pk=order.user_id)',
  }),
  edited('Django in a list', {
    ...python,
    to: '    users = [User.objects.get(pk=order.user_id) for order in orders]',
  }),
  edited('a query in Go', {
    path: 'shop/orders.go',
    text: 'package shop\n\nfunc Show(orders []Order) error {\n\t// next\n\treturn nil\n}\n',
    from: '\t// next',
    to: '\tfor _, order := range orders {\n\t\trow := db.QueryRow("SELECT name FROM users WHERE id = $1", order.UserID)\n\t\tscan(row)\n\t}',
  }),
  edited('find in each, in Ruby', {
    path: 'app/models/order.rb',
    text: 'def show(orders)\n  # next\n  orders\nend\n',
    from: '  # next',
    to: '  orders.each do |order|\n    order.user = User.find(order.user_id)\n  end',
  }),
];

/** Queries that ask once. */
export const passed: readonly Example[] = [
  {
    name: 'conditions that become one query',
    before: { 'app/models/feed.rb': `class Feed\n  def rates\n    []\n  end\nend\n` },
    after: {
      'app/models/feed.rb': `class Feed\n  def rates\n    required.map do |req|\n      ExchangeRate.where(date: req.date)\n    end.reduce(:or)\n  end\nend\n`,
    },
  },
  edited('once for all', {
    ...script,
    to: '  const users = await prisma.user.findMany({ where: { id: { in: orders.map((order) => order.userId) } } });',
  }),
  edited('in the head of the loop', {
    ...python,
    to: '    for user in User.objects.filter(active=True):\n        greet(user)',
  }),
  edited('over a short list', {
    ...script,
    to: "  for (const name of ['a', 'b']) {\n    await prisma.user.findUnique({ where: { name } });\n  }",
  }),
  edited('a batch at a time', {
    ...script,
    to: '  for (const batch of batches(orders)) {\n    await prisma.user.findMany({ where: { id: { in: batch } } });\n  }',
  }),
  edited('an array method called find', {
    ...script,
    to: '  for (const order of orders) {\n    order.user = users.find((user) => user.id === order.userId);\n  }',
  }),
  edited('a script', {
    ...script,
    path: 'scripts/orders.ts',
    to: '  for (const order of orders) {\n    order.user = await prisma.user.findUnique({ where: { id: order.userId } });\n  }',
  }),
];
