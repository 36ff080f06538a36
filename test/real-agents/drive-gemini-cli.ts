import { write, type Driver } from './drive.ts';
import { gemini } from './fake-model/gemini.ts';
import { field } from './fake-model/script.ts';

const quiet = {
  security: { auth: { selectedType: 'gemini-api-key' } },
  privacy: { usageStatisticsEnabled: false },
  telemetry: { enabled: false },
  general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
};

/** Gemini CLI without a terminal, in a folder that its user trusts: without that it does not start. */
export const geminiCli: Driver = {
  agent: 'gemini-cli',
  wire: gemini,
  prepare: ({ home }, url) => {
    write(home, { '.gemini/settings.json': JSON.stringify(quiet, null, 2) });
    return {
      GEMINI_API_KEY: 'nobody',
      GOOGLE_GEMINI_BASE_URL: url,
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
      GEMINI_CLI_NO_RELAUNCH: 'true',
    };
  },
  args: ['--model', 'gemini-2.5-flash', '--approval-mode', 'yolo', '--prompt', 'Do it.'],
  answersIn: ({ body }) =>
    list(field(body, 'contents'))
      .flatMap((content) => list(field(content, 'parts')))
      .map((part) => field(part, 'functionResponse'))
      .filter((answer) => answer !== undefined)
      .map((answer) => JSON.stringify(field(answer, 'response'))),
};

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
