import type { Example } from '../guard.ts';
import { comes, turns } from './told.ts';

/** A shell reads what somebody else wrote. */
export const caught: readonly Example[] = [
  comes(
    'an Express handler interpolates into exec',
    'src/api/convert.js',
    "const { exec } = require('child_process');\napp.post('/convert', (req, res) => {\n  exec(`convert ${req.body.file} out.png`, done);\n});\n",
  ),
  comes(
    'os.system with an f-string from a form',
    'shop/views.py',
    'import os\n\ndef ping():\n    host = request.args.get("host")\n    os.system(f"ping -c 1 {host}")\n',
  ),
  turns('a list of arguments becomes a line for a shell', 'shop/jobs.py', [
    'import subprocess\n\ndef pack(name):\n    subprocess.run("tar czf out.tgz .", shell=True)\n',
    'import subprocess\n\ndef pack(name):\n    subprocess.run("tar czf " + name, shell=True)\n',
  ]),
  comes(
    'Go hands a query to sh -c',
    'server/ping.go',
    'package server\n\nfunc ping(w http.ResponseWriter, r *http.Request) {\n\thost := r.URL.Query().Get("host")\n\texec.Command("sh", "-c", "ping "+host).Run()\n}\n',
  ),
  comes(
    'Java joins a parameter to a command',
    'src/main/java/shop/Ping.java',
    'class Ping {\n  void go(HttpServletRequest request) throws Exception {\n    Runtime.getRuntime().exec("ping " + request.getParameter("host"));\n  }\n}\n',
  ),
  comes(
    'Ruby backticks with params',
    'app/controllers/ping_controller.rb',
    'def show\n  @out = `ping #{params[:host]}`\nend\n',
  ),
  comes(
    'PHP shell_exec',
    'src/ping.php',
    '<?php\n$host = $_GET["host"];\necho shell_exec("ping " . $host);\n',
  ),
];

/** Fixed commands, lists, escapes, other things called exec. */
export const passed: readonly Example[] = [
  comes(
    'a regular expression is executed',
    'src/a.js',
    "const cp = require('child_process');\nconst m = pattern.exec(`${req.body.a}`);\n",
  ),
  comes(
    'a list without a shell',
    'shop/jobs.py',
    'import subprocess\n\ndef pack(name):\n    subprocess.run(["tar", "czf", name])\n',
  ),
  comes(
    'a fixed command',
    'src/a.ts',
    "import { exec } from 'node:child_process';\nexec('git status', done);\n",
  ),
  comes(
    'the value is escaped',
    'src/ping.php',
    '<?php\n$host = escapeshellarg($_GET["host"]);\necho shell_exec("ping " . $host);\n',
  ),
  comes(
    'a test runs a command',
    'test/run.test.js',
    "const { exec } = require('child_process');\nexec(`ls ${req.body.dir}`);\n",
  ),
];
