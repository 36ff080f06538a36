// Words that may follow a model's number and belong to its name.
const suffix =
  'sol|luna|terra|codex|mini|nano|micro|pro|flash|lite|ultra|turbo|max|high|medium|low|xhigh|fast|preview|exp|latest|thinking|reasoning|instruct|coder|chat|deep think|spark|air|large|small';

const version = String.raw`\d{1,4}(?:[.-]\d{1,8}){0,3}[a-z]{0,2}`;

const tail = String.raw`(?:[ -](?:${suffix})\b|-[a-z0-9][a-z0-9.]{0,30}){0,6}`;

const families: readonly string[] = [
  String.raw`claude[ -](?:(?:opus|sonnet|haiku|fable|mythos|instant)\b(?:[ -]${version})?|${version}(?:[ -](?:opus|sonnet|haiku))?)${tail}`,
  String.raw`(?:opus|sonnet|haiku|fable|mythos)[ -]${version}${tail}`,
  String.raw`(?:chat)?gpt[ -](?:${version}|oss)${tail}`,
  String.raw`o[134](?:-(?:mini|pro|preview))?`,
  String.raw`gemini[ -](?:${version}|flash|pro)${tail}`,
  String.raw`gemma[ -]?${version}${tail}`,
  String.raw`grok[ -](?:code|${version})${tail}`,
  String.raw`qwen[ -]?(?:${version}|coder)${tail}`,
  String.raw`deepseek(?:[ -](?:coder|chat|reasoner|[vr]${version}))${tail}`,
  String.raw`kimi[ -]k${version}${tail}`,
  String.raw`glm[ -]${version}${tail}`,
  String.raw`minimax[ -]m${version}${tail}`,
  String.raw`llama[ -]?${version}${tail}`,
  String.raw`(?:mistral|codestral|devstral|magistral|mixtral|ministral)(?:[ -](?:${version}|large|medium|small))?${tail}`,
  String.raw`composer[ -]${version}${tail}`,
  String.raw`swe-${version}${tail}`,
  String.raw`nova[ -](?:pro|lite|micro|premier)${tail}`,
  String.raw`codex-mini${tail}`,
];

// Provider prefixes such as `openai/` and `vertex_ai/` say who served the model, not which it is.
const anyModel = new RegExp(
  String.raw`(?<![\w-])(?:[a-z][\w.-]{1,30}\/){0,3}(?<model>${families.join('|')})(?![\w])`,
  'i',
);

// To compile the pattern above takes milliseconds, and most texts name no model at all.
const anyFamily =
  /claude|opus|sonnet|haiku|fable|mythos|gpt|\bo[134]|gem(?:ini|ma)|grok|qwen|deepseek|kimi|glm|minimax|llama|stral|mixtral|composer|swe-|nova|codex-mini/i;

/** Where a model is named in a short text: its canonical name and the stretch that names it. */
export interface ModelMention {
  readonly model: string;
  /** Where the name itself begins, behind any provider. */
  readonly nameAt: number;
  readonly at: number;
  readonly length: number;
}

/** The first model named in a short text; null when none is. */
export function findModel(text: string): ModelMention | null {
  const near = text.slice(0, 400);
  const match = anyFamily.test(near) ? anyModel.exec(near) : null;
  const model = match?.groups?.['model'];
  if (!match || !model) return null;
  const { index: at, 0: all } = match;
  const nameAt = at + all.length - model.length;
  return { model: canonicalModel(model), nameAt, at, length: all.length };
}

/** One spelling per model, so that `Claude Opus 4.5` and `claude-opus-4-5-20251101` add up. */
export function canonicalModel(name: string): string {
  const slug = name
    .trim()
    .toLowerCase()
    .replace(/^(?:[\w.-]+\/)+/, '')
    .replace(/#.*$/, '')
    .replace(/[\s_]+/g, '-')
    .replace(/[^\w.:-]/g, '')
    .slice(0, 80);
  const family = /^(?:opus|sonnet|haiku|fable|mythos)-/.test(slug) ? `claude-${slug}` : slug;
  if (!family.startsWith('claude-')) return family;
  return family
    .replace(/(?<=\d)\.(?=\d)/g, '-')
    .replace(/-20\d{6}(?=$|-)/, '')
    .replace(/^claude-(\d+(?:-\d+)*)-(opus|sonnet|haiku)/, 'claude-$2-$1');
}
