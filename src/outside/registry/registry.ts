import type { Registry } from '../../guards/dependencies/dependency.ts';
import type { Answer, Answers } from '../../guards/dependencies/registry.ts';
import type { Asked } from './asked.ts';
import { crates } from './crates.ts';
import { go } from './go.ts';
import { openKept } from './kept.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { pypi } from './pypi.ts';
import { rubygems } from './rubygems.ts';
import type { Speaker } from './speaker.ts';

export type { Asked } from './asked.ts';

/** Which registries may be asked, and where each of them is. */
export type Addresses = ReadonlyMap<Registry, string>;

export interface Asking {
  readonly addresses: Addresses;
  /** Where answers are kept. */
  readonly folder: string;
  /** Unix seconds. */
  readonly now: number;
  /** Longest time one answer may take. */
  readonly limitMs?: number;
}

const speakers: Readonly<Record<Registry, Speaker>> = { npm, pypi, crates, rubygems, go, maven };

/** The public registries. */
export const publicAddresses: Addresses = new Map(
  Object.entries(speakers).map(([name, { address }]) => [name as Registry, address]),
);

/** Questions of one change; whoever adds more packages at once gets no answer about the rest. */
const mostQuestions = 60;
const atOnce = 6;
/** Longest answer that is read. The largest packages of npm stay below it. */
const longestBytes = 64 * 2 ** 20;
const usualLimitMs = 10_000;

/** Asks registries about packages, each once, and remembers. Only names go out; whatever fails is "not asked". */
export async function askRegistries(asked: readonly Asked[], asking: Asking): Promise<Answers> {
  const answers = new Map<string, Answer>();
  const questions = [...new Map(asked.map((one) => [keyOf(one), one])).values()];
  const waiting = questions.slice(0, mostQuestions).values();
  async function work(): Promise<void> {
    for (const one of waiting) answers.set(keyOf(one), await ask(one, asking));
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return {
    now: asking.now,
    of: (registry, name) => answers.get(keyOf({ registry, name })) ?? tooMany,
  };
}

const tooMany: Answer = { kind: 'not-asked', why: 'the change asks for too many new packages' };

function keyOf({ registry, name }: Pick<Asked, 'registry' | 'name'>): string {
  return `${registry} ${name}`;
}

async function ask(asked: Asked, asking: Asking): Promise<Answer> {
  const address = asking.addresses.get(asked.registry);
  if (address === undefined)
    return { kind: 'not-asked', why: `${asked.registry} is not among the registries to ask` };
  const kept = openKept(asking.folder, address);
  const known = kept.read(asked, asking.now);
  if (known !== null) return known;
  const speaker = speakers[asked.registry];
  try {
    const texts: (string | null)[] = [];
    for (const path of speaker.paths(asked)) texts.push(await get(`${address}${path}`, asking));
    const answer = speaker.read(texts, asked);
    kept.write(asked, answer, asking.now);
    return answer;
  } catch (error) {
    return { kind: 'not-asked', why: `${hostOf(address)} gave no answer (${reasonOf(error)})` };
  }
}

/** The text at an address; null where there is none. */
async function get(place: string, { limitMs = usualLimitMs }: Asking): Promise<string | null> {
  const { url, name } = withoutName(place);
  const response = await fetch(url, {
    headers: {
      accept: 'application/json, */*',
      'user-agent': 'hallmonitor (dependency check)',
      ...(name === null ? {} : { authorization: `Basic ${name}` }),
    },
    signal: AbortSignal.timeout(limitMs),
    credentials: 'omit',
  });
  if (response.status === 404 || response.status === 410) {
    await response.body?.cancel();
    return null;
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  return bounded(response);
}

// A name and a password in an address go into a header: `fetch` refuses them, and repeats them in its complaint.
function withoutName(place: string): { readonly url: URL; readonly name: string | null } {
  const url = new URL(place);
  const { username, password } = url;
  if (username === '' && password === '') return { url, name: null };
  url.username = '';
  url.password = '';
  const name = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, name: Buffer.from(name).toString('base64') };
}

async function bounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestBytes) throw new Error('it says too much');
  }
  return text + decoder.decode();
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? 'the registry';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.name === 'TimeoutError') return 'it took too long';
  if (error instanceof SyntaxError) return 'its answer could not be read';
  const cause =
    error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : '';
  return cause === '' ? error.message : cause;
}
