import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = {
  path: 'src/pay.ts',
  text: 'export function pay(user: User, order: Order) {\n  if (user.mayPay(order)) {\n    charge(order);\n  }\n  return order.id;\n}\n',
};
const python = {
  path: 'shop/pay.py',
  text: 'def pay(user, order):\n    if user.may_pay(order):\n        charge(order)\n    return order.id\n',
};
const go = {
  path: 'shop/pay.go',
  text: 'package shop\n\nfunc Pay(o Order) error {\n\tif err := check(o); err != nil {\n\t\treturn err\n\t}\n\tcharge(o)\n\treturn nil\n}\n',
};

/** Conditions that decide nothing, and code that is cut off. */
export const caught: readonly Example[] = [
  edited('if true', { ...script, from: 'user.mayPay(order)', to: 'true' }),
  edited('or true', { ...script, from: 'user.mayPay(order)', to: 'user.mayPay(order) || true' }),
  edited('if True in Python', { ...python, from: 'user.may_pay(order)', to: 'True' }),
  edited('and False in Python', {
    ...python,
    from: 'may_pay(order)',
    to: 'may_pay(order) and False',
  }),
  edited('an early return cuts code off', {
    ...script,
    from: '  if (user',
    to: '  return order.id;\n  if (user',
  }),
  edited('an early return in Python', {
    ...python,
    from: '    if user',
    to: '    return None\n    if user',
  }),
  edited('an early return in Go', { ...go, from: '\tcharge(o)', to: '\treturn nil\n\tcharge(o)' }),
];

/** Conditions that still decide. */
export const passed: readonly Example[] = [
  edited('an endless loop', { ...script, from: 'if (user.mayPay(order))', to: 'while (true)' }),
  edited('a return in a branch', {
    ...script,
    from: '  if (user',
    to: '  if (order.paid) {\n    return order.id;\n  }\n  if (user',
  }),
  edited('the words in a text', { ...script, from: 'charge(order)', to: 'log("if (true) {")' }),
  edited('a comparison with true', {
    ...script,
    from: 'user.mayPay(order)',
    to: 'user.mayPay(order) === true',
  }),
  edited('a value of true', {
    ...script,
    from: 'charge(order)',
    to: 'charge(order, order.rush || true_cost)',
  }),
  edited('a test', { ...script, path: 'src/pay.test.ts', from: 'user.mayPay(order)', to: 'true' }),
  edited('the last statement is a return', {
    ...go,
    from: '\tcharge(o)\n\treturn nil',
    to: '\treturn charge(o)',
  }),
];
