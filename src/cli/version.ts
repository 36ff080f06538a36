import { readFileSync } from 'node:fs';

/** The version of this program: fixed at build time, or read from the manifest when run from source. */
export function version(): string {
  return process.env.HALLMONITOR_VERSION ?? versionFromManifest();
}

function versionFromManifest(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
