import type { Example } from '../guard.ts';
import { comes, turns } from './told.ts';

/** Values become part of the statement. */
export const caught: readonly Example[] = [
  turns('a placeholder becomes an interpolation', 'src/orders.ts', [
    'export function find(id: string) {\n  return db.query(`SELECT * FROM orders WHERE id = $1`, [id]);\n}\n',
    "export function find(id: string) {\n  return db.query(`SELECT * FROM orders WHERE id = '${id}'`);\n}\n",
  ]),
  comes(
    'a Flask handler builds its statement by an f-string',
    'shop/views.py',
    'def orders():\n    user = request.args.get("user")\n    query = f"SELECT * FROM orders WHERE user = \'{user}\'"\n    cursor.execute(query)\n',
  ),
  comes(
    'Go formats a statement from a form',
    'server/orders.go',
    'package server\n\nfunc list(w http.ResponseWriter, r *http.Request) {\n\tname := r.FormValue("name")\n\tq := fmt.Sprintf("SELECT id FROM orders WHERE name = \'%s\'", name)\n\trows, err := db.Query(q)\n}\n',
  ),
  comes(
    'Java joins a statement from a parameter',
    'src/main/java/shop/Orders.java',
    'class Orders {\n  void find(HttpServletRequest request) {\n    String name = request.getParameter("name");\n    statement.executeQuery("SELECT * FROM orders WHERE name = \'" + name + "\'");\n  }\n}\n',
  ),
  comes(
    'Rails writes params into where',
    'app/controllers/orders_controller.rb',
    'class OrdersController < ApplicationController\n  def index\n    @orders = Order.where("name = \'#{params[:name]}\'")\n  end\nend\n',
  ),
  comes(
    'PHP joins a statement from the query string',
    'src/orders.php',
    '<?php\n$id = $_GET["id"];\n$result = $db->query("SELECT * FROM orders WHERE id = " . $id);\n',
  ),
  turns('C# gives up its parameter', 'src/Orders.cs', [
    'class Orders {\n  void Find(string name) {\n    var c = new SqlCommand("SELECT * FROM orders WHERE name = @name", connection);\n    c.Parameters.AddWithValue("@name", name);\n  }\n}\n',
    'class Orders {\n  void Find(string name) {\n    var c = new SqlCommand($"SELECT * FROM orders WHERE owner = \'{name}\'", connection);\n  }\n}\n'.replace(
      '{name}',
      '{owner}',
    ),
  ]),
];

/** Placeholders, tagged templates, fixed pieces, and what was there before. */
export const passed: readonly Example[] = [
  comes(
    'a tagged template hands its values over',
    'src/orders.ts',
    'export const find = (req: Request) => db.execute(sql`SELECT * FROM orders WHERE id = ${req.params.id}`);\n',
  ),
  comes(
    'placeholders',
    'shop/views.py',
    'def orders():\n    user = request.args.get("user")\n    cursor.execute("SELECT * FROM orders WHERE user = %s", (user,))\n',
  ),
  comes(
    'a constant names the table',
    'server/orders.go',
    'package server\n\nfunc list() {\n\trows, err := db.Query("SELECT id FROM " + ORDERS + " WHERE id = $1", id)\n}\n',
  ),
  comes(
    'the value is a number',
    'src/orders.js',
    'app.get("/orders", (req, res) => {\n  const limit = parseInt(req.query.limit, 10);\n  return db.query("SELECT * FROM orders LIMIT " + limit);\n});\n',
  ),
  {
    name: 'the call moves to another file',
    before: {
      'src/a.js':
        'module.exports = (req) => db.query(`SELECT * FROM t WHERE a = ${req.query.a}`);\n',
      'src/b.js': '\n',
    },
    after: {
      'src/a.js': '\n',
      'src/b.js':
        'module.exports = (req) => db.query(`SELECT * FROM t WHERE a = ${req.query.a}`);\n',
    },
  },
  comes(
    'a search in a page is no statement',
    'src/list.js',
    'const found = document.query("select one of " + req.query.a);\n',
  ),
  turns('a comment comes to an old call', 'shop/old.py', [
    'def f(request):\n    cursor.execute("SELECT a FROM t WHERE b = \'%s\'" % request.GET["b"])\n',
    '# old\ndef f(request):\n    cursor.execute("SELECT a FROM t WHERE b = \'%s\'" % request.GET["b"])\n',
  ]),
];
