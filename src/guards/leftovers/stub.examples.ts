import type { Example } from '../guard.ts';

/** Stand-ins where code should be. */
export const caught: readonly Example[] = [
  {
    name: 'a body gives way to an error',
    before: {
      'src/cart.ts': `export function total(cart) {\n  const sum = add(cart);\n  const tax = sum * rate;\n  audit(sum, tax);\n  return sum + tax;\n}\n`,
    },
    after: {
      'src/cart.ts': `export function total(cart) {\n  throw new Error('Not implemented');\n}\n`,
    },
  },
  {
    name: 'a new function that only panics',
    after: {
      'cart/refund.go': `package cart\n\nfunc Refund(id string) error {\n\tpanic("TODO: implement")\n}\n`,
    },
  },
  {
    name: 'a new function without a body',
    after: { 'shop/refund.py': `def refund(order):\n    # TODO: implement\n    pass\n` },
  },
  {
    name: 'a made-up answer beside a promise',
    after: {
      'src/Refund.java': `class Refund {\n  boolean isAllowed(Order order) {\n    // TODO check the order's age\n    return true;\n  }\n}\n`,
    },
  },
  {
    name: 'a comment that admits it',
    after: {
      'src/pay.ts': `export function charge(card) {\n  // In a real implementation, this would call the payment provider.\n  log(card);\n  return { ok: true };\n}\n`,
    },
  },
];

/** Functions that are short on purpose. */
export const passed: readonly Example[] = [
  {
    name: 'an abstract method of Python',
    after: {
      'shop/carrier.py': `class Carrier:\n    def ship(self, order):\n        raise NotImplementedError\n`,
    },
  },
  {
    name: 'an abstract class of TypeScript',
    after: {
      'src/carrier.ts': `export class BaseCarrier {\n  ship(order) {\n    throw new Error('not implemented');\n  }\n}\n`,
    },
  },
  {
    name: 'a method that must be overridden',
    after: {
      'src/carrier.js': `export class Carrier {\n  ship(order) {\n    throw new Error('not implemented: subclasses override this');\n  }\n}\n`,
    },
  },
  {
    name: 'a stub for a test',
    after: { 'src/cart.test.ts': `function pay() {\n  throw new Error('not implemented');\n}\n` },
  },
  {
    name: 'one branch that is not there yet',
    before: { 'src/a.ts': `export function price(kind) {\n  return table[kind];\n}\n` },
    after: {
      'src/a.ts': `export function price(kind) {\n  if (kind === 'gift') throw new Error('not implemented');\n  return table[kind];\n}\n`,
    },
  },
  {
    name: 'a stub that was there before',
    before: { 'src/a.go': `package a\n\nfunc Refund() {\n\tpanic("not implemented")\n}\n` },
    after: { 'src/a.go': `package a\n\nfunc Refund(id string) {\n\tpanic("not implemented")\n}\n` },
  },
  {
    name: 'an empty exception class and a deliberate nothing',
    after: {
      'shop/errors.py': `class Refused(Exception):\n    pass\n\n\ndef on_close():\n    pass\n`,
    },
  },
];
