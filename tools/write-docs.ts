import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documents } from './documents.ts';

const root = join(import.meta.dirname, '..');
// A guard that went leaves no page behind.
rmSync(join(root, 'docs/guards'), { recursive: true, force: true });
for (const [path, text] of documents()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
