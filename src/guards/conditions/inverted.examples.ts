import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = `export function total(order: Order | null) {
  if (order !== null) {
    return order.lines.length;
  }
  return 0;
}

export function mayPay(user: User, order: Order) {
  if (user.active && order.open) {
    pay(order);
  }
}
`;
const python = `def ship(order):
    if not order.paid:
        return False
    if order.weight > LIMIT:
        return split(order)
    return send(order)
`;
const go = `package shop

func Ship(o Order) error {
	if err := check(o); err != nil {
		return err
	}
	if o.Weight > limit {
		return split(o)
	}
	return send(o)
}
`;

/** Conditions that turn around. */
export const caught: readonly Example[] = [
  edited('a null check turns around', {
    path: 'src/order.ts',
    text: script,
    from: '!== null',
    to: '=== null',
  }),
  edited('and becomes or', {
    path: 'src/order.ts',
    text: script,
    from: 'user.active && order',
    to: 'user.active || order',
  }),
  edited('not goes in Python', {
    path: 'shop/ship.py',
    text: python,
    from: 'not order.paid',
    to: 'order.paid',
  }),
  edited('greater becomes less in Python', {
    path: 'shop/ship.py',
    text: python,
    from: '> LIMIT',
    to: '< LIMIT',
  }),
  edited('an error check turns around in Go', {
    path: 'shop/ship.go',
    text: go,
    from: 'err != nil',
    to: 'err == nil',
  }),
  edited('a border moves in Go', {
    path: 'shop/ship.go',
    text: go,
    from: '> limit',
    to: '>= limit',
  }),
  edited('a negation comes in Java', {
    path: 'src/main/java/Pay.java',
    text: 'class Pay {\n  void pay(Order o) {\n    if (o.isOpen()) {\n      charge(o);\n    }\n  }\n}\n',
    from: 'o.isOpen()',
    to: '!o.isOpen()',
  }),
  edited('if becomes unless in Ruby', {
    path: 'app/models/pay.rb',
    text: 'class Pay\n  def pay(order)\n    if order.open?\n      charge(order)\n    end\n  end\nend\n',
    from: 'if order',
    to: 'unless order',
  }),
];

/** Conditions that mean the same, or whose branches changed with them. */
export const passed: readonly Example[] = [
  edited('De Morgan', {
    path: 'src/order.ts',
    text: 'export function f(a: boolean, b: boolean) {\n  if (!(a && b)) {\n    stop();\n  }\n}\n',
    from: '!(a && b)',
    to: '!a || !b',
  }),
  exampleOf('the branches changed places', 'src/order.ts', [
    'export function f(a: boolean) {\n  if (a) {\n    go();\n  } else {\n    stop();\n  }\n}\n',
    'export function f(a: boolean) {\n  if (!a) {\n    stop();\n  } else {\n    go();\n  }\n}\n',
  ]),
  exampleOf('an early return', 'src/order.ts', [
    'export function f(a: boolean) {\n  if (a) {\n    go();\n    walk();\n  }\n}\n',
    'export function f(a: boolean) {\n  if (!a) return;\n  go();\n  walk();\n}\n',
  ]),
  edited('a word in a message', {
    path: 'src/order.ts',
    text: 'export const text = "cats and dogs are not in";\n',
    from: 'and',
    to: 'or',
  }),
  edited('a test', { path: 'src/order.test.ts', text: script, from: '!== null', to: '=== null' }),
  edited('another condition', {
    path: 'src/order.ts',
    text: script,
    from: 'user.active && order.open',
    to: 'user.active && order.unpaid',
  }),
];
