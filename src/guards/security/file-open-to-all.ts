import type { Fault } from '../code/faults.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard } from '../guard.ts';
import { faultSightings } from './sightings.ts';
import { comes, turns } from './told.ts';

const says = 'lets every account of the machine write the file';

const faults: readonly Fault[] = [
  {
    languages: 'any',
    pattern:
      /\bchmod(?:Sync|Async)?\s*\(\s*[^()]{1,80}(?:\([^()]{0,40}\))?[^()]{0,40},\s*["']?(?:0o|0)?(?:777|666|776|767|766)\b|\b(?:mode|perm|permissions?)["']?\s*(?::|=>|=)\s*["']?(?:0o|0)(?:777|666)\b|\bos\.(?:Chmod|MkdirAll|Mkdir|WriteFile)\([^\n]*,\s*(?:0o|0)(?:777|666)\s*\)|\bos\.OpenFile\([^\n]*,\s*(?:0o|0)777\s*\)|\bos\.(?:mkdir|makedirs|fchmod|lchmod|chmod)\([^\n]*(?:0o)(?:777|666)|FileUtils\.chmod\s*\(?\s*(?:0o?)?(?:777|666)|\bmkdir\(\s*[^,()]{1,80},\s*0777|from_mode\(0o(?:777|666)\)|fromString\(\s*"[rwx-]{7}w[x-]"|\bFile\.chmod\(\s*(?:0o?)?(?:777|666)/,
    unless: /umask|socket/i,
    reach: 1,
    says,
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern: /\bos\.(?:f|l)?chmod\([^\n]*(?:S_IWOTH|S_IRWXO|0o\d?\d[2367])\b/,
    says,
    severity: 'warn',
  },
  {
    languages: ['java', 'kotlin'],
    pattern:
      /\bPosixFilePermission\.OTHERS_(?:WRITE|EXECUTE)\b|\.setWritable\(\s*true\s*,\s*false\s*\)/,
    says,
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern: /\btempfile\.mktemp\s*\(|\bos\.tempnam\s*\(|\bos\.tmpnam\s*\(/,
    says: 'names a temporary file that somebody else can put there first',
    severity: 'note',
  },
  {
    languages: ['shell', 'dockerfile'],
    pattern: /\bchmod\s+(?:-R\s+)?(?:0?777|a\+rwx|o\+w|ugo\+rwx)\b/,
    says,
    severity: 'warn',
  },
];

/** A file or folder that every account may write. */
export const fileOpenToAll: Guard = guard({
  id: 'security/file-open-to-all',
  severity: 'warn',
  protects: 'files of the program',
  breaks: 'Any other process on the machine can change what the program reads or runs.',
  fix: 'Give 0o600 or 0o644 for files and 0o750 or 0o755 for folders.',
  languages: 'any',
  cwe: [732, 377],
  confidence: 0.75,
  caught: [
    turns('a folder opens to all', 'server/store.go', [
      'package server\n\nfunc f() {\n\tos.MkdirAll(dir, 0o755)\n}\n',
      'package server\n\nfunc f() {\n\tos.MkdirAll(dir, 0o777)\n}\n',
    ]),
    comes('chmod 777 in Python', 'shop/files.py', 'os.chmod(path, 0o777)\n'),
    comes('chmod in Node', 'src/files.ts', 'fs.chmodSync(path, 0o777);\n'),
    comes('an image opens its folder', 'Dockerfile', 'FROM node:24\nRUN chmod -R 777 /data\n'),
  ],
  passed: [
    comes(
      'the mode of every new file in Go, which the system narrows',
      'tsdb/chunks.go',
      'package tsdb\n\nfunc f() {\n\tos.OpenFile(p, os.O_WRONLY|os.O_CREATE, 0o666)\n}\n',
    ),
    comes('for the owner only', 'shop/files.py', 'os.chmod(path, 0o600)\n'),
    comes('executable for all', 'src/files.ts', 'fs.chmodSync(path, 0o755);\n'),
    turns('the mode gets narrower', 'server/store.go', [
      'package server\n\nfunc f() {\n\tos.MkdirAll(dir, 0o777)\n}\n',
      'package server\n\nfunc f() {\n\tos.MkdirAll(dir, 0o750)\n}\n',
    ]),
    turns('another folder in the same command', 'docker/Dockerfile', [
      'FROM python\nRUN find /venv/lib/python3.10 -exec chmod a+rwx {} +\n',
      'FROM python\nRUN find /venv/lib/python3.12 -exec chmod a+rwx {} +\n',
    ]),
    comes('a number of another kind', 'src/a.ts', 'export const port = 777;\n'),
  ],
  look(scene) {
    const opened = new Set(scene.files.filter(opensMore).map(({ path }) => path));
    return faultSightings(scene, faults).filter(({ path }) => opened.has(path));
  },
});

// A command whose folder gets another name opens no more than it did.
function opensMore({ before, after }: ChangedFile): boolean {
  return before === null || openings(after?.lines ?? []) > openings(before.lines);
}

function openings(lines: readonly string[]): number {
  return lines.filter(
    (text) => text.length < 1_000 && faults.some(({ pattern }) => pattern.test(text)),
  ).length;
}
