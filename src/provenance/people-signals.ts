import { toolNamed } from './agents.ts';
import { isBot } from './bots.ts';
import type { Account } from './bots.ts';
import { readDisclosure } from './disclosure.ts';
import type { Claim, Confidence } from './provenance.ts';
import { signals } from './signals.ts';
import type { Matcher, Signal } from './signals.ts';

/** What a name and an address say about who or what somebody is. */
export interface PersonHit {
  readonly id: string;
  readonly tool: string | null;
  readonly model: string | null;
  readonly claim: Claim;
  /** What it claims when it stands beside a person, as co-author. */
  readonly asCoAuthor: Claim;
  readonly confidence: Confidence;
  readonly source: string;
  /** The address is one that only a forge hands out to a bot account. */
  readonly forgeAccount: boolean;
}

type NameMatcher = Extract<Matcher, { readonly kind: 'name' }>;

const nameSignals = signals.filter((row) => row.where === 'name');
const accountsById = new Map<number, Signal>();
const accountsByLogin = new Map<string, Signal>();
const addresses = new Map<string, Signal>();
for (const row of signals) {
  if (row.match.kind === 'address') addresses.set(row.match.is.toLowerCase(), row);
  if (row.match.kind !== 'account') continue;
  for (const id of row.match.ids) accountsById.set(id, row);
  const login = row.match.login.toLowerCase();
  if (!accountsByLogin.has(login)) accountsByLogin.set(login, row);
}

/** Reads one person: an agent, a bot, or (null) nobody we know, which includes every human. */
export function readPerson(person: {
  readonly name: string;
  readonly email: string;
}): PersonHit | null {
  const name = person.name.slice(0, 200).replace(/\s+/g, ' ').trim();
  const email = person.email.slice(0, 300).trim().toLowerCase();
  const account = accountOf(name, email);
  const row = bySignal(account);
  const said = readDisclosure(name);
  if (row) return fromRow(row, account, said);
  if (isBot(account)) return bot(account);
  return byName(account, said);
}

/** Splits `<id>+<login>@users.noreply.github.com`; a name that ends in `[bot]` is a login too. */
function accountOf(name: string, email: string): Account {
  const [, digits, login] =
    /^(?:(\d{0,15})\+)?([^@+\s]+)@users\.noreply\.github\.com$/.exec(email) ?? [];
  const named = /^[\w-]+\[bot\]$/i.test(name) ? name.toLowerCase() : null;
  return { id: digits ? Number(digits) : null, login: login ?? named, email, name };
}

/** Names that outrank addresses first, then the numeric id, the login, the address, then the other names. */
function bySignal(account: Account): Signal | null {
  const named = nameSignals.filter(({ match }) => match.kind === 'name' && fits(match, account));
  const first = named.find(({ match }) => match.kind === 'name' && match.outranks);
  if (first) return first;
  const byId = account.id === null ? undefined : accountsById.get(account.id);
  if (byId) return byId;
  const byLogin = account.login === null ? undefined : accountsByLogin.get(account.login);
  return byLogin ?? addresses.get(account.email) ?? named[0] ?? null;
}

function fits(match: NameMatcher, account: Account): boolean {
  return match.shape.test(account.name) && (match.anyAddress || isNobodys(account));
}

/** An address that belongs to no person: empty, noreply of a vendor, a bot's, or local to an agent. */
function isNobodys({ email, login, id }: Account): boolean {
  if (email === '') return true;
  // A forge gives every person such an address; only a bot's, or one that was made up without an id, is nobody's.
  if (/@users\.noreply\.(?:github|gitlab)\.com$/.test(email))
    return (
      (login?.endsWith('[bot]') ?? true) || (id === null && /-(?:agent|ai)$/.test(login ?? ''))
    );
  return /no-?reply/.test(email) || email.includes('[bot]') || /@(?:localhost|agent)$/.test(email);
}

function fromRow(
  row: Signal,
  account: Account,
  said: ReturnType<typeof readDisclosure>,
): PersonHit {
  // `Cursor Grok 4.6 <noreply@anthropic.com>` is Cursor; `GPT-5.6 Sol <noreply@anthropic.com>` is what sits at that address.
  const outranked =
    row.match.kind === 'address' &&
    said.by === 'agent' &&
    said.pure &&
    maker(said.tool) !== maker(row.tool);
  return {
    id: row.id,
    tool: outranked || row.tool === null ? said.tool : row.tool,
    model: said.model,
    claim: row.claim,
    asCoAuthor: row.asCoAuthor,
    confidence: row.confidence,
    source: `${row.id} (${row.source})`,
    forgeAccount: isForgeAccount(account, row.match.kind === 'account'),
  };
}

/** `copilot-vscode` and `copilot` are no contradiction. */
function maker(tool: string | null): string {
  return tool?.split('-')[0] ?? '';
}

/** An address a forge hands out for a bot's account: one that we list, or one that ends in `[bot]`. */
function isForgeAccount({ email, login }: Account, listed: boolean): boolean {
  if (login === null || !email.endsWith('@users.noreply.github.com')) return false;
  return listed || login.endsWith('[bot]');
}

function bot(account: Account): PersonHit {
  return {
    id: 'bots',
    tool: account.login?.replace(/\[bot\]$/, '') ?? toolNamed(account.name),
    model: null,
    claim: 'bot',
    asCoAuthor: 'bot',
    confidence: 'high',
    source: 'table of bots',
    forgeAccount: isForgeAccount(account, false),
  };
}

/** The generic rule: a name that is nothing but an agent or a model, beside an address that is nobody's. */
function byName(account: Account, said: ReturnType<typeof readDisclosure>): PersonHit | null {
  const rests = said.by === 'agent' || said.by === 'model';
  if (!rests || !said.pure || !isNobodys(account)) return null;
  return {
    id: 'name/generic',
    tool: said.tool,
    model: said.model,
    claim: 'ai',
    asCoAuthor: 'ai',
    confidence: said.ordinary && said.model === null ? 'low' : 'medium',
    source: 'name/generic (aiblame)',
    forgeAccount: false,
  };
}
