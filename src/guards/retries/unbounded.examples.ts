import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script = `export async function load(url: string) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      return await get(url);
    } catch (error) {
      log(error);
    }
  }
  throw new Error('gave up');
}
`;
const python = `def load(url):
    attempt = 0
    while True:
        try:
            return fetch(url)
        except ConnectionError:
            attempt += 1
            if attempt >= 5:
                raise
`;
const tenacity = `@retry(stop=stop_after_attempt(5), wait=wait_fixed(1))
def load(url):
    return fetch(url)
`;

/** Retries without an end. */
export const caught: readonly Example[] = [
  edited('the cap goes from a loop', {
    path: 'src/load.ts',
    text: script,
    from: 'for (let attempt = 0; attempt < 5; attempt += 1)',
    to: 'for (;;)',
  }),
  edited('the check of attempts goes', {
    path: 'app/load.py',
    text: python,
    from: '            if attempt >= 5:\n                raise\n',
    to: '',
  }),
  edited('tenacity loses its stop', {
    path: 'app/load.py',
    text: tenacity,
    from: 'stop=stop_after_attempt(5), ',
    to: '',
  }),
  edited('retries become endless', {
    path: 'src/client.ts',
    text: 'export const client = connect({ url, maxRetries: 5 });\n',
    from: '5 }',
    to: 'Infinity }',
  }),
  exampleOf('a new loop in Java', 'src/main/java/Load.java', [
    'class Load {\n  Page load(String url) {\n    return get(url);\n  }\n}\n',
    'class Load {\n  Page load(String url) {\n    while (true) {\n      try {\n        return get(url);\n      } catch (IOException e) {\n        log.warn("again", e);\n      }\n    }\n  }\n}\n',
  ]),
  exampleOf('a new loop in Go', 'load/load.go', [
    'package load\n\nfunc Load(url string) Page {\n\tp, _ := get(url)\n\treturn p\n}\n',
    'package load\n\nfunc Load(url string) Page {\n\tfor {\n\t\tp, err := get(url)\n\t\tif err != nil {\n\t\t\tcontinue\n\t\t}\n\t\treturn p\n\t}\n}\n',
  ]),
];

/** Loops that end, or are no retries. */
export const passed: readonly Example[] = [
  edited('another number of attempts', {
    path: 'src/load.ts',
    text: script,
    from: 'attempt < 5',
    to: 'attempt < maxAttempts',
  }),
  exampleOf('a worker that runs for ever', 'app/work.py', [
    'def work(queue):\n    handle(queue.get())\n',
    'def work(queue):\n    while True:\n        try:\n            handle(queue.get())\n        except Exception:\n            log.exception("failed")\n',
  ]),
  exampleOf('a loop with a deadline', 'app/load.py', [
    'def load(url):\n    return fetch(url)\n',
    'def load(url):\n    deadline = time.monotonic() + 30\n    while True:\n        try:\n            return fetch(url)\n        except ConnectionError:\n            if time.monotonic() > deadline:\n                raise\n',
  ]),
  exampleOf('a loop over pages', 'src/pages.ts', [
    'export const pages = () => [];\n',
    'export async function pages() {\n  while (true) {\n    const page = await load();\n    if (page.last) return page;\n  }\n}\n',
  ]),
  edited('a test', {
    path: 'src/load.test.ts',
    text: script,
    from: 'for (let attempt = 0; attempt < 5; attempt += 1)',
    to: 'for (;;)',
  }),
];
