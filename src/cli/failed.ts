import { UserError } from '../change/problems.ts';
import { plainLines } from './plain.ts';

/** Says what went wrong, as text or (with `--format json`) as data, and gives the exit code. */
export function failed(error: unknown, argv: readonly string[]): number {
  const told = tell(error);
  if (wantsJson(argv)) {
    const { exit, ...fields } = told;
    process.stdout.write(`${JSON.stringify({ schema: 'hallmonitor/error/v1', ...fields })}\n`);
    return exit;
  }
  const lines = [`hallmonitor: ${told.message}`, ...(told.advice === '' ? [] : [told.advice])];
  process.stderr.write(`${plainLines(lines.join('\n'))}\n`);
  return told.exit;
}

/** The same for a command line that is not understood (or asked for help, code 0), which was told as text already. */
export function misused(code: number, message: string, argv: readonly string[]): number {
  if (code === 0) return 0;
  if (wantsJson(argv)) {
    const told = { kind: 'usage', message: message.replace(/^error: /, ''), advice: helpAdvice };
    process.stdout.write(`${JSON.stringify({ schema: 'hallmonitor/error/v1', ...told })}\n`);
  }
  return 2;
}

const helpAdvice = 'hallmonitor --help shows examples';

/** What went wrong, in parts: a mistake with advice, or a fault of ours. */
export interface Told {
  readonly kind: 'usage' | 'failure';
  readonly message: string;
  readonly advice: string;
  readonly exit: number;
}

/** Tells the user's mistake from our own failure. */
export function tell(error: unknown): Told {
  if (error instanceof UserError) {
    return { kind: 'usage', message: error.message, advice: error.advice, exit: 2 };
  }
  const message =
    error instanceof Error
      ? process.env['DEBUG']
        ? (error.stack ?? '')
        : error.message
      : String(error);
  return {
    kind: 'failure',
    message: `failed, so nothing was judged: ${message}`,
    advice: 'This is a fault of Hallmonitor. Run again with DEBUG=1 and report what it prints.',
    exit: 3,
  };
}

function wantsJson(argv: readonly string[]): boolean {
  return argv.some(
    (word, at) => word === '--format=json' || (word === 'json' && argv[at - 1] === '--format'),
  );
}
