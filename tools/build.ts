import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { guards } from '../src/guards/guards.ts';
import { examplesApart } from './examples-apart.ts';

// Everything that is plain JavaScript goes into the bundle, because a hook pays for every file it loads.
// What carries native code or WebAssembly stays a dependency of the published package.
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const buildMark = '@BUILD@';
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
};

const bundled = await bundle();
writeExamples();
writeClient();
emitTypes();
writeLicences(bundled);

/** Writes the bundle and gives the names of the packages that went into it. */
async function bundle(): Promise<readonly string[]> {
  const kept = Object.keys(manifest.dependencies);
  rmSync(dist, { recursive: true, force: true });
  const build = await rolldown({
    cwd: root,
    input: { hallmonitor: 'src/cli/bin.ts', index: 'src/index.ts', guard: 'src/guards/guard.ts' },
    platform: 'node',
    plugins: [examplesApart],
    external: (id) => kept.some((name) => id === name || id.startsWith(`${name}/`)),
    transform: {
      define: {
        'process.env.HALLMONITOR_VERSION': JSON.stringify(manifest.version),
        'process.env.HALLMONITOR_BUILD': JSON.stringify(buildMark),
      },
    },
  });
  const { output } = await build.write({
    dir: dist,
    format: 'esm',
    minify: true,
    chunkFileNames: 'part-[name]-[hash].js',
    banner: (chunk) => (chunk.fileName === 'hallmonitor.js' ? '#!/usr/bin/env node' : ''),
  });
  await build.close();
  chmodSync(join(dist, 'hallmonitor.js'), 0o755);
  const modules = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
  return packagesOf(modules);
}

/** Examples of the guards, for whoever asks what one of them catches. */
function writeExamples(): void {
  const all = guards.map(({ id, caught, passed }) => [id, { caught, passed }] as const);
  writeFileSync(join(dist, 'guard-examples.json'), JSON.stringify(Object.fromEntries(all)));
}

/**
 * The tiny client goes beside the bundle. Both carry the same build id, made from the bundle's bytes, so that a client
 * never asks the gate of another build.
 */
function writeClient(): void {
  const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const hash = createHash('sha256');
  for (const name of scripts.sort()) hash.update(readFileSync(join(dist, name)));
  const build = `${manifest.version}-${hash.digest('hex').slice(0, 8)}`;
  for (const name of scripts) {
    const text = readFileSync(join(dist, name), 'utf8');
    if (text.includes(buildMark))
      writeFileSync(join(dist, name), text.replaceAll(buildMark, build));
  }
  const client = readFileSync(join(root, 'src/client/hallmonitor-hook'), 'utf8');
  writeFileSync(join(dist, 'hallmonitor-hook'), client.replaceAll(buildMark, build), {
    mode: 0o755,
  });
}

function packagesOf(modules: readonly string[]): readonly string[] {
  const names = modules.map((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

function emitTypes(): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** The licences of what was bundled travel with the bundle. */
function writeLicences(names: readonly string[]): void {
  const texts = names.map((name) => {
    const folder = join(root, 'node_modules', name);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} is bundled but carries no licence file`);
    return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  writeFileSync(join(dist, 'THIRD-PARTY-LICENCES.txt'), texts.join(`\n${'-'.repeat(72)}\n\n`));
}
