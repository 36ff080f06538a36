import type { Example } from '../guard.ts';
import { comes, turns } from './told.ts';

/** A request decides which file is touched. */
export const caught: readonly Example[] = [
  comes(
    'Express reads the file a query names',
    'src/api/files.ts',
    "app.get('/file', (req, res) => {\n  const text = fs.readFileSync('./files/' + req.query.name);\n  res.send(text);\n});\n",
  ),
  turns('secure_filename goes', 'shop/upload.py', [
    'def upload():\n    f = request.files["f"]\n    name = secure_filename(f.filename)\n    f.save(os.path.join(ROOT, name))\n',
    'def upload():\n    f = request.files["f"]\n    name = f.filename\n    f.save(os.path.join(ROOT, name))\n',
  ]),
  turns('the prefix is not compared any more', 'src/files.ts', [
    'export function read(name: string) {\n  const filePath = path.resolve(root, name);\n  if (!filePath.startsWith(root)) throw new Error("outside");\n  return fs.readFile(filePath);\n}\n',
    'export function read(name: string) {\n  const filePath = path.resolve(root, name);\n  return fs.readFile(filePath);\n}\n',
  ]),
  comes(
    'Go opens what a form names',
    'server/files.go',
    'package server\n\nfunc get(w http.ResponseWriter, r *http.Request) {\n\tname := r.FormValue("name")\n\tdata, err := os.ReadFile("files/" + name)\n}\n',
  ),
  comes(
    'PHP reads what the address names',
    'src/show.php',
    '<?php\necho file_get_contents("pages/" . $_GET["page"]);\n',
  ),
];

/** The path is fixed, checked, or taken from somewhere else. */
export const passed: readonly Example[] = [
  comes(
    'the path is checked before use',
    'src/api/files.ts',
    "app.get('/file', (req, res) => {\n  const file = path.resolve(root, req.query.name);\n  if (!file.startsWith(root)) return res.status(400).end();\n  res.send(fs.readFileSync(file));\n});\n",
  ),
  comes(
    'only the base name counts',
    'shop/views.py',
    'def get():\n    return open(os.path.join(ROOT, os.path.basename(request.args["f"])))\n',
  ),
  comes(
    'who runs the command names the file',
    'src/commands/render.ts',
    "const base = path.resolve(path.dirname(process.argv[1]), '../docs');\nconst target = `${base}/events.md`;\nfs.writeFileSync(target, content());\n",
  ),
  comes(
    'a configured path',
    'src/config.ts',
    'export const config = fs.readFileSync(options.configPath);\n',
  ),
  comes(
    'sendFile keeps to its root',
    'src/api/files.js',
    "app.get('/f/:name', (req, res) => res.sendFile(req.params.name, { root: 'public' }));\n",
  ),
  turns('the check takes another form', 'src/files.ts', [
    'export function read(name: string) {\n  const filePath = path.resolve(root, name);\n  if (!filePath.startsWith(root)) throw new Error("outside");\n  return fs.readFile(filePath);\n}\n',
    'export function read(name: string) {\n  const filePath = path.resolve(root, name);\n  if (path.relative(root, filePath).includes("..")) throw new Error("outside");\n  return fs.readFile(filePath);\n}\n',
  ]),
];
