import { isPersonLike, isPlaceholder, readDisclosure } from './disclosure.ts';
import type { Disclosure } from './disclosure.ts';
import type { Trailer } from './message.ts';
import type { Claim, Confidence } from './provenance.ts';

/** Keys that exist to disclose AI: evidence unless the value is negative or plainly a person. */
export const strongKeys: ReadonlySet<string> = new Set([
  'assisted-by',
  'assisted-by-ai',
  'ai-assisted',
  'ai-assisted-by',
  'ai-agent',
  'ai-assistant',
  'ai-generated',
  'ai-generated-by',
  'ai-used-for',
  'llm-assisted-by',
  'coding-agent',
  'co-developed-by-ai',
  'commit-generated-by',
]);

/** Keys that other tooling uses as well: evidence only when the value names an agent or a model. */
export const weakKeys: ReadonlySet<string> = new Set([
  'generated-by',
  'generated-with',
  'made-with',
  'agent',
]);

/** Keys whose value is somebody who wrote part of the change. */
export const writerKeys: ReadonlySet<string> = new Set(['co-authored-by', 'co-developed-by']);

/** Keys whose value is somebody who looked at it: an agent there gave advice. */
export const adviserKeys: ReadonlySet<string> = new Set([
  'reviewed-by',
  'acked-by',
  'tested-by',
  'suggested-by',
  'reported-by',
  'helped-by',
]);

/** Values of a disclosure trailer that say there was no AI. */
export const negativeValues: ReadonlySet<string> = new Set([
  'none',
  'n/a',
  'na',
  'no',
  'nil',
  'null',
  '-',
  '—',
  'false',
  '0',
  '0%',
  'not applicable',
  'not used',
  'nothing',
  '',
]);

/** What a disclosure trailer says. */
export interface Disclosed {
  readonly tool: string | null;
  readonly model: string | null;
  readonly claim: Claim;
  readonly confidence: Confidence;
}

/** Reads `Assisted-by` and its like; null where the value discloses nothing. */
export function readDisclosureTrailer({ key, value }: Trailer): Disclosed | null {
  const plain = value
    .toLowerCase()
    .replace(/[.!]+$/, '')
    .trim();
  if (negativeValues.has(plain) || isPlaceholder(value)) return null;
  if (strongKeys.has(key)) return strong(key, value);
  return weakKeys.has(key) ? weak(value) : null;
}

function strong(key: string, value: string): Disclosed | null {
  const said = readDisclosure(value);
  if (key === 'ai-used-for') return usedFor(value, said);
  if (said.by === 'agent' && !(said.ordinary && !said.pure && isPersonLike(value)))
    return { ...named(said), claim: 'ai', confidence: 'high' };
  if (said.by === 'model') return { ...named(said), claim: 'ai', confidence: 'high' };
  const share = shareClaim(value);
  if (share !== null) return share === 'none' ? null : yes(share);
  if (said.by === 'words') return yes('ai');
  if (isPersonLike(value) || /\[bot\]/.test(value)) return null;
  if (said.by === 'shape') return { ...named(said), claim: 'ai', confidence: 'medium' };
  // A key that says AI itself leaves only the tool open; `Assisted-by: someword` may be a nickname.
  return { ...yes('ai'), confidence: key === 'assisted-by' ? 'low' : 'medium' };
}

/** `yes`, `partially`, `40 %`: an amount instead of a name. */
function shareClaim(value: string): 'ai' | 'mixed' | 'none' | null {
  const percent = /^[~≈<>]?\s?(\d{1,3})\s?%/.exec(value.trim());
  if (percent?.[1]) {
    const share = Number(percent[1]);
    return share === 0 ? 'none' : share >= 100 ? 'ai' : 'mixed';
  }
  if (/^(?:yes|y|true|1|full(?:y)?|entire(?:ly)?|all|complete(?:ly)?)\b/i.test(value)) return 'ai';
  return /^(?:partial(?:ly)?|part(?:ly)?|some|minor|mixed|in part)\b/i.test(value) ? 'mixed' : null;
}

/** Uses of an AI that leave the writing to a person. */
const advice =
  /^(?:research|review(?:ing)?|code review|self[- ]review|brainstorm(?:ing)?|debug(?:ging)?|analysis|explanations?|investigation|learning|ideas?|planning|questions?|translation|proof[- ]?reading|spell(?:ing)?(?: check(?:ing)?)?|commit messages?|understanding|search)\b/i;

/** Uses that make part of the lines, beside the code proper. */
const partial =
  /^(?:tests?|unit tests?|test cases?|docs?|documentation|comments?|boilerplate|examples?)\b/i;

function usedFor(value: string, said: Disclosure): Disclosed {
  const uses = value
    .replace(/\([^()]{0,100}\)/g, ' ')
    .split(/[,;/&+]| and /i)
    .map((use) => use.trim())
    .filter((use) => use !== '');
  const tool =
    said.by === 'agent' || said.by === 'model' ? named(said) : { tool: null, model: null };
  if (uses.every((use) => advice.test(use)))
    return { ...tool, claim: 'advised', confidence: 'high' };
  const some = uses.every((use) => advice.test(use) || partial.test(use));
  return { ...tool, claim: some ? 'mixed' : 'ai', confidence: 'high' };
}

/** `Generated-by: StageFreight` is a release tool, `Made-with: love` is neither. */
function weak(value: string): Disclosed | null {
  const said = readDisclosure(value);
  if (said.by === 'agent' && (said.pure || !said.ordinary))
    return { ...named(said), claim: 'ai', confidence: said.pure ? 'high' : 'medium' };
  if (said.by === 'model') return { ...named(said), claim: 'ai', confidence: 'medium' };
  if (said.by === 'words' && value.length <= 60) return { ...yes('ai'), confidence: 'medium' };
  return null;
}

function named({ tool, model }: Disclosure): Pick<Disclosed, 'tool' | 'model'> {
  return { tool, model };
}

function yes(claim: Claim): Disclosed {
  return { tool: null, model: null, claim, confidence: 'high' };
}
