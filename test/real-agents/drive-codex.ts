import { join } from 'node:path';
import { trustHooks } from './codex-trust.ts';
import { write, type Driver } from './drive.ts';
import { responses } from './fake-model/responses.ts';
import { field } from './fake-model/script.ts';

// This model's entry in the agent's own catalogue gives it `apply_patch` and `exec_command` as tools.
const settings = (url: string, repository: string): string => `model = "gpt-5.5"
model_provider = "played"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.played]
name = "played"
base_url = "${url}/v1"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
supports_websockets = false

[projects.${JSON.stringify(repository)}]
trust_level = "trusted"
`;

/** Codex without a terminal. Its user trusts the project and, as the agent asks, each hook in it. */
export const codex: Driver = {
  agent: 'codex',
  wire: responses,
  prepare: ({ home, repository }, url) => {
    write(home, { '.codex/config.toml': settings(url, repository) });
    return { CODEX_HOME: join(home, '.codex'), OPENAI_API_KEY: 'nobody' };
  },
  settle: trustHooks,
  args: ['exec', '--json', '--dangerously-bypass-approvals-and-sandbox', 'Do it.'],
  answersIn: ({ body }) => {
    const items = field(body, 'input');
    return (Array.isArray(items) ? items : [])
      .filter((item) => String(field(item, 'type')).endsWith('_call_output'))
      .map((item) => JSON.stringify(field(item, 'output')));
  },
};
