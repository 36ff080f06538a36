import type { Example } from '../guard.ts';

function one(name: string, path: string, [before, after]: readonly [string, string]): Example {
  return { name, before: { [path]: before }, after: { [path]: after } };
}

/** Waits that lose their end. */
export const caught: readonly Example[] = [
  {
    name: 'a signal goes while a limit elsewhere only gets another value',
    before: {
      'src/rates.ts': `export async function rate(url: string) {\n  const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });\n  return answer.json();\n}\n`,
      'src/chat.ts': `const TIMEOUT_MS = 700000;\n`,
    },
    after: {
      'src/rates.ts': `export async function rate(url: string) {\n  const answer = await fetch(url);\n  return answer.json();\n}\n`,
      'src/chat.ts': `const TIMEOUT_MS = 700;\n`,
    },
  },
  one('a Python request loses its timeout', 'app/rates.py', [
    `def rate(currency):\n    answer = requests.get(url(currency), timeout=5)\n    return answer.json()\n`,
    `def rate(currency):\n    answer = requests.get(url(currency))\n    return answer.json()\n`,
  ]),
  one('a fetch loses its signal', 'src/rates.ts', [
    `export async function rate(currency: string) {
  const answer = await fetch(url(currency), {
    signal: AbortSignal.timeout(5000),
  });
  return answer.json();
}
`,
    `export async function rate(currency: string) {
  const answer = await fetch(url(currency));
  return answer.json();
}
`,
  ]),
  one('an axios timeout becomes 0', 'src/client.js', [
    `export const client = axios.create({\n  baseURL: base,\n  timeout: 3000,\n});\n`,
    `export const client = axios.create({\n  baseURL: base,\n  timeout: 0,\n});\n`,
  ]),
  one('a Go context loses its deadline', 'rates/rates.go', [
    `package rates

func Rate(ctx context.Context, c string) (Rate, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return client.Rate(ctx, c)
}
`,
    `package rates

func Rate(ctx context.Context, c string) (Rate, error) {
	return client.Rate(ctx, c)
}
`,
  ]),
  one('a Go call gets the background context', 'api/orders.go', [
    `package api

func (s *Server) List(w http.ResponseWriter, r *http.Request) {
	rows, err := s.db.QueryContext(r.Context(), listOrders)
	s.write(w, rows, err)
}
`,
    `package api

func (s *Server) List(w http.ResponseWriter, r *http.Request) {
	rows, err := s.db.QueryContext(context.Background(), listOrders)
	s.write(w, rows, err)
}
`,
  ]),
  one('a Go client loses its timeout', 'rates/client.go', [
    `package rates

func NewClient() *Client {
	return &Client{http: &http.Client{Timeout: 5 * time.Second}}
}
`,
    `package rates

func NewClient() *Client {
	return &Client{http: &http.Client{}}
}
`,
  ]),
  one('a Java connection loses its read timeout', 'src/main/java/shop/Rates.java', [
    `class Rates {
    InputStream read(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setReadTimeout(5000);
        return connection.getInputStream();
    }
}
`,
    `class Rates {
    InputStream read(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        return connection.getInputStream();
    }
}
`,
  ]),
];

/** The limit moved, changed its value, or went with the wait. */
export const passed: readonly Example[] = [
  one('the limit gets another value', 'app/rates.py', [
    `def rate(currency):\n    return requests.get(url(currency), timeout=5)\n`,
    `def rate(currency):\n    return requests.get(url(currency), timeout=10)\n`,
  ]),
  one('the limit becomes a constant', 'app/rates.py', [
    `def rate(currency):\n    return requests.get(url(currency), timeout=5)\n`,
    `TIMEOUT_S = 5\n\n\ndef rate(currency):\n    return requests.get(url(currency), timeout=TIMEOUT_S)\n`,
  ]),
  one('the call goes with its limit', 'src/rates.ts', [
    `export async function rate(c: string) {
  await fetch(audit, { signal: AbortSignal.timeout(5000) });
  return table.get(c);
}
`,
    `export async function rate(c: string) {\n  return table.get(c);\n}\n`,
  ]),
  one('options are built before the call', 'src/rates.ts', [
    `export async function rate(c: string) {
  return fetch(url(c), { signal: AbortSignal.timeout(5000) });
}
`,
    `export async function rate(c: string) {
  const options = { signal: AbortSignal.timeout(5000) };
  return fetch(url(c), options);
}
`,
  ]),
  one('a timer is not a limit', 'src/blink.js', [
    `function blink() {\n  setTimeout(() => show(), 500);\n  show();\n}\n`,
    `function blink() {\n  show();\n}\n`,
  ]),
  {
    name: 'the function moves to another file with its limit',
    before: {
      'rates/a.go': `package rates

func Rate(ctx context.Context, c string) (Rate, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return client.Rate(ctx, c)
}

var A = 1
`,
    },
    after: {
      'rates/a.go': 'package rates\n\nvar A = 1\n',
      'rates/b.go': `package rates

func Rate(ctx context.Context, c string) (Rate, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return client.Rate(ctx, c)
}
`,
    },
  },
];
