import { policySchema } from '../policy/schema.ts';
import { printJson } from './print.ts';

/** `policy schema`: the JSON Schema of the policy file. */
export function printPolicySchema(): number {
  printJson(policySchema());
  return 0;
}
