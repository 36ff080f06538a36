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
