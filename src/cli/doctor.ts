import { UserError } from '../change/problems.ts';
import { openRepository, type Repository } from '../outside/git/git.ts';
import { agentChecks } from './doctor-agents.ts';
import { gateCheck } from './doctor-gate.ts';
import { gitHooksCheck, policyCheck } from './doctor-git.ts';
import { allGood, doctorText, type DoctorCheck } from './doctor-report.ts';
import { paintFor } from './paint.ts';
import { printJson } from './print.ts';

export interface DoctorOptions {
  readonly repo: string;
  readonly format: string;
}

/**
 * `doctor`: proves that each part of the protection works by driving it. Gives 0 when everything that is set up works,
 * 1 when something is not protected or cannot be known.
 */
export async function doctor(options: DoctorOptions): Promise<number> {
  const repository = await openRepository(options.repo);
  const checks = await checksOf(repository);
  const good = allGood(checks);
  if (options.format === 'json') {
    printJson({ schema: 'hallmonitor/doctor/v1', good, checks });
  } else {
    process.stdout.write(`${doctorText(checks, paintFor(process.stdout, process.env))}\n`);
  }
  return good ? 0 : 1;
}

async function checksOf(repository: Repository): Promise<readonly DoctorCheck[]> {
  if (repository.workTree === null) {
    throw new UserError(
      'this is a bare repository, where no agent works',
      'Run doctor in a work tree.',
    );
  }
  // The agents' hooks leave a gate running, so it is looked for after them.
  const agents = await agentChecks(repository.workTree);
  const gate = await gateCheck(repository.workTree);
  return [gitHooksCheck(repository), policyCheck(repository), gate, ...agents];
}
