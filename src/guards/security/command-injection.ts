import { flowsOf } from '../code/flows.ts';
import type { Flow } from '../code/flows.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import { backtickCommands } from './backtick-commands.ts';
import { caught, passed } from './command-injection.examples.ts';
import { programSinks, shellSinks } from './command-sinks.ts';
import { flowSighting, productionFiles } from './sightings.ts';

/** A shell reads text that somebody else chooses. */
export const commandInjection: Guard = guard({
  id: 'security/command-injection',
  severity: 'block',
  protects: 'the machine the program runs on',
  breaks:
    'Whoever chooses the value can add a command of their own, which runs with all rights of the program.',
  fix: 'Start the program without a shell and give it its arguments as a list.',
  languages: writtenLanguages,
  cwe: [78],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) =>
    productionFiles(scene).flatMap((file) => [
      ...flowsOf(scene, file, shellSinks).flatMap(shellSighting),
      ...flowsOf(scene, file, programSinks).flatMap(programSighting),
      ...backtickCommands(scene, file),
    ]),
});

function shellSighting(flow: Flow): readonly Sighting[] {
  const { origin, callee, argument } = flow;
  const value = origin.built?.values[0]?.slice(0, 40).replace(/\s+/g, ' ') ?? argument;
  if (origin.sent)
    return [flowSighting(flow, `lets ${callee} run ${value}, which comes from a request`, 'block')];
  if (origin.built === null) return [];
  const was = flow.wasFixed ? ', where the command was fixed' : '';
  return [
    flowSighting(
      flow,
      `puts ${value} into the command that ${callee} runs${was}`,
      flow.wasFixed ? 'warn' : 'note',
    ),
  ];
}

function programSighting(flow: Flow): readonly Sighting[] {
  if (!flow.origin.sent) return [];
  const says = `starts a program by ${flow.callee} with ${flow.argument}, which comes from a request`;
  return [flowSighting(flow, says, 'warn')];
}
