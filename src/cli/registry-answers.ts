import { join } from 'node:path';
import type { Change } from '../change/change.ts';
import { UserError } from '../change/problems.ts';
import { packagesToAsk } from '../guards/dependencies/asked-packages.ts';
import type { Registry } from '../guards/dependencies/dependency.ts';
import type { Answers } from '../guards/dependencies/registry.ts';
import { commonDirectory, type Repository } from '../outside/git/git.ts';
import type { Addresses } from '../outside/registry/registry.ts';

/** Whether registries may be asked, and which: what the command line says, else the environment. */
export function registryWish(typed: string | true | undefined): string | null {
  const wish = typed === true ? 'all' : (typed ?? process.env['HALLMONITOR_REGISTRY'] ?? '');
  return /^(?:|off|no|none|0|false)$/i.test(wish.trim()) ? null : wish;
}

export interface RegistryQuestion {
  readonly change: Change;
  readonly readAfter: (path: string) => string | null;
  readonly wish: string;
  /** Where answers are kept, where not in the git directory. */
  readonly cache: string | null;
}

/** Collects what registries say of the packages a change newly asks for; null when it asks for none. */
export async function registryAnswers(
  repository: Repository,
  { change, readAfter, wish, cache }: RegistryQuestion,
): Promise<Answers | null> {
  const asked = packagesToAsk(change, readAfter);
  if (asked.length === 0) return null;
  const { askRegistries, publicAddresses } = await import('../outside/registry/registry.ts');
  const folder = join(cache ?? join(commonDirectory(repository), 'hallmonitor'), 'registry');
  const now = Math.floor(Date.now() / 1000);
  return askRegistries(asked, { addresses: addressesOf(wish, publicAddresses), folder, now });
}

/** Reads `all`, or a list such as `npm,pypi=https://pypi.example.com`. */
export function addressesOf(wish: string, known: Addresses): Addresses {
  if (/^(?:all|on|yes|1|true)$/i.test(wish.trim())) return known;
  const names = wish.split(/[\s,]+/).filter((part) => part !== '');
  return new Map(
    names.map((part) => {
      const [name = '', ...rest] = part.split('=');
      const registry = [...known.keys()].find((one) => one === name);
      const address = rest.join('=').replace(/\/+$/, '');
      if (registry === undefined) throw unknownRegistry(name, [...known.keys()]);
      if (address !== '' && !(/^https?:\/\/\S+$/.test(address) && URL.canParse(address)))
        throw noAddress(name, address);
      return [registry, address === '' ? (known.get(registry) ?? '') : address];
    }),
  );
}

function unknownRegistry(name: string, known: readonly Registry[]): UserError {
  return new UserError(
    `there is no registry called ${name}`,
    `Say all, or some of ${known.join(', ')}, each with =https://… where it is not the public one.`,
  );
}

function noAddress(name: string, address: string): UserError {
  return new UserError(
    `${address.replace(/\/\/[^/@]*@/, '//…@')} is no address for the registry ${name}`,
    `Write it as ${name}=https://…`,
  );
}
