import { conformance, type Conformance } from '../policy/importers/policy-bot/conformance.ts';
import { plainLines } from './plain.ts';
import { printJson, readNamedMaybeGzipped } from './print.ts';

/** Disagreements shown as text; `--format json` has them all. */
const maxShown = 10;

/** `policy conformance policy-bot`: exit 0 only when every case agrees. */
export async function policyConformance(options: {
  readonly cases: string;
  readonly verdicts: string;
  readonly format: string;
}): Promise<number> {
  const [cases, verdicts] = await Promise.all([
    readNamedMaybeGzipped(options.cases),
    readNamedMaybeGzipped(options.verdicts),
  ]);
  const compared = conformance(cases, verdicts);
  if (options.format === 'json') {
    printJson({ schema: 'hallmonitor/policy-conformance/v1', ...compared });
  } else {
    process.stdout.write(conformanceText(compared));
  }
  // No case at all proves nothing, so it is not agreement.
  return compared.total > 0 && compared.agreed === compared.total ? 0 : 1;
}

function conformanceText({ total, agreed, disagreements }: Conformance): string {
  const shown = disagreements
    .slice(0, maxShown)
    .map(
      ({ case: at, id, expected, got }) =>
        `  case ${at} (${id})\n    expected ${expected}\n    got      ${got}`,
    );
  const rest = disagreements.length - shown.length;
  const lines = [
    `${agreed} of ${total} cases agree`,
    ...shown,
    ...(rest > 0 ? [`  … and ${rest} more (--format json shows all)`] : []),
  ];
  return `${plainLines(lines.join('\n'))}\n`;
}
