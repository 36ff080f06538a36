import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Place } from './drive.ts';
import { field } from './fake-model/script.ts';

const timeoutMs = 20_000;

/**
 * Trusts every hook that Codex finds, through the interface its own screen uses: it names each hook and its hash, and
 * gets the hash back as trusted. Until then it skips the hook without a word.
 */
export async function trustHooks(place: Place, command: readonly string[]): Promise<void> {
  const [program = '', ...args] = command;
  const server = spawn(program, [...args, 'app-server'], {
    cwd: place.repository,
    env: place.env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const timer = setTimeout(() => server.kill('SIGKILL'), timeoutMs);
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  let id = 0;
  async function ask(method: string, params: object): Promise<unknown> {
    id += 1;
    server.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
    for (;;) {
      const line = await lines.next();
      if (line.done === true)
        throw new Error(`codex app-server ended before it answered ${method}`);
      const answer: unknown = JSON.parse(line.value);
      if (field(answer, 'id') === id) return field(answer, 'result');
    }
  }
  await ask('initialize', { clientInfo: { name: 'test', version: '1' } });
  server.stdin.write(`${JSON.stringify({ method: 'initialized' })}\n`);
  const state = trusted(await ask('hooks/list', { cwds: [place.repository] }));
  await ask('config/batchWrite', {
    edits: [{ keyPath: 'hooks.state', value: state, mergeStrategy: 'upsert' }],
  });
  server.kill();
  clearTimeout(timer);
}

function trusted(listed: unknown): Record<string, { trusted_hash: unknown }> {
  const folders = field(listed, 'data');
  const hooks = (Array.isArray(folders) ? folders : []).flatMap((folder) => {
    const found = field(folder, 'hooks');
    return Array.isArray(found) ? found : [];
  });
  return Object.fromEntries(
    hooks.map((hook) => [String(field(hook, 'key')), { trusted_hash: field(hook, 'currentHash') }]),
  );
}
