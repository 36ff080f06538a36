import { agentAtStart, toolNamed } from './agents.ts';
import { canonicalModel, findModel } from './models.ts';

/** What a short text names: the value of a disclosure trailer, or the name of a trailer person. */
export interface Disclosure {
  readonly tool: string | null;
  readonly model: string | null;
  /** What the answer rests on; `shape` is `something/session` or `something:model` from a tool we do not know. */
  readonly by: 'agent' | 'model' | 'words' | 'shape' | 'nothing';
  /** Nothing but the agent, its model and their decoration stands there. */
  readonly pure: boolean;
  /** The agent's name is an ordinary word as well; alone it proves nothing inside a sentence. */
  readonly ordinary: boolean;
}

const nothing: Disclosure = {
  tool: null,
  model: null,
  by: 'nothing',
  pure: false,
  ordinary: false,
};

/** Longest value that is read; a real one is one line. */
const valueLimit = 300;

const aiWords =
  /\b(?:llms?|ai|gen-?ai|a\.i\.|large language models?|language model|chat ?bot|coding agent|vibe[- ]cod(?:ed|ing))\b/i;

/** Reads tool and model out of the many shapes people and tools write them in. */
export function readDisclosure(value: string): Disclosure {
  const text = value
    .slice(0, valueLimit)
    .replace(/<[^<>]*>?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '' || isPlaceholder(text)) return nothing;
  const mention = findModel(text);
  const agent = agentIn(text, mention?.nameAt === 0 ? mention.length : 0);
  const model = mention?.model ?? modelBehindColon(text, agent !== null);
  if (agent) return { ...agent, model, by: 'agent', pure: isPure(text, agent.length, mention) };
  if (mention) {
    const pure = isPure(text, 0, mention);
    return { tool: toolBeforeColon(text), model, by: 'model', pure, ordinary: false };
  }
  if (aiWords.test(text)) return { ...nothing, by: 'words', pure: /^\S+$/.test(text) };
  return unknownTool(text);
}

/** A person's name and not a tool's: capitalised words, a handle, or a name with where it is known. */
export function isPersonLike(value: string): boolean {
  const text = value.trim().slice(0, valueLimit);
  const name = text.replace(/<[^<>]*>?/g, '').trim();
  if (/^@[\w-]+$/.test(name) || /^[\w-]+\[bot\]$/.test(name)) return true;
  if (/^\S+(?: \S+)? on (?:github|gitlab|hackerone|irc|slack|discord|x|twitter)\b/i.test(name))
    return true;
  if (/^[^\s<>@]+@[^\s<>@]+$/.test(name) || /<[^<>@\s]+@[^<>\s]+>/.test(text)) return true;
  return (
    /^\p{L}[\p{L}\p{M}'’.-]*(?: \p{L}[\p{L}\p{M}'’.-]*){1,5}$/u.test(name) && /^\p{Lu}/u.test(name)
  );
}

interface AgentPlace {
  readonly tool: string;
  readonly ordinary: boolean;
  readonly length: number;
}

/** The agent at the start, or behind `via`; a model's own name at the start (`Claude Opus 5`) is no agent. */
function agentIn(text: string, modelLength: number): AgentPlace | null {
  const first = agentAtStart(text);
  if (first && first.length >= modelLength) return first;
  const via = /\b(?:via|through|using|inside|running in|in) (?=\S)/i.exec(text);
  const second = via ? agentAtStart(text.slice(via.index + via[0].length)) : null;
  if (second) return { ...second, length: 0 };
  return null;
}

/** The template of a disclosure, as documents quote it: `AGENT_NAME:MODEL_VERSION`. */
export function isPlaceholder(text: string): boolean {
  return /^(?:AGENT_NAME|TOOL_NAME|AI_NAME|<|\[|\{|\$|\.\.\.|…|name\b|agent:model|model\b)/.test(
    text,
  );
}

/** `tool:model` where the model is none we know. */
function modelBehindColon(text: string, agentKnown: boolean): string | null {
  const [, label] = /^[^:]{1,40}:\s?([A-Za-z][\w.-]*\d[\w.-]*)(?=$|[\s#[(])/.exec(text) ?? [];
  const [, inside] = /\(model: ?([\w./-]{2,80})[;,)]/i.exec(text) ?? [];
  const found = inside ?? (agentKnown ? label : undefined);
  return found === undefined ? null : canonicalModel(found);
}

function toolBeforeColon(text: string): string | null {
  const [, before] = /^([A-Za-z][\w .-]{1,30}?):\s?\S/.exec(text) ?? [];
  return before === undefined || findModel(before) !== null || aiWords.test(before)
    ? null
    : toolNamed(before);
}

/** `devx/3066e945-…` and `someagent:some-model-2`: the shape of a disclosure from a tool we do not know. */
function unknownTool(text: string): Disclosure {
  const session =
    /^([A-Za-z][\w.-]{1,30})\/(?:[0-9a-f]{8}-[0-9a-f-]{4,27}|v?\d[\w.]*)(?=$|\s)/i.exec(text);
  if (session?.[1]) return { ...nothing, tool: toolNamed(session[1]), by: 'shape' };
  const model = /^([A-Za-z][\w.-]{1,30}):([A-Za-z][\w.-]*\d[\w.-]*)(?=$|[\s#[(])/.exec(text);
  if (!model?.[1] || !model[2]) return nothing;
  return { ...nothing, tool: toolNamed(model[1]), model: canonicalModel(model[2]), by: 'shape' };
}

/** Whether only decoration is left once agent, model, versions and brackets are taken away. */
function isPure(
  text: string,
  agentLength: number,
  mention: { readonly at: number; readonly length: number } | null,
): boolean {
  const blanked =
    mention === null
      ? text
      : text.slice(0, mention.at) +
        ' '.repeat(mention.length) +
        text.slice(mention.at + mention.length);
  const rest = blanked
    .slice(agentLength)
    .replace(/\([^()]{0,120}\)|\[[^\][]{0,120}\]/g, ' ')
    .replace(/\bpowered by ai\b|\bai coding agent\b/gi, ' ')
    .replace(/#\w+|\bv?\d+(?:\.\d+){0,3}\b/gi, ' ')
    .replace(
      /\b(?:agent|cli|bot|assistant|ai|code|autofix|via|using|with|and|the|model|ide|vs)\b/gi,
      ' ',
    );
  // After `via` the agent stands behind the model, so its name is taken away there as well.
  const words = rest.split(/[\s/:,+&.-]+/).filter((word) => word !== '');
  return words.length === 0 || (words.length <= 3 && agentAtStart(words.join(' ')) !== null);
}
