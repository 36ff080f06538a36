import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const python = {
  path: 'app/load.py',
  text: 'def load(path):\n    # next\n    return []\n',
  from: '    # next\n    return []',
};
const go = {
  path: 'load/load.go',
  text: 'package load\n\nfunc Load(url string) (string, error) {\n\t// next\n\treturn "", nil\n}\n',
  from: '\t// next\n\treturn "", nil',
};
const java = {
  path: 'src/main/java/Load.java',
  text: 'class Load {\n  String load(String path) throws IOException {\n    // next\n    return "";\n  }\n}\n',
  from: '    // next\n    return "";',
};
const react = {
  path: 'src/Clock.tsx',
  text: 'export function Clock() {\n  const [now, setNow] = useState(0);\n  // next\n  return <b>{now}</b>;\n}\n',
  from: '  // next',
};

/** Things that are opened and left open. */
export const caught: readonly Example[] = [
  edited('a file in Python', {
    ...python,
    to: '    file = open(path)\n    return parse(file.read())',
  }),
  edited('a response in Go', {
    ...go,
    to: '\tresp, err := http.Get(url)\n\tif err != nil {\n\t\treturn "", err\n\t}\n\tbody, err := io.ReadAll(resp.Body.Reader)\n\treturn string(body), err',
  }),
  edited('rows in Go', {
    ...go,
    to: '\trows, err := db.Query("SELECT name FROM users")\n\tif err != nil {\n\t\treturn "", err\n\t}\n\tfor rows.Next() {\n\t\tcount++\n\t}\n\treturn "", nil',
  }),
  edited('a stream in Java', {
    ...java,
    to: '    FileInputStream in = new FileInputStream(path);\n    return parse(in.readAllBytes());',
  }),
  edited('an interval in an effect', {
    ...react,
    to: '  useEffect(() => {\n    setInterval(() => setNow(Date.now()), 1000);\n  }, []);',
  }),
  edited('an effect loses its clean-up', {
    path: 'src/Clock.tsx',
    text: 'export function Clock() {\n  useEffect(() => {\n    const timer = setInterval(tick, 1000);\n    return () => clearInterval(timer);\n  }, []);\n  return <b />;\n}\n',
    from: '    return () => clearInterval(timer);\n',
    to: '',
  }),
  edited('a client of a pool', {
    path: 'src/orders.ts',
    text: 'export async function orders(id: string) {\n  // next\n}\n',
    from: '  // next',
    to: "  const client = await pool.connect();\n  const found = await client.query('SELECT 1');\n  return found.rows;",
  }),
  edited('a reader in C#', {
    path: 'src/Load.cs',
    text: 'class Load\n{\n    string Read(string path)\n    {\n        // next\n    }\n}\n',
    from: '        // next',
    to: '        var reader = new StreamReader(path);\n        return Parse(reader.ReadToEnd());',
  }),
];

/** Things that somebody closes. */
export const passed: readonly Example[] = [
  edited('with', {
    ...python,
    to: '    with open(path) as file:\n        return parse(file.read())',
  }),
  edited('closed in finally', {
    ...python,
    to: '    file = open(path)\n    try:\n        return parse(file.read())\n    finally:\n        file.close()',
  }),
  edited('returned to the caller', { ...python, to: '    file = open(path)\n    return file' }),
  edited('kept in the object', { ...python, to: '    file = open(path)\n    self.file = file' }),
  edited('deferred in Go', {
    ...go,
    to: '\tresp, err := http.Get(url)\n\tif err != nil {\n\t\treturn "", err\n\t}\n\tdefer resp.Body.Close()\n\treturn read(resp)',
  }),
  edited('try with resources', {
    ...java,
    to: '    try (FileInputStream in = new FileInputStream(path)) {\n      return parse(in.readAllBytes());\n    }',
  }),
  edited('an effect that cleans up', {
    ...react,
    to: '  useEffect(() => {\n    const timer = setInterval(() => setNow(Date.now()), 1000);\n    return () => clearInterval(timer);\n  }, []);',
  }),
  edited('a test', {
    ...python,
    path: 'tests/test_load.py',
    to: '    file = open(path)\n    return parse(file.read())',
  }),
];
