import {
  appended,
  edited,
  freshText,
  layoutOf,
  removed,
  replaced,
  type Layout,
} from './json-edit.ts';
import { memberOf, readJsonText, valueOf, type JsonNode } from './json-text.ts';

/** One hook as an agent's file holds it: under which event, and the entry. */
export interface WantedHook {
  readonly event: string;
  readonly entry: Readonly<Record<string, unknown>>;
}

/** What a hooks file must hold; all agents with JSON files keep hooks as lists by event under `hooks`. */
export interface WantedHooks {
  readonly hooks: readonly WantedHook[];
  /** Members of the file that must exist beside `hooks`, such as `version`. */
  readonly beside: Readonly<Record<string, unknown>>;
}

/** A new text, or why the file is left alone and what to do. */
export type Edited = { readonly text: string | null } | { readonly problem: string };

/**
 * The text with our hooks in place, once. Other people's hooks, comments and layout stay; our own older entries are
 * renewed where they stand. Installing twice changes nothing more.
 */
export function withHooks(now: string | null, wanted: WantedHooks): Edited {
  if (now === null || now.replace('\ufeff', '').trim() === '') return { text: fresh(wanted) };
  const root = rootOf(now);
  if ('problem' in root) return root;
  let text = now;
  for (const [key, value] of Object.entries(wanted.beside)) {
    text = changed(text, (node) => (memberOf(node, key) === null ? { key, value } : null));
  }
  const events = [...new Set([...wanted.hooks.map(({ event }) => event), ...eventsOf(root)])];
  for (const event of events) {
    const entries = wanted.hooks.flatMap((hook) => (hook.event === event ? [hook.entry] : []));
    const next = settled(text, event, entries);
    if (next === null) return { problem: oddShape(event) };
    text = next;
  }
  return { text };
}

/** The text without our hooks; null when nothing of the file is left that was not ours. */
export function withoutHooks(now: string, beside: WantedHooks['beside']): Edited {
  const root = rootOf(now);
  if ('problem' in root) return root;
  let text = now;
  for (const event of eventsOf(root)) text = withoutEvent(text, event);
  const left = rootOf(text);
  if ('problem' in left) return left;
  const hooks = memberOf(left, 'hooks')?.value;
  if (text !== now && hooks?.kind === 'object' && hooks.members.length === 0) {
    text = withoutMember(text, left, 'hooks');
  }
  return { text: text !== now && holdsOnly(text, beside) ? null : text };
}

/** Whether a hook, or every hook of a group, is one that some version of `init` wrote. */
export function isOurs(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  const { hooks, command, bash, url } = entry as Readonly<Record<string, unknown>>;
  if (Array.isArray(hooks)) return hooks.length > 0 && hooks.every(isOurs);
  return [command, bash, url].some((value) => typeof value === 'string' && isOurCommand(value));
}

/** Whether a command line, or the address of an HTTP hook, is one that `init` writes. */
export function isOurCommand(command: string): boolean {
  return ourCommands.some((form) => form.test(command));
}

const ourCommands = [
  /\.hallmonitor\/hook\.sh"? [a-z-]/,
  /hallmonitor-hook(?:\.m?js)?'? --agent [a-z-]/,
  /'hook' --agent [a-z-]{1,30} --event /,
  / '?gate-server'? '?start'?$/,
  /^http:\/\/127\.0\.0\.1:\d{1,5}\/hook\/[a-z-]{1,30}\/[\w-]{1,200}$/,
];

function fresh({ hooks, beside }: WantedHooks): string {
  const lists: Record<string, unknown[]> = {};
  for (const { event, entry } of hooks) (lists[event] ??= []).push(entry);
  return freshText({ ...beside, hooks: lists });
}

function rootOf(
  text: string,
): Extract<JsonNode, { kind: 'object' }> | { readonly problem: string } {
  const root = readJsonText(text);
  if ('problem' in root) {
    return {
      problem: `it is not valid JSON (line ${root.problem.line}: ${root.problem.message}); repair it and run init again`,
    };
  }
  if (root.kind !== 'object')
    return { problem: 'it holds no JSON object; repair it and run init again' };
  return root;
}

function eventsOf(root: JsonNode): readonly string[] {
  const hooks = memberOf(root, 'hooks')?.value;
  if (hooks?.kind !== 'object') return [];
  return [...new Set(hooks.members.map(({ key }) => key))];
}

/** Appends a member to the root when the question says so. */
function changed(
  text: string,
  wanted: (root: JsonNode) => { readonly key: string; readonly value: unknown } | null,
): string {
  const root = rootOf(text);
  if ('problem' in root) return text;
  const member = wanted(root);
  if (member === null) return text;
  return edited(text, appended(text, root, { ...member, layout: layoutOf(text, root) }));
}

