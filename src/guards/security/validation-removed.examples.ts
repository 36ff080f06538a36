import type { Example } from '../guard.ts';
import { turns } from './told.ts';

/** The check goes, the data still arrives. */
export const caught: readonly Example[] = [
  turns('a schema is no longer asked', 'src/api/orders.ts', [
    'export async function create(req: Request) {\n  const order = orderSchema.parse(req.body);\n  await audit(req);\n  return db.orders.insert(order);\n}\n',
    'export async function create(req: Request) {\n  const order = req.body;\n  await audit(req);\n  return db.orders.insert(order);\n}\n',
  ]),
  turns('@Valid goes', 'src/main/java/shop/OrderController.java', [
    'class OrderController {\n  @PostMapping("/orders")\n  void create(@Valid @RequestBody Order order) {\n    orders.save(order);\n  }\n}\n',
    'class OrderController {\n  @PostMapping("/orders")\n  void create(@RequestBody Order order) {\n    orders.save(order);\n  }\n}\n',
  ]),
  turns('a model is no longer made of the payload', 'shop/api.py', [
    'def create(request):\n    data = OrderIn.model_validate(request.json)\n    audit(request)\n    return store(data)\n',
    'def create(request):\n    data = request.json\n    audit(request)\n    return store(data)\n',
  ]),
  turns('Go validates no more', 'server/orders.go', [
    'package server\n\nfunc create(w http.ResponseWriter, r *http.Request) {\n\tvar order Order\n\tjson.NewDecoder(r.Body).Decode(&order)\n\tif err := validate.Struct(order); err != nil {\n\t\treturn\n\t}\n\tstore(order)\n}\n',
    'package server\n\nfunc create(w http.ResponseWriter, r *http.Request) {\n\tvar order Order\n\tjson.NewDecoder(r.Body).Decode(&order)\n\tstore(order)\n}\n',
  ]),
];

/** Another check, another place, or no data left. */
export const passed: readonly Example[] = [
  turns('another library', 'src/api/orders.ts', [
    'export async function create(req: Request) {\n  const order = orderSchema.parse(req.body);\n  await audit(req);\n  return db.orders.insert(order);\n}\n',
    'export async function create(req: Request) {\n  const order = checkedOrder.validate(req.body);\n  await audit(req);\n  return db.orders.insert(order);\n}\n',
  ]),
  {
    name: 'the check moves to a middleware',
    before: {
      'src/api/orders.ts':
        'export async function create(req: Request) {\n  const order = orderSchema.parse(req.body);\n  await audit(req);\n  return db.orders.insert(order);\n}\n',
      'src/routes.ts': "router.post('/orders', create);\n",
    },
    after: {
      'src/api/orders.ts':
        'export async function create(req: Request) {\n  const order = req.body;\n  await audit(req);\n  return db.orders.insert(order);\n}\n',
      'src/routes.ts': "router.post('/orders', validateBody(orderSchema), create);\n",
    },
  },
  turns('the handler goes', 'src/api/orders.ts', [
    'export async function create(req: Request) {\n  return db.orders.insert(orderSchema.parse(req.body));\n}\n',
    'export const none = 1;\n',
  ]),
  turns('JSON is parsed otherwise', 'src/api/orders.ts', [
    'export function read(text: string) {\n  const order = JSON.parse(text);\n  return order.total;\n}\n',
    'export function read(text: string) {\n  const order = parseOrder(text);\n  return order.total;\n}\n',
  ]),
];
