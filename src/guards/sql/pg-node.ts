/** A node of PostgreSQL's parse, as plain data. */
export type Node = Readonly<Record<string, unknown>>;

/** Name of the relation a node is about, without its schema. */
export function relationName(relation: Node): string {
  return text(relation['relname']);
}

/** Kind and body: a node is an object with one key, its kind. */
export function unwrap(node: unknown): readonly [string, Node] {
  const entry = Object.entries(record(node))[0];
  return entry === undefined ? ['', {}] : [entry[0], record(entry[1])];
}

/** The node under a key; empty when there is none. */
export function at(node: Node, key: string): Node {
  return record(node[key]);
}

/** A value as a node; empty when it is none. */
export function record(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Node)
    : {};
}

/** A value as a list; empty when it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text of a String node. */
export function string(node: unknown): string {
  const [kind, body] = unwrap(node);
  return kind === 'String' ? text(body['sval']) : '';
}

/** A value as text; empty when it is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