/** More steps than one event's list can need. */
const mostSteps = 20;

function settled(
  text: string,
  event: string,
  entries: readonly WantedHook['entry'][],
): string | null {
  let now = text;
  for (let step = 0; step < mostSteps; step++) {
    const next = withEvent(now, event, entries);
    if (next === null || next === now) return next;
    now = next;
  }
  return now;
}

function oddShape(event: string): string {
  return `"hooks" or its ${JSON.stringify(event)} is of a shape that the agent does not document; repair it and run init again`;
}

/** One step towards one event's list with exactly these entries of ours; null when the file is not of the known shape. */
function withEvent(
  text: string,
  event: string,
  entries: readonly WantedHook['entry'][],
): string | null {
  const root = rootOf(text);
  if ('problem' in root) return null;
  const layout = layoutOf(text, root);
  const hooks = memberOf(root, 'hooks')?.value;
  if (hooks === undefined) {
    if (entries.length === 0) return text;
    return edited(
      text,
      appended(text, root, { key: 'hooks', value: { [event]: entries }, layout }),
    );
  }
  if (hooks.kind !== 'object') return null;
  const list = memberOf(hooks, event)?.value;
  if (list === undefined) {
    if (entries.length === 0) return text;
    return edited(text, appended(text, hooks, { key: event, value: entries, layout }));
  }
  // A list that we put nothing into may be of a shape of its own.
  if (list.kind !== 'array') return entries.length === 0 ? text : null;
  if (entries.length === 0) return withoutEvent(text, event);
  const cleaned = withoutMixed(text, list);
  if (cleaned !== text) return withEvent(cleaned, event, entries);
  return withEntries(text, list, { entries, layout });
}

/** One step towards the wanted entries; the text itself when nothing is left to do. */
function withEntries(
  text: string,
  list: Extract<JsonNode, { kind: 'array' }>,
  {
    entries,
    layout,
  }: { readonly entries: readonly WantedHook['entry'][]; readonly layout: Layout },
): string {
  const ours = list.elements.filter((element) => isOurs(valueOf(element)));
  const edits = ours.flatMap((element, order) => {
    const value = entries[order];
    if (value === undefined || same(valueOf(element), value)) return [];
    return [replaced(text, element, { value, layout })];
  });
  if (edits.length > 0) return edited(text, edits);
  const surplus = new Set(ours.slice(entries.length).map((node) => list.elements.indexOf(node)));
  if (surplus.size > 0) return edited(text, removed(text, list, surplus));
  const value = entries[ours.length];
  return value === undefined ? text : edited(text, appended(text, list, { value, layout }));
}

/** Takes our hooks out of groups that hold other people's too. */
function withoutMixed(text: string, list: Extract<JsonNode, { kind: 'array' }>): string {
  const edits = list.elements.flatMap((element) => {
    const inner = memberOf(element, 'hooks')?.value;
    if (inner?.kind !== 'array' || isOurs(valueOf(element))) return [];
    const ours = inner.elements.flatMap((hook, at) => (isOurs(valueOf(hook)) ? [at] : []));
    return removed(text, inner, new Set(ours));
  });
  return edits.length === 0 ? text : edited(text, edits);
}

function withoutEvent(text: string, event: string): string {
  const hooksOf = (now: string): JsonNode | undefined => {
    const root = rootOf(now);
    return 'problem' in root ? undefined : memberOf(root, 'hooks')?.value;
  };
  const hooks = hooksOf(text);
  const list = hooks === undefined ? undefined : memberOf(hooks, event)?.value;
  if (list?.kind !== 'array') return text;
  const unmixed = withoutMixed(text, list);
  if (unmixed !== text) return withoutEvent(unmixed, event);
  const ours = list.elements.flatMap((element, at) => (isOurs(valueOf(element)) ? [at] : []));
  if (ours.length === 0) return text;
  if (ours.length < list.elements.length) return edited(text, removed(text, list, new Set(ours)));
  return hooks === undefined ? text : withoutMember(text, hooks, event);
}

function withoutMember(text: string, node: JsonNode, key: string): string {
  if (node.kind !== 'object') return text;
  const at = node.members.findLastIndex((member) => member.key === key);
  return edited(text, removed(text, node, new Set([at])));
}

/** Whether what is left is no more than what a fresh file has beside our hooks. */
function holdsOnly(text: string, beside: WantedHooks['beside']): boolean {
  const root = rootOf(text);
  if ('problem' in root) return false;
  if (/\/[/*]/.test(text)) return false;
  return root.members.every(({ key, value }) => key in beside && same(valueOf(value), beside[key]));
}

/** Equal as JSON; the order of members counts, which at worst renews an entry. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
