import type { Example } from '../guard.ts';

/** Changes that take error handling away. */
export const caught: readonly Example[] = [
  {
    name: 'the try/catch around a charge goes',
    before: {
      'src/pay.ts': `export async function pay(order: Order) {
  try {
    await gateway.charge(order.card, order.total);
  } catch (error) {
    await orders.markFailed(order.id, error);
    return false;
  }
  return true;
}
`,
    },
    after: {
      'src/pay.ts': `export async function pay(order: Order) {
  await gateway.charge(order.card, order.total);
  return true;
}
`,
    },
  },
  {
    name: 'the .catch of a background write goes',
    before: {
      'src/track.js': `function track(event) {
  queue.publish(event).catch((error) => {
    backlog.keep(event, error);
  });
}
`,
    },
    after: { 'src/track.js': `function track(event) {\n  queue.publish(event);\n}\n` },
  },
  {
    name: 'the except around a request goes',
    before: {
      'app/rates.py': `def rate(currency):
    try:
        answer = client.get(f"/rates/{currency}")
    except ConnectionError:
        answer = cache.last(currency)
    return answer.value
`,
    },
    after: {
      'app/rates.py': `def rate(currency):
    answer = client.get(f"/rates/{currency}")
    return answer.value
`,
    },
  },
  {
    name: 'a Go error is dropped',
    before: {
      'store/store.go': `package store

func Save(db *DB, order Order) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if err := tx.Insert(order); err != nil {
		return err
	}
	return tx.Commit()
}
`,
    },
    after: {
      'store/store.go': `package store

func Save(db *DB, order Order) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	tx.Insert(order)
	return tx.Commit()
}
`,
    },
  },
  {
    name: 'a deferred unlock goes while the lock stays',
    before: {
      'cache/cache.go': `package cache

func (c *Cache) Get(key string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.items[key]
}
`,
    },
    after: {
      'cache/cache.go': `package cache

func (c *Cache) Get(key string) string {
	c.mu.Lock()
	return c.items[key]
}
`,
    },
  },
  {
    name: 'the Java catch around a parse goes',
    before: {
      'src/main/java/shop/Prices.java': `class Prices {
    int read(String text) {
        int price = 0;
        try {
            price = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            price = defaults.price();
        }
        return price;
    }
}
`,
    },
    after: {
      'src/main/java/shop/Prices.java': `class Prices {
    int read(String text) {
        int price = 0;
        price = Integer.parseInt(text);
        return price;
    }
}
`,
    },
  },
  {
    name: 'the finally that gave a connection back goes',
    before: {
      'src/report.ts': `async function report(pool: Pool) {
  const client = await pool.connect();
  try {
    return await client.query('select 1');
  } finally {
    client.release();
  }
}
`,
    },
    after: {
      'src/report.ts': `async function report(pool: Pool) {
  const client = await pool.connect();
  return await client.query('select 1');
}
`,
    },
  },
];

/** Changes that look alike and lose nothing. */
export const passed: readonly Example[] = [
  {
    name: 'the handler moves to the caller',
    before: {
      'src/load.ts': `async function load(id: string) {
  try {
    return await store.read(id);
  } catch (error) {
    report(error);
    return null;
  }
}
export async function show(id: string) {
  return render(await load(id));
}
`,
    },
    after: {
      'src/load.ts': `async function load(id: string) {
  return await store.read(id);
}
export async function show(id: string) {
  try {
    return render(await load(id));
  } catch (error) {
    report(error);
    return null;
  }
}
`,
    },
  },
  {
    name: 'the function moves to another file with its handler',
    before: {
      'src/a.ts': `export async function load(id: string) {
  try {
    return await store.read(id);
  } catch (error) {
    report(error);
    return null;
  }
}
export const a = 1;
`,
    },
    after: {
      'src/a.ts': 'export const a = 1;\n',
      'src/b.ts': `export async function load(id: string) {
  try {
    return await store.read(id);
  } catch (error) {
    report(error);
    return null;
  }
}
`,
    },
  },
  {
    name: 'the function is renamed and keeps its handler',
    before: {
      'app/a.py': `def fetch_user(id):
    try:
        return client.get(id)
    except ConnectionError:
        return cache.get(id)
`,
    },
    after: {
      'app/a.py': `def load_user(id):
    try:
        return client.get(id)
    except ConnectionError:
        return cache.get(id)
`,
    },
  },
  {
    name: 'the call goes together with its handler',
    before: {
      'src/a.js': `async function start() {
  try {
    await legacy.connect();
  } catch (error) {
    await alarm.ring(error);
  }
  await server.listen(80);
}
`,
    },
    after: { 'src/a.js': `async function start() {\n  await server.listen(80);\n}\n` },
  },
  {
    name: 'a try becomes a .catch',
    before: {
      'src/a.ts': `async function load(id: string) {
  try {
    return await store.read(id);
  } catch (error) {
    return fallback(id, error);
  }
}
`,
    },
    after: {
      'src/a.ts': `async function load(id: string) {
  return store.read(id).catch((error) => fallback(id, error));
}
`,
    },
  },
  {
    name: 'the error check is merged into the return',
    before: {
      'store/a.go': `package store

func Save(db *DB, o Order) error {
	err := db.Insert(o)
	if err != nil {
		return err
	}
	return nil
}
`,
    },
    after: {
      'store/a.go': `package store\n\nfunc Save(db *DB, o Order) error {\n	return db.Insert(o)\n}\n`,
    },
  },
  {
    name: 'a test loses its try',
    before: {
      'src/a.test.ts': `test('reads', async () => {
  try {
    await store.read('1');
  } catch (error) {
    fail(error);
  }
});
`,
    },
    after: { 'src/a.test.ts': `test('reads', async () => {\n  await store.read('1');\n});\n` },
  },
  {
    name: 'a finally becomes try-with-resources',
    before: {
      'src/main/java/a/A.java': `class A {
    String read(Path path) throws IOException {
        Reader reader = Files.newBufferedReader(path);
        try {
            return slurp(reader);
        } finally {
            reader.close();
        }
    }
}
`,
    },
    after: {
      'src/main/java/a/A.java': `class A {
    String read(Path path) throws IOException {
        try (Reader reader = Files.newBufferedReader(path)) {
            return slurp(reader);
        }
    }
}
`,
    },
  },
];
