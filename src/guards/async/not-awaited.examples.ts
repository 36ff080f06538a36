import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = `export async function checkout(cart: Cart) {
  const order = create(cart);
  // next
  return order.id;
}

export async function retry(order: Order) {
  await charge(order);
}

async function charge(order: Order) {
  await bank.charge(order.total);
}
`;
const python = `async def charge(order):
    await bank.charge(order.total)


async def checkout(cart):
    order = create(cart)
    # next
    return order.id
`;

/** New calls nobody waits for. */
export const caught: readonly Example[] = [
  edited('a statement in TypeScript', {
    path: 'src/checkout.ts',
    text: script,
    from: '  // next',
    to: '  charge(order);',
  }),
  edited('a coroutine in Python', {
    path: 'shop/checkout.py',
    text: python,
    from: '    # next',
    to: '    charge(order)',
  }),
  edited('a method of the same class', {
    path: 'shop/checkout.py',
    text: 'class Shop:\n    async def charge(self, order):\n        await bank.charge(order)\n\n    async def checkout(self, order):\n        # next\n        return order\n',
    from: '        # next',
    to: '        self.charge(order)',
  }),
  edited('a method in JavaScript', {
    path: 'src/shop.js',
    text: 'class Shop {\n  async charge(order) {\n    await bank.charge(order);\n  }\n  async again(order) {\n    await this.charge(order);\n  }\n  async checkout(order) {\n    // next\n    return order;\n  }\n}\n',
    from: '    // next',
    to: '    this.charge(order);',
  }),
];

/** Calls somebody waits for, or that are not async. */
export const passed: readonly Example[] = [
  edited('awaited', {
    path: 'src/checkout.ts',
    text: script,
    from: '  // next',
    to: '  await charge(order);',
  }),
  edited('void on purpose', {
    path: 'src/checkout.ts',
    text: script,
    from: '  // next',
    to: '  void charge(order);',
  }),
  edited('with a handler', {
    path: 'src/checkout.ts',
    text: script,
    from: '  // next',
    to: '  charge(order).catch(report);',
  }),
  edited('a task', {
    path: 'shop/checkout.py',
    text: python,
    from: '    # next',
    to: '    asyncio.create_task(charge(order))',
  }),
  edited('run from the outside', {
    path: 'shop/checkout.py',
    text: python,
    from: '    # next',
    to: '    asyncio.run(charge(order))',
  }),
  edited('another object with a plain method of that name', {
    path: 'shop/checkout.py',
    text: python,
    from: '    # next',
    to: '    ledger.charge(order)',
  }),
  exampleOf('it stood there without await before', 'shop/checkout.py', [
    python.replace('    # next', '    charge(order)'),
    python
      .replace('    # next', '    charge(order)  # later')
      .replace('order = create', 'order = make'),
  ]),
  edited('a test', {
    path: 'shop/test_checkout.py',
    text: python,
    from: '    # next',
    to: '    charge(order)',
  }),
];
