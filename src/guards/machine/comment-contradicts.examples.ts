import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = 'export const a = 1;\n';
const python = 'import time\n';

export const caught: readonly Example[] = [
  exampleOf('another number of tries', 'src/a.ts', [
    script,
    `${script}// Retry up to 3 times before giving up.\nconst maxRetries = 5;\n`,
  ]),
  exampleOf('another time limit', 'app/a.py', [
    python,
    `${python}\n# Timeout after 30 seconds\ntimeout = 10\n`,
  ]),
  exampleOf('another limit beside it', 'src/a.js', [
    script,
    `${script}const options = {\n  timeoutMs: 5000, // timeout of 30 seconds\n};\n`,
  ]),
  exampleOf('the number changed and the comment did not', 'src/a.ts', [
    '// Cache expires after 5 minutes.\nconst expiresIn = 5 * 60 * 1000;\n',
    '// Cache expires after 5 minutes.\nconst expiresIn = 50 * 60 * 1000;\n',
  ]),
  exampleOf('a parameter that is not there', 'src/a.ts', [
    script,
    `${script}/**\n * Adds.\n * @param {number} first One.\n * @param second Another.\n */\nexport function add(first: number, other: number) {\n  return first + other;\n}\n`,
  ]),
  exampleOf('a parameter of a docstring that is not there', 'app/a.py', [
    python,
    `${python}\n\ndef load(path):\n    """Load.\n\n    Args:\n        path: Where.\n        encoding (str): How.\n\n    Returns:\n        text: All.\n    """\n    return path\n`,
  ]),
];

export const passed: readonly Example[] = [
  {
    name: 'PHP writes the type before the name',
    after: {
      'app/Backend.php': `<?php\nclass Backend {\n    /**\n     * @param  string  $principalUri\n     * @param array<string, int> $rows\n     * @param mixed ...$more\n     */\n    public function calendars($principalUri, array $rows, ...$more) { return []; }\n    /**\n     * @param  mixed  $id\n     */\n    public function one($id) { return null; }\n}\n`,
    },
  },
  exampleOf('the same in other units', 'src/a.ts', [
    script,
    `${script}// Timeout after 30 seconds.\nconst timeout = 30_000;\n// Expires after 1 day\nconst ttl = 24 * 60 * 60;\n// Retry 3 times\nconst attempts = 4;\n`,
  ]),
  exampleOf('a number about something else', 'src/a.ts', [
    script,
    `${script}// Timeout of 30 seconds in the other service, so half of it here.\nconst rows = 5;\n// Was 30 seconds, times out less often than 10\nconst timeout = 45;\n`,
  ]),
  exampleOf('what was there before', 'src/a.ts', [
    '// Retry 3 times\nconst retries = 9;\n',
    'const b = 1;\n// Retry 3 times\nconst retries = 9;\n',
  ]),
  exampleOf('parameters behind patterns and rests', 'src/a.ts', [
    script,
    `${script}/**\n * @param options.first One.\n * @param rest More.\n */\nexport function add({ first }: Options, ...rest: number[]) {\n  return first;\n}\n`,
  ]),
  exampleOf('keyword arguments of Python', 'app/a.py', [
    python,
    `${python}\n\ndef load(path, **more):\n    """Load.\n\n    Args:\n        path: Where.\n        encoding: How.\n    """\n    return path\n`,
  ]),
  exampleOf('documentation that is right', 'app/a.py', [
    python,
    `${python}\n\ndef load(path: str, mode: str = 'r') -> str:\n    """Load.\n\n    :param path: Where.\n    :param str mode: How.\n    """\n    return path\n`,
  ]),
];
