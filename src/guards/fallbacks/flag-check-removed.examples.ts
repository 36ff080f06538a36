import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = `export function checkout(cart: Cart) {
  if (flags.isEnabled('new-payment')) {
    payTheNewWay(cart);
  }
  done(cart);
}
`;
const python = `def checkout(cart):
    if feature_enabled("new-payment"):
        pay_the_new_way(cart)
    done(cart)
`;

/** Flags that are asked no more. */
export const caught: readonly Example[] = [
  exampleOf('an if in TypeScript', 'src/checkout.ts', [
    script,
    'export function checkout(cart: Cart) {\n  payTheNewWay(cart);\n  done(cart);\n}\n',
  ]),
  exampleOf('an if in Python', 'shop/checkout.py', [
    python,
    'def checkout(cart):\n    pay_the_new_way(cart)\n    done(cart)\n',
  ]),
  edited('a part of a condition', {
    path: 'src/checkout.ts',
    text: "export function show(cart: Cart) {\n  if (cart.open && hasFeature('new-payment')) {\n    pay(cart);\n  }\n}\n",
    from: " && hasFeature('new-payment')",
    to: '',
  }),
];

/** Flags that are still asked, or go with their code. */
export const passed: readonly Example[] = [
  edited('another flag', {
    path: 'src/checkout.ts',
    text: script,
    from: "isEnabled('new-payment')",
    to: "isEnabled('payment-v2')",
  }),
  exampleOf('the code goes with its flag', 'shop/checkout.py', [
    python,
    'def checkout(cart):\n    done(cart)\n',
  ]),
  edited('a plain condition goes', {
    path: 'src/checkout.ts',
    text: 'export function f(cart: Cart) {\n  if (cart.open) {\n    pay(cart);\n  }\n}\n',
    from: '  if (cart.open) {\n    pay(cart);\n  }\n',
    to: '  pay(cart);\n',
  }),
  exampleOf('a test', 'src/checkout.test.ts', [
    script,
    'export function checkout(cart: Cart) {\n  payTheNewWay(cart);\n  done(cart);\n}\n',
  ]),
];
