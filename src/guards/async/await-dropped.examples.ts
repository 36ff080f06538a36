import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = `export async function checkout(cart: Cart) {
  const order = await createOrder(cart);
  await charge(order);
  return order.id;
}
`;
const python = `async def checkout(cart):
    order = await create_order(cart)
    await charge(order)
    return order.id
`;
const csharp = `class Checkout
{
    public async Task<int> Run(Cart cart)
    {
        var order = await _orders.CreateAsync(cart);
        await _payments.ChargeAsync(order);
        return order.Id;
    }
}
`;
const rust = `async fn checkout(cart: Cart) -> Result<u64> {
    let order = create_order(cart).await?;
    charge(&order).await?;
    Ok(order.id)
}
`;

/** Calls whose await goes. */
export const caught: readonly Example[] = [
  edited('a statement in TypeScript', {
    path: 'src/checkout.ts',
    text: script,
    from: 'await charge',
    to: 'charge',
  }),
  edited('a value in TypeScript', {
    path: 'src/checkout.ts',
    text: script,
    from: 'await createOrder',
    to: 'createOrder',
  }),
  edited('a condition in JavaScript', {
    path: 'src/access.js',
    text: 'async function open(user) {\n  if (await mayOpen(user)) {\n    return door();\n  }\n  return null;\n}\n',
    from: 'await mayOpen',
    to: 'mayOpen',
  }),
  edited('a statement in Python', {
    path: 'shop/checkout.py',
    text: python,
    from: 'await charge',
    to: 'charge',
  }),
  edited('a value in Python', {
    path: 'shop/checkout.py',
    text: python,
    from: 'await create_order',
    to: 'create_order',
  }),
  edited('a statement in C#', {
    path: 'src/Checkout.cs',
    text: csharp,
    from: 'await _payments',
    to: '_payments',
  }),
  edited('a statement in Rust', {
    path: 'src/checkout.rs',
    text: rust,
    from: 'charge(&order).await?;',
    to: 'charge(&order);',
  }),
  edited('a returned call in a try', {
    path: 'src/load.ts',
    text: 'export async function load(id: string) {\n  try {\n    return await read(id);\n  } catch {\n    return empty;\n  }\n}\n',
    from: 'await read',
    to: 'read',
  }),
  edited('an object in a chain', {
    path: 'src/user.ts',
    text: 'export async function name(id: string) {\n  const name = (await load(id)).name;\n  return name;\n}\n',
    from: '(await load(id)).name',
    to: 'load(id).name',
  }),
];

/** Awaits that are not needed, or stand elsewhere now. */
export const passed: readonly Example[] = [
  edited('the promise is returned', {
    path: 'src/load.ts',
    text: 'export async function load(id: string) {\n  return await read(id);\n}\n',
    from: 'await read',
    to: 'read',
  }),
  edited('both promises are awaited together', {
    path: 'src/load.ts',
    text: 'export async function load(id: string) {\n  const a = await read(id);\n  const b = await size(id);\n  return [a, b];\n}\n',
    from: '  const a = await read(id);\n  const b = await size(id);\n',
    to: '  const [a, b] = await Promise.all([read(id), size(id)]);\n',
  }),
  edited('the promise is kept and awaited later', {
    path: 'src/load.ts',
    text: 'export async function load(id: string) {\n  const a = await read(id);\n  warm();\n  return show(await a);\n}\n',
    from: 'await read',
    to: 'read',
  }),
  edited('the promise is void on purpose', {
    path: 'src/checkout.ts',
    text: script,
    from: 'await charge',
    to: 'void charge',
  }),
  edited('a handler is attached', {
    path: 'src/checkout.ts',
    text: script,
    from: 'await charge(order)',
    to: 'charge(order).catch(report)',
  }),
  edited('the function is not async any more', {
    path: 'src/read.ts',
    text: 'export async function size(path: string) {\n  const text = await read(path);\n  return text.length;\n}\nasync function read(path: string) {\n  return cache.get(path);\n}\n',
    from: 'const text = await read(path);\n  return text.length;\n}\nasync function',
    to: 'const text = read(path);\n  return text.length;\n}\nfunction',
  }),
  edited('the caller becomes plain with it', {
    path: 'src/size.py',
    text: 'async def size(path):\n    text = await read(path)\n    return len(text)\n',
    from: 'async def size(path):\n    text = await read',
    to: 'def size(path):\n    text = read',
  }),
  edited('a task in Python', {
    path: 'shop/checkout.py',
    text: python,
    from: 'await charge(order)',
    to: 'asyncio.create_task(charge(order))',
  }),
  edited('a test', {
    path: 'src/checkout.test.ts',
    text: script,
    from: 'await charge',
    to: 'charge',
  }),
];
