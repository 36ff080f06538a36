import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const python = {
  path: 'shop/orders.py',
  text: 'def names():\n    orders = Order.objects.select_related("customer").filter(open=True)\n    return [order.customer.name for order in orders]\n',
};
const ruby = {
  path: 'app/models/order.rb',
  text: 'def names\n  Order.includes(:customer).where(open: true).map { |order| order.customer.name }\nend\n',
};
const csharp = {
  path: 'src/Orders.cs',
  text: 'class Orders\n{\n    public Task<List<Order>> Open() =>\n        _db.Orders.Include(o => o.Customer).Where(o => o.Customer.Active).ToListAsync();\n}\n',
};
const alchemy = {
  path: 'shop/orders.py',
  text: 'def names(session):\n    orders = session.query(Order).options(joinedload(Order.customer)).all()\n    return [order.customer.name for order in orders]\n',
};

/** Relations that are loaded one by one now. */
export const caught: readonly Example[] = [
  edited('select_related goes', { ...python, from: '.select_related("customer")', to: '' }),
  edited('includes goes in Ruby', { ...ruby, from: '.includes(:customer)', to: '' }),
  edited('Include goes in C#', { ...csharp, from: '.Include(o => o.Customer)', to: '' }),
  edited('joinedload goes', { ...alchemy, from: '.options(joinedload(Order.customer))', to: '' }),
  edited('with goes in PHP', {
    path: 'app/Orders.php',
    text: "<?php\nfunction names() {\n  $orders = Order::query()->with('customer')->get();\n  foreach ($orders as $order) {\n    echo $order->customer->name;\n  }\n}\n",
    from: "->with('customer')",
    to: '',
  }),
];

/** Relations that are loaded in another way, or are not read. */
export const passed: readonly Example[] = [
  edited('prefetch in its place', { ...python, from: 'select_related', to: 'prefetch_related' }),
  edited('the relation is not read any more', {
    ...python,
    from: 'select_related("customer").filter(open=True)\n    return [order.customer.name for',
    to: 'filter(open=True)\n    return [order.total for',
  }),
  edited('joined by hand', {
    ...alchemy,
    from: '.options(joinedload(Order.customer))',
    to: '.options(selectinload(Order.customer))',
  }),
  edited('another word called includes', {
    path: 'src/list.ts',
    text: 'export const has = (list: string[], name: string) => list.filter(Boolean).includes(name);\n',
    from: '.filter(Boolean)',
    to: '',
  }),
  edited('a test', {
    ...python,
    path: 'tests/test_orders.py',
    from: '.select_related("customer")',
    to: '',
  }),
];
