import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = `export async function pay(order: Order) {
  await db.transaction(async (tx) => {
    await tx.orders.update({ id: order.id, paid: true });
    await tx.ledger.insert({ order: order.id, amount: order.total });
    await tx.outbox.insert({ order: order.id });
  });
}
`;
const split = `export async function pay(order: Order) {
  await db.transaction(async (tx) => {
    await tx.orders.update({ id: order.id, paid: true });
    await tx.outbox.insert({ order: order.id });
  });
  await db.ledger.insert({ order: order.id, amount: order.total });
}
`;
const python = `def pay(order):
    with transaction.atomic():
        order.save()
        ledger.record(order)
    notify(order)
`;

/** Writes that leave their transaction. */
export const caught: readonly Example[] = [
  exampleOf('an insert in TypeScript', 'src/pay.ts', [script, split]),
  exampleOf('a record in Python', 'shop/pay.py', [
    python,
    'def pay(order):\n    with transaction.atomic():\n        order.save()\n    ledger.record(order)\n    notify(order)\n',
  ]),
  exampleOf('a save in Ruby', 'app/models/pay.rb', [
    'def pay(order)\n  Order.transaction do\n    order.pay!\n    ledger.record(order)\n  end\nend\n',
    'def pay(order)\n  Order.transaction do\n    order.pay!\n  end\n  ledger.record(order)\nend\n',
  ]),
];

/** Writes that stay, and calls that never belonged there. */
export const passed: readonly Example[] = [
  exampleOf('a mail leaves the transaction', 'src/pay.ts', [
    script.replace(
      '    await tx.outbox.insert({ order: order.id });\n',
      '    await notifyCustomer(order);\n',
    ),
    script
      .replace('    await tx.outbox.insert({ order: order.id });\n', '')
      .replace('  });\n}', '  });\n  await notifyCustomer(order);\n}'),
  ]),
  exampleOf('a write joins the transaction', 'src/pay.ts', [split, script]),
  exampleOf('another write outside', 'shop/pay.py', [
    python,
    python.replace('    notify(order)', '    audit.record_payment(order)\n    notify(order)'),
  ]),
  exampleOf('a test', 'src/pay.test.ts', [script, split]),
  exampleOf('the handle has another name', 'src/pay.ts', [script, script.replaceAll('tx', 'trx')]),
];
