import type { Example } from '../guard.ts';

function one(name: string, path: string, [before, after]: readonly [string, string]): Example {
  return { name, before: { [path]: before }, after: { [path]: after } };
}

/** Doors that a change leaves open. */
export const caught: readonly Example[] = [
  one('middleware goes from an Express route', 'src/routes/orders.ts', [
    `router.get('/orders', requireAuth, list);\nrouter.post('/orders', requireAuth, create);\n`,
    `router.get('/orders', requireAuth, list);\nrouter.post('/orders', create);\n`,
  ]),
  one('a router loses its middleware', 'src/server.js', [
    `app.use(express.json());\napp.use(requireAuth);\napp.get('/orders', list);\n`,
    `app.use(express.json());\napp.get('/orders', list);\n`,
  ]),
  one('@login_required goes', 'shop/views.py', [
    `@login_required\ndef orders(request):\n    return render(request, "orders.html")\n`,
    `def orders(request):\n    return render(request, "orders.html")\n`,
  ]),
  one('permission classes become empty', 'shop/api.py', [
    `class Orders(ModelViewSet):\n    permission_classes = [IsAuthenticated]\n    queryset = Order.objects.all()\n`,
    `class Orders(ModelViewSet):\n    permission_classes = []\n    queryset = Order.objects.all()\n`,
  ]),
  one('@PreAuthorize goes', 'src/main/java/shop/OrderController.java', [
    `class OrderController {
    @PreAuthorize("hasRole('ADMIN')")
    @DeleteMapping("/orders/{id}")
    void delete(String id) {
        orders.delete(id);
    }
}
`,
    `class OrderController {
    @DeleteMapping("/orders/{id}")
    void delete(String id) {
        orders.delete(id);
    }
}
`,
  ]),
  one('a Go handler is not wrapped any more', 'server/routes.go', [
    `package server

func Routes(mux *http.ServeMux) {
	mux.HandleFunc("/orders", requireAuth(listOrders))
	mux.HandleFunc("/health", health)
}
`,
    `package server

func Routes(mux *http.ServeMux) {
	mux.HandleFunc("/orders", listOrders)
	mux.HandleFunc("/health", health)
}
`,
  ]),
  one('an admin test goes from a handler', 'src/api/users.js', [
    `async function removeUser(req, res) {
  if (!req.user.isAdmin) {
    return res.status(403).end();
  }
  await users.remove(req.params.id);
  res.status(204).end();
}
`,
    `async function removeUser(req, res) {
  await users.remove(req.params.id);
  res.status(204).end();
}
`,
  ]),
  one('a permission call goes from a Go handler', 'api/orders.go', [
    `package api

func (s *Server) Delete(w http.ResponseWriter, r *http.Request) {
	if !s.hasPermission(r, "orders:delete") {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	s.orders.Delete(r.PathValue("id"))
	w.WriteHeader(204)
}
`,
    `package api

func (s *Server) Delete(w http.ResponseWriter, r *http.Request) {
	s.orders.Delete(r.PathValue("id"))
	w.WriteHeader(204)
}
`,
  ]),
  one('a new route lacks what its siblings have', 'src/routes/invoices.ts', [
    `router.get('/invoices', requireAuth, list);
router.post('/invoices', requireAuth, create);
router.put('/invoices/:id', requireAuth, update);
`,
    `router.get('/invoices', requireAuth, list);
router.post('/invoices', requireAuth, create);
router.put('/invoices/:id', requireAuth, update);
router.delete('/invoices/:id', remove);
`,
  ]),
];

/** The check moved, was replaced, or went with what it protected. */
export const passed: readonly Example[] = [
  one('the check moves from the routes to the router', 'src/routes/orders.ts', [
    `router.get('/orders', requireAuth, list);\nrouter.post('/orders', requireAuth, create);\n`,
    `router.use(requireAuth);\nrouter.get('/orders', list);\nrouter.post('/orders', create);\n`,
  ]),
  one('the route goes with its check', 'src/routes/orders.ts', [
    `router.get('/orders', requireAuth, list);\nrouter.post('/orders', requireAuth, create);\n`,
    `router.get('/orders', requireAuth, list);\n`,
  ]),
  one('one decorator replaces another', 'shop/views.py', [
    `@login_required\ndef orders(request):\n    return render(request, "orders.html")\n`,
    `@permission_required("orders.view")\ndef orders(request):\n    return render(request, "orders.html")\n`,
  ]),
  one('the annotation moves to the class', 'src/main/java/shop/OrderController.java', [
    `class OrderController {
    @PreAuthorize("hasRole('ADMIN')")
    void delete(String id) {
        orders.delete(id);
    }
}
`,
    `@PreAuthorize("hasRole('ADMIN')")
class OrderController {
    void delete(String id) {
        orders.delete(id);
    }
}
`,
  ]),
  one('a health check needs no login', 'src/routes/invoices.ts', [
    `router.get('/invoices', requireAuth, list);
router.post('/invoices', requireAuth, create);
router.put('/invoices/:id', requireAuth, update);
`,
    `router.get('/invoices', requireAuth, list);
router.post('/invoices', requireAuth, create);
router.put('/invoices/:id', requireAuth, update);
router.get('/healthz', health);
`,
  ]),
  {
    name: 'the check moves into a middleware in another file',
    before: {
      'src/api/users.js': `async function removeUser(req, res) {
  if (!req.user.isAdmin) {
    return res.status(403).end();
  }
  await users.remove(req.params.id);
  res.status(204).end();
}
`,
      'src/middleware.js': 'export const none = 1;\n',
    },
    after: {
      'src/api/users.js': `async function removeUser(req, res) {
  await users.remove(req.params.id);
  res.status(204).end();
}
`,
      'src/middleware.js': `export function adminOnly(req, res, next) {
  if (!req.user.isAdmin) return res.status(403).end();
  next();
}
`,
    },
  },
  one('the handler is renamed', 'shop/views.py', [
    `@login_required\ndef orders(request):\n    return render(request, "orders.html")\n`,
    `@login_required\ndef list_orders(request):\n    return render(request, "orders.html")\n`,
  ]),
];
