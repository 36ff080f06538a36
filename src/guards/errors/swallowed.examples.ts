import type { Example } from '../guard.ts';

/** Changes after which nobody hears of a failure. */
export const caught: readonly Example[] = [
  {
    name: 'a write that used to fail loudly gets an empty catch',
    before: {
      'src/pay.ts': `export async function settle(order: Order) {\n  await ledger.save(order);\n  return true;\n}\n`,
    },
    after: {
      'src/pay.ts': `export async function settle(order: Order) {
  try {
    await ledger.save(order);
  } catch {}
  return true;
}
`,
    },
  },
  {
    name: 'a promise is silenced',
    before: { 'src/mail.js': `async function welcome(user) {\n  await mailer.send(user);\n}\n` },
    after: {
      'src/mail.js': `async function welcome(user) {\n  await mailer.send(user).catch(() => {});\n}\n`,
    },
  },
  {
    name: 'except: pass around new work',
    before: { 'app/jobs.py': `def nightly():\n    pass\n` },
    after: {
      'app/jobs.py': `def nightly():
    for account in accounts():
        try:
            account.update_balance()
            account.save()
        except Exception:
            pass
`,
    },
  },
  {
    name: 'a bare except around an upload',
    after: {
      'app/backup.py': `def backup(path):
    try:
        bucket.upload(path)
    except:
        pass
`,
    },
  },
  {
    name: 'a Go error answered with success',
    before: {
      'store/save.go': `package store

func Save(o Order) error {
	if err := db.Insert(o); err != nil {
		return err
	}
	return nil
}
`,
    },
    after: {
      'store/save.go': `package store

func Save(o Order) error {
	if err := db.Insert(o); err != nil {
		return nil
	}
	return nil
}
`,
    },
  },
  {
    name: 'a Go error thrown away by name',
    before: {
      'store/a.go': `package store\n\nfunc A() {\n	err := db.Insert(1)\n	report(err)\n}\n`,
    },
    after: { 'store/a.go': `package store\n\nfunc A() {\n	err := db.Insert(1)\n	_ = err\n}\n` },
  },
  {
    name: 'an empty Java catch around a write',
    before: {
      'src/main/java/shop/Orders.java': `class Orders {
    void close(Order order) {
        repository.save(order);
    }
}
`,
    },
    after: {
      'src/main/java/shop/Orders.java': `class Orders {
    void close(Order order) {
        try {
            repository.save(order);
        } catch (Exception e) {
        }
    }
}
`,
    },
  },
];

/** Silence with a reason, or no silence at all. */
export const passed: readonly Example[] = [
  {
    name: 'a comment gives the reason',
    after: {
      'src/a.ts': `export async function warm() {
  try {
    await cache.load('rates');
  } catch {
    // The first request fills the cache anyway.
  }
}
`,
    },
  },
  {
    name: 'closing is best effort',
    after: {
      'src/a.ts': `export async function stop() {
  try {
    await server.close();
  } catch {}
  await queue.disconnect().catch(() => {});
}
`,
    },
  },
  {
    name: 'an optional dependency is probed',
    after: {
      'app/fast.py': `try:\n    import orjson\n    fast = orjson.loads\nexcept ImportError:\n    fast = None\n`,
    },
  },
  {
    name: 'a narrow exception means absence',
    after: {
      'app/read.py': `def read(path):
    try:
        return open(path).read()
    except FileNotFoundError:
        return None
`,
    },
  },
  {
    name: 'a parse that may fail answers null',
    after: {
      'src/a.ts': `export function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
`,
    },
  },
  {
    name: 'the empty handler only moved',
    before: {
      'src/a.ts': `export async function ping() {\n  try {\n    await client.send('ping');\n  } catch {}\n}\nexport const a = 1;\n`,
    },
    after: {
      'src/a.ts': 'export const a = 1;\n',
      'src/b.ts': `export async function ping() {\n  try {\n    await client.send('ping');\n  } catch {}\n}\n`,
    },
  },
  {
    name: 'the error is handed on',
    after: {
      'store/a.go': `package store

func Load(id string) (*Order, error) {
	order, err := db.Find(id)
	if err != nil {
		return nil, err
	}
	return order, nil
}
`,
    },
  },
  {
    name: 'a test ignores a failure',
    after: {
      'tests/test_a.py': `def test_a():\n    try:\n        client.send(1)\n    except Exception:\n        pass\n`,
    },
  },
];
