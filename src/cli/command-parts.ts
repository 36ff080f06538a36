import { Command, Option } from 'commander';

/** A positional argument with a fixed set of words. */
export function argumentOf(
  name: string,
  choices: readonly string[],
): ReturnType<Command['createArgument']> {
  return new Command().createArgument(name).choices(choices);
}

/** `--format` with what a command can print. */
export function formats(choices: readonly string[]): Option {
  return new Option('--format <format>', 'how to print the result')
    .choices(choices)
    .default('text');
}

/** Examples below a command's help. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
