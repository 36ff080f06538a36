import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const python = `async def load(url):
    # next
    return await read(url)
`;
const csharp = `class Orders
{
    public async Task<Order> Load(int id)
    {
        var order = await _store.LoadAsync(id);
        return order;
    }
}
`;
const rust = `async fn load(url: &str) -> Page {
    // next
    read(url).await
}
`;

/** Calls that hold the thread of an async function. */
export const caught: readonly Example[] = [
  edited('time.sleep in a coroutine', {
    path: 'app/load.py',
    text: python,
    from: '    # next',
    to: '    time.sleep(1)',
  }),
  edited('requests in a coroutine', {
    path: 'app/load.py',
    text: python,
    from: '    # next',
    to: '    page = requests.get(url, timeout=3)',
  }),
  edited('.Result in C#', {
    path: 'src/Orders.cs',
    text: csharp,
    from: 'await _store.LoadAsync(id)',
    to: '_store.LoadAsync(id).Result',
  }),
  edited('a sleeping thread in Rust', {
    path: 'src/load.rs',
    text: rust,
    from: '    // next',
    to: '    std::thread::sleep(Duration::from_secs(1));',
  }),
  edited('a password hash in a handler', {
    path: 'src/routes/login.ts',
    text: 'export async function login(request: Request) {\n  const user = await find(request);\n  return user;\n}\n',
    from: '  return user;',
    to: '  const key = crypto.pbkdf2Sync(request.password, user.salt, 100000, 64, "sha512");\n  return check(user, key);',
  }),
];

/** Calls that hold nobody up. */
export const passed: readonly Example[] = [
  edited('sleep of asyncio', {
    path: 'app/load.py',
    text: python,
    from: '    # next',
    to: '    await asyncio.sleep(1)',
  }),
  edited('in a thread of its own', {
    path: 'app/load.py',
    text: python,
    from: '    # next',
    to: '    await asyncio.to_thread(lambda: requests.get(url, timeout=3))',
  }),
  edited('in a plain function', {
    path: 'app/load.py',
    text: 'def load(url):\n    return read(url)\n',
    from: '    return',
    to: '    time.sleep(1)\n    return',
  }),
  edited('in a plain function inside', {
    path: 'app/load.py',
    text: python,
    from: '    # next',
    to: '    def slow():\n        time.sleep(1)',
  }),
  edited('in a test', {
    path: 'tests/test_load.py',
    text: python,
    from: '    # next',
    to: '    time.sleep(1)',
  }),
  edited('in a comment', {
    path: 'src/load.rs',
    text: rust,
    from: '    // next',
    to: '    // std::thread::sleep(x) would hold us',
  }),
];
