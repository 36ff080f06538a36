import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const route = `export async function pay(req: Request, res: Response) {
  const order = await find(req.params.id);
  if (order === null) return res.status(404).end();
  return res.json(await charge(order));
}
`;
const view = `def pay(request, id):
    order = find(id)
    if order is None:
        raise Http404
    return charge(order)
`;
const rust = `pub async fn pay(req: PayRequest) -> Result<Receipt, Error> {
    let order = find(req.id).await?;
    charge(order).await
}
`;
const go = `package api

func (s *Server) Pay(w http.ResponseWriter, r *http.Request) {
	order, err := s.find(r)
	if err != nil {
		http.Error(w, "not found", 404)
		return
	}
	s.charge(w, order)
}
`;

/** Exits in code that serves. */
export const caught: readonly Example[] = [
  edited('process.exit in a route', {
    path: 'src/routes/pay.ts',
    text: route,
    from: 'return res.status(404).end()',
    to: 'process.exit(1)',
  }),
  edited('sys.exit in a view', {
    path: 'shop/views/pay.py',
    text: view,
    from: 'raise Http404',
    to: 'sys.exit("no such order")',
  }),
  edited('log.Fatal in a Go handler', {
    path: 'api/pay.go',
    text: go,
    from: 'http.Error(w, "not found", 404)',
    to: 'log.Fatalf("not found: %v", err)',
  }),
  edited('unwrap in a Rust handler', {
    path: 'src/handlers/pay.rs',
    text: rust,
    from: 'find(req.id).await?',
    to: 'find(req.id).await.unwrap()',
  }),
  edited('System.exit in a Java service', {
    path: 'src/main/java/shop/services/Pay.java',
    text: 'class Pay {\n  Receipt pay(Order order) {\n    if (order == null) {\n      throw new NotFound();\n    }\n    return charge(order);\n  }\n}\n',
    from: 'throw new NotFound();',
    to: 'System.exit(1);',
  }),
  edited('die in a PHP controller', {
    path: 'app/Http/Controllers/PayController.php',
    text: '<?php\nclass PayController {\n  public function pay(Request $request) {\n    if ($order === null) {\n      abort(404);\n    }\n    return charge($order);\n  }\n}\n',
    from: 'abort(404);',
    to: 'die("no such order");',
  }),
];

/** Exits where a process may end, or that were there. */
export const passed: readonly Example[] = [
  edited('a command-line program', {
    path: 'src/cli/pay.ts',
    text: route,
    from: 'return res.status(404).end()',
    to: 'process.exit(1)',
  }),
  exampleOf('a shutdown on a signal', 'src/routes/stop.ts', [
    'export function stop(server: Server) {\n  server.close();\n}\n',
    "export function stop(server: Server) {\n  process.on('SIGTERM', () => {\n    server.close();\n    process.exit(0);\n  });\n}\n",
  ]),
  edited('main in Python', {
    path: 'shop/pay.py',
    text: `${view}\nif __name__ == "__main__":\n    pay(None, 1)\n`,
    from: 'raise Http404',
    to: 'sys.exit(1)',
  }),
  edited('a second one in a file that has one', {
    path: 'api/pay.go',
    text: go.replace(
      's.charge(w, order)',
      'if s == nil {\n\t\tpanic("no server")\n\t}\n\ts.charge(w, order)',
    ),
    from: 'http.Error(w, "not found", 404)',
    to: 'panic(err)',
  }),
  edited('a task that is waited for', {
    path: 'src/handlers/pay.rs',
    text: rust,
    from: 'charge(order).await',
    to: 'tokio::task::spawn_blocking(move || {\n        charge(order)\n    })\n    .await\n    .unwrap()',
  }),
  edited('an unwrap that says why it is safe', {
    path: 'src/handlers/pay.rs',
    text: rust,
    from: 'charge(order).await',
    to: '// unwrap: the list is never empty here\n    charge(order.items.first().unwrap())',
  }),
  edited('a lock in Rust that only a panic can poison', {
    path: 'src/handlers/pay.rs',
    text: rust,
    from: 'charge(order).await',
    to: 'state.lock().unwrap().charge(order)',
  }),
  edited('a test', {
    path: 'src/routes/pay.test.ts',
    text: route,
    from: 'return res.status(404).end()',
    to: 'process.exit(1)',
  }),
  edited('the words in a message', {
    path: 'src/routes/pay.ts',
    text: route,
    from: 'end()',
    to: "send('never call process.exit(1)')",
  }),
];
