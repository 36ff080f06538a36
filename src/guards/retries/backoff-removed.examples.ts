import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const python = `def load(url):
    for attempt in range(5):
        try:
            return fetch(url)
        except ConnectionError:
            time.sleep(2 ** attempt)
    raise Unreachable(url)
`;
const script = `export async function load(url: string) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const answer = await get(url);
    if (answer.ok) return answer;
    await sleep(2 ** attempt * 100);
  }
  throw new Error('gave up');
}
`;
const go = `package load

func Load(url string) error {
	for attempt := 0; attempt < 5; attempt++ {
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt) * time.Second)
	}
	return ErrGaveUp
}
`;
const tenacity = `@retry(stop=stop_after_attempt(5), wait=wait_exponential(multiplier=1, max=10))
def load(url):
    return fetch(url)
`;

/** Retries that lose their pause. */
export const caught: readonly Example[] = [
  edited('a Python loop does not sleep any more', {
    path: 'app/load.py',
    text: python,
    from: 'time.sleep(2 ** attempt)',
    to: 'continue',
  }),
  edited('a TypeScript loop does not wait any more', {
    path: 'src/load.ts',
    text: script,
    from: '    await sleep(2 ** attempt * 100);\n',
    to: '',
  }),
  edited('a Go loop does not sleep any more', {
    path: 'load/load.go',
    text: go,
    from: '\t\ttime.Sleep(time.Duration(attempt) * time.Second)\n',
    to: '',
  }),
  edited('tenacity loses its wait', {
    path: 'app/load.py',
    text: tenacity,
    from: ', wait=wait_exponential(multiplier=1, max=10)',
    to: '',
  }),
  edited('a queue loses its back-off', {
    path: 'src/queue.ts',
    text: "export const options = {\n  attempts: 5,\n  backoff: { type: 'exponential', delay: 1000 },\n};\n",
    from: "  backoff: { type: 'exponential', delay: 1000 },\n",
    to: '',
  }),
];

/** Pauses that stayed, moved, or belonged to no retry. */
export const passed: readonly Example[] = [
  edited('the pause is another function', {
    path: 'src/load.ts',
    text: script,
    from: 'await sleep(2 ** attempt * 100)',
    to: 'await pause(backoff(attempt))',
  }),
  edited('the pause moves to a helper', {
    path: 'app/load.py',
    text: python,
    from: 'time.sleep(2 ** attempt)',
    to: 'self.retry_delay(attempt)',
  }),
  edited('a wait for an animation', {
    path: 'src/toast.ts',
    text: 'export async function hide(toast: Toast) {\n  toast.fade();\n  await sleep(300);\n  toast.remove();\n}\n',
    from: '  await sleep(300);\n',
    to: '',
  }),
  edited('a retry in a test', {
    path: 'src/load.test.ts',
    text: script,
    from: '    await sleep(2 ** attempt * 100);\n',
    to: '',
  }),
  {
    name: 'the loop goes with its pause',
    before: { 'load/load.go': go },
    after: {
      'load/load.go': 'package load\n\nfunc Load(url string) error {\n\treturn get(url)\n}\n',
    },
  },
];
