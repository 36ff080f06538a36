import type { Command } from 'commander';

const head = `# The command line

Generated from \`--help\` by \`node tools/write-docs.ts\`; a test fails when it is stale. What machines read is in
[json.md](json.md); what the hooks and the server-side gate do is in [gates.md](gates.md).

Exit codes: **0** may land (or the command succeeded), **1** may not land yet (or what was asked for did not hold),
**2** wrong usage, configuration or input, **3** Hallmonitor itself failed, which a gate takes for *may not land*.
Colour appears on a terminal only (\`NO_COLOR\` and \`FORCE_COLOR\` are heard), progress on standard error.
`;

/** docs/cli.md: what \`--help\` says of every command that is meant for people. */
export function docsOfCommands(program: Command): string {
  const sections = leaves(program, []).map(
    ({ command, names }) => `## ${names.join(' ')}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`,
  );
  return [head, ...sections].join('\n');
}

interface Leaf {
  readonly command: Command;
  readonly names: readonly string[];
}

function leaves(command: Command, above: readonly string[]): readonly Leaf[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((inner) => inner.name() !== 'help')
    .flatMap((inner) => {
      const names = [...above, inner.name()];
      const below = leaves(inner, names);
      return below.length > 0 ? below : [{ command: inner, names }];
    });
}

/** The help with its examples, which commander only gives by printing. */
function helpOf(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({
    writeOut: (text) => void parts.push(text),
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return parts.join('').trimEnd();
}
