import type { Example } from '../guard.ts';

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
