/** A value as the code that makes it, short and readable: `["a", undefined, new Map([["k", NaN]])]`. */
export function codeOf(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Set) return `new Set(${codeOf([...value])})`;
  if (value instanceof Map) return `new Map(${codeOf([...value])})`;
  const fields = Object.entries(value).map(([key, one]) => `${keyOf(key)}: ${codeOf(one)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function keyOf(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
