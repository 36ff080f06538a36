import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { redact } from '../change/redact.ts';
import { tell } from './failed.ts';
import type { McpAnswer } from './mcp-tool.ts';
import { plainLines } from './plain.ts';

/** A model reads every character of an answer and pays for it; what goes beyond is cut and said to be. */
const mostTextChars = 12_000;
const mostDataChars = 48_000;
/** Longest list at first; as long as the whole is too large, all lists are halved. */
const mostItems = 50;
const mostStringChars = 16_000;
/** More cuts than these are not told one by one. */
const mostCuts = 20;

/** An answer on the wire: no secrets, no characters that hide or reorder, and not more than a model can read. */
export function toolResult({ text, data }: McpAnswer): CallToolResult {
  const { value, cuts } = fitting(data);
  const says = shortened(clean(text), mostTextChars);
  const remark = cuts.length === 0 ? '' : `\nThe data of this answer is cut: ${cuts.join('; ')}.`;
  return {
    content: [{ type: 'text', text: `${says.trimEnd()}${remark}` }],
    structuredContent: cuts.length === 0 ? value : { ...value, cut: cuts },
  };
}

/** What went wrong, as an answer of the tool: the model reads it and can do what it advises. */
export function toolError(error: unknown): CallToolResult {
  const { kind, message, advice } = tell(error);
  const said = { message: clean(message), advice: clean(advice) };
  return {
    isError: true,
    content: [{ type: 'text', text: `${said.message}\n${said.advice}`.trimEnd() }],
    structuredContent: { schema: 'hallmonitor/error/v1', kind, ...said },
  };
}

interface Fitting {
  readonly value: Record<string, unknown>;
  /** What was left out, as sentences without their stop. */
  readonly cuts: readonly string[];
}

function fitting(data: McpAnswer['data']): Fitting {
  for (let items = mostItems; ; items = Math.floor(items / 2)) {
    const cuts = new Set<string>();
    const value = record(data, { items, cuts, name: 'data' });
    if (items <= 1 || JSON.stringify(value).length <= mostDataChars)
      return { value, cuts: [...cuts].slice(0, mostCuts) };
  }
}

interface Cutting {
  readonly items: number;
  readonly cuts: Set<string>;
  /** Key under which the value stands. */
  readonly name: string;
}

function cutTo(value: unknown, cutting: Cutting): unknown {
  if (typeof value === 'string') return string(value, cutting);
  if (Array.isArray(value)) return list(value, cutting);
  return typeof value === 'object' && value !== null ? record(value, cutting) : value;
}

function record(value: object, cutting: Cutting): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, cutTo(member, { ...cutting, name })]),
  );
}

function list(value: readonly unknown[], cutting: Cutting): readonly unknown[] {
  const { items, cuts, name } = cutting;
  if (value.length > items) cuts.add(`${name} has ${items} of ${value.length} entries`);
  return value.slice(0, items).map((member) => cutTo(member, cutting));
}

function string(value: string, { cuts, name }: Cutting): string {
  if (value.length > mostStringChars)
    cuts.add(`${name} has ${mostStringChars} of ${value.length} characters`);
  // Cut last: half a secret would not be known for one.
  return clean(value).slice(0, mostStringChars);
}

/** Tabs stay: code is indented by them. */
function clean(text: string): string {
  return redact(text).split('\t').map(plainLines).join('\t');
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf('\n', limit);
  const kept = text.slice(0, end > 0 ? end : limit);
  return `${kept}\n… The rest of this text is left out; hallmonitor on the command line shows all.`;
}
