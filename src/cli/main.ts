import { Command } from 'commander';
export async function main(argv: readonly string[]): Promise<void> {
  await new Command('hallmonitor').parseAsync(argv);
}
