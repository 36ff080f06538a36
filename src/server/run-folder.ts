import { lstatSync, mkdirSync } from 'node:fs';

/**
 * The folder of this user's gates. It does not depend on the environment, which differs between an agent, a terminal
 * and a desktop, but for tests: `HALLMONITOR_RUN_DIR`.
 */
export function runFolder(): string {
  return process.env['HALLMONITOR_RUN_DIR'] ?? `/tmp/hallmonitor-${ownId()}`;
}

/** Makes the folder, for this user alone; false when somebody else could write there. */
export function ownFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(folder);
  } catch {
    return false; // no such place on this machine: every call is answered without a gate
  }
}

/** Whether a folder is a real one, of this user, and closed to all others. */
export function isOwn(folder: string): boolean {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (there === undefined || !there.isDirectory()) return false;
  return there.uid === ownId() && (there.mode & 0o077) === 0;
}

/** The number of this user, also where no name goes with it, as in many containers; -1 on Windows. */
export function ownId(): number {
  return process.getuid?.() ?? -1;
}
