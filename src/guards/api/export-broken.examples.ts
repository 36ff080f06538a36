import type { Example } from '../guard.ts';

const published = { 'package.json': `{ "name": "shop", "version": "1.0.0" }\n` };

/** Promises to callers that were broken. */
export const caught: readonly Example[] = [
  {
    name: 'an export goes that the index still passes on',
    before: {
      'src/cart.ts': `export function total() { return 1; }\nexport function refund() { return 2; }\n`,
      'src/index.ts': `export { total, refund } from './cart.ts';\n`,
    },
    after: {
      'src/cart.ts': `export function total() { return 1; }\n`,
      'src/index.ts': `export { total, refund } from './cart.ts';\n`,
    },
  },
  {
    name: 'a function requires one more argument than a caller gives',
    before: {
      'src/cart.ts': `export function total(cart: Cart): number {\n  return cart.sum;\n}\n`,
      'src/pay.ts': `import { total } from './cart';\nexport const pay = (cart: Cart) => charge(total(cart));\n`,
    },
    after: {
      'src/cart.ts': `export function total(cart: Cart, rate: number): number {\n  return cart.sum * rate;\n}\n`,
      'src/pay.ts': `import { total } from './cart';\nexport const pay = (cart: Cart) => charge(total(cart), 'EUR');\n`,
    },
  },
  {
    name: 'a Go function of a package takes another parameter',
    before: { 'cart/cart.go': `package cart\n\nfunc Total(ids []string) int {\n\treturn 1\n}\n` },
    after: {
      'cart/cart.go': `package cart\n\nfunc Total(ids []string, rate float64) int {\n\treturn 1\n}\n`,
    },
  },
  {
    name: 'a function that a published package passes on goes',
    before: {
      ...published,
      'src/cart.ts': `export const total = () => 1;\nexport const refund = () => 2;\n`,
      'src/index.ts': `export * from './cart';\n`,
    },
    after: {
      ...published,
      'src/cart.ts': `export const total = () => 1;\n`,
      'src/index.ts': `export * from './cart';\n`,
    },
  },
  {
    name: 'a caller reads from what is now a promise',
    before: {
      'src/cart.ts': `export function load(id: string) {\n  return read(id);\n}\n`,
      'src/page.ts': `import { load } from './cart';\nshow(load('1').total);\n`,
    },
    after: {
      'src/cart.ts': `export async function load(id: string) {\n  return await read(id);\n}\n`,
      'src/page.ts': `import { load } from './cart';\nshow(load('1').total, 'EUR');\n`,
    },
  },
];

/** Changes that no caller notices, or that bring their callers along. */
export const passed: readonly Example[] = [
  {
    name: 'an optional parameter is added',
    before: {
      'src/cart.ts': `export function total(cart: Cart): number {\n  return cart.sum;\n}\n`,
      'src/pay.ts': `import { total } from './cart';\npay(total(cart));\n`,
    },
    after: {
      'src/cart.ts': `export function total(cart: Cart, rate = 1): number {\n  return cart.sum * rate;\n}\n`,
      'src/pay.ts': `import { total } from './cart';\npay(total(cart), 'EUR');\n`,
    },
  },
  {
    name: 'callers change with the function',
    before: {
      'src/cart.ts': `export function total(cart: Cart): number {\n  return cart.sum;\n}\n`,
      'src/pay.ts': `import { total } from './cart';\npay(total(cart));\n`,
    },
    after: {
      'src/cart.ts': `export function total(cart: Cart, rate: number): number {\n  return cart.sum * rate;\n}\n`,
      'src/pay.ts': `import { total } from './cart';\npay(total(cart, 2));\n`,
    },
  },
  {
    name: 'an export moves, and the index with it',
    before: {
      ...published,
      'src/cart.ts': `export const total = () => 1;\nexport const refund = () => 2;\n`,
      'src/index.ts': `export { total, refund } from './cart';\n`,
    },
    after: {
      ...published,
      'src/cart.ts': `export const total = () => 1;\n`,
      'src/refund.ts': `export const refund = () => 2;\n`,
      'src/index.ts': `export { total } from './cart';\nexport { refund } from './refund';\n`,
    },
  },
  {
    name: 'a helper that was never exported goes',
    before: {
      'cart/cart.go': `package cart\n\nfunc total() int {\n\treturn 1\n}\n\nfunc Sum() int {\n\treturn total()\n}\n`,
    },
    after: { 'cart/cart.go': `package cart\n\nfunc Sum() int {\n\treturn 1\n}\n` },
  },
  {
    name: 'a parameter gets another name',
    before: {
      'cart/cart.go': `package cart\n\nfunc Total(a int, b int) int {\n\treturn a + b\n}\n`,
    },
    after: {
      'cart/cart.go': `package cart\n\nfunc Total(first int, second int) int {\n\treturn first + second\n}\n`,
    },
  },
  {
    name: 'an application drops what only it used',
    before: {
      'package.json': `{ "private": true }\n`,
      'src/cart.ts': `export const total = () => 1;\nexport const refund = () => 2;\n`,
    },
    after: {
      'package.json': `{ "private": true }\n`,
      'src/cart.ts': `export const total = () => 1;\n`,
    },
  },
];
