import type { Example } from '../guard.ts';
import { comes, turns } from './told.ts';

/** Data becomes objects or code. */
export const caught: readonly Example[] = [
  turns('safe_load becomes load', 'shop/config.py', [
    'import yaml\n\ndef load(f):\n    return yaml.safe_load(f)\n',
    'import yaml\n\ndef load(f):\n    return yaml.load(f)\n',
  ]),
  comes(
    'pickle reads a cookie',
    'shop/views.py',
    'import pickle\n\ndef cart():\n    return pickle.loads(b64decode(request.cookies["cart"]))\n',
  ),
  comes(
    'eval of a body',
    'src/api/calc.js',
    "app.post('/calc', (req, res) => res.json(eval(req.body.formula)));\n",
  ),
  comes(
    'PHP unserializes a cookie',
    'src/cart.php',
    '<?php\n$cart = unserialize($_COOKIE["cart"]);\n',
  ),
  comes(
    'C# lets JSON name types',
    'src/Store.cs',
    'class Store {\n  JsonSerializerSettings s = new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.All };\n}\n',
  ),
  comes(
    'Ruby restores what a request holds',
    'app/controllers/carts_controller.rb',
    'def show\n  @cart = Marshal.load(Base64.decode64(params[:cart]))\nend\n',
  ),
];

/** The safe forms, and words that only look like them. */
export const passed: readonly Example[] = [
  comes(
    'the safe loader by name',
    'shop/config.py',
    'import yaml\n\ndef load(f):\n    return yaml.load(f, Loader=yaml.SafeLoader)\n',
  ),
  comes(
    'JSON',
    'src/api/calc.js',
    "app.post('/calc', (req, res) => res.json(JSON.parse(req.body.formula)));\n",
  ),
  comes(
    'a method named eval',
    'src/redis.ts',
    'export const run = (script: string) => client.eval(script, 1);\n',
  ),
  comes('a fixed text', 'src/a.js', "const self = Function('return this')();\n"),
  comes(
    'classes are limited',
    'src/cart.php',
    "<?php\n$cart = unserialize($text, ['allowed_classes' => false]);\n",
  ),
  comes('a comment speaks of it', 'shop/a.py', '# never use yaml.load(f) or eval(x)\nx = 1\n'),
];
