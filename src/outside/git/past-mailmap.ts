import { runGit } from './run.ts';
import type { Place } from './run.ts';

/** What the mailmap makes of addresses, lower case, in one call. Addresses it does not know stay themselves. */
export async function mapAddresses(
  place: Place,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = addresses.filter((address) => address !== '' && !/[<>\n\0]/.test(address));
  if (asked.length === 0) return new Map();
  const input = asked.map((address) => `<${address}>\n`).join('');
  const { stdout, code } = await runGit(place, ['check-mailmap', '--stdin'], { input });
  const lines = stdout.toString('utf8').trimEnd().split('\n');
  if (code !== 0 || lines.length !== asked.length) return new Map();
  return new Map(
    asked.map((address, index) => {
      const mapped = /<([^<>]*)>\s*$/.exec(lines[index] ?? '')?.[1] ?? address;
      return [address, mapped.trim().toLowerCase()];
    }),
  );
}
