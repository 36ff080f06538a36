import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = {
  path: 'src/pay.js',
  text: "export function pay(order) {\n  if (order.state === 'open') {\n    charge(order);\n  }\n}\n",
  from: "order.state === 'open'",
};
const php = {
  path: 'app/Pay.php',
  text: "<?php\nfunction pay($order) {\n  if ($order->state == 'open') {\n    charge($order);\n  }\n}\n",
  from: "$order->state == 'open'",
};

/** Conditions that assign. */
export const caught: readonly Example[] = [
  edited('a text in JavaScript', { ...script, to: "order.state = 'open'" }),
  edited('null in TypeScript', { ...script, path: 'src/pay.ts', to: 'order = null' }),
  edited('a text in PHP', { ...php, to: "$order->state = 'open'" }),
  edited('a number in Ruby', {
    path: 'app/models/pay.rb',
    text: 'def pay(order)\n  if order == 1\n    charge(order)\n  end\nend\n',
    from: 'order == 1',
    to: 'order = 1',
  }),
];

/** Assignments that are meant, and comparisons. */
export const passed: readonly Example[] = [
  edited('a found value in PHP', { ...php, to: '$state = state($order)' }),
  edited('two pairs of brackets', { ...script, to: "(order.state = 'open')" }),
  edited('a match', { ...script, to: 'match = pattern.exec(order.state)' }),
  edited('another comparison', { ...script, to: "order.state == 'new'" }),
  edited('an arrow function', { ...script, to: 'orders.some((one) => one.open)' }),
  edited('a test', { ...script, path: 'test/pay.js', to: "order.state = 'open'" }),
];
