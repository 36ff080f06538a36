import type { Provenance } from '../provenance/provenance.ts';
import { count } from './plain.ts';

/** `5 of these lines are disputed: …`; null when all evidence agrees. A note that claims a person is easily written. */
export function disputedLines({ files }: Provenance): string | null {
  const lines = files
    .filter(({ generated }) => generated !== true)
    .flatMap(({ runs }) => runs.filter(({ disputed }) => disputed))
    .reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (lines === 0) return null;
  return `the evidence contradicts itself about ${count(lines, 'line')}: some says AI, some says human`;
}
