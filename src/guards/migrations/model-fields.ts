/** A stored field of a model. */
export interface Field {
  /** 1-based. */
  readonly line: number;
}

/** More lines of one file are not read. */
const mostLines = 20_000;

/** Columns that a file of Django models declares, as `Model.field`. Abstract models have no table. */
export function djangoFields(lines: readonly string[]): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  let model: string | null = null;
  let own: string[] = [];
  for (const [index, text] of lines.slice(0, mostLines).entries()) {
    const named = /^class\s+(\w+)\s*\(([^)]{0,300})\)/.exec(text);
    if (named !== null) {
      // Mixins have no table of their own; where they are used is not in sight.
      model = /\bmodels\.Model\b/.test(named[2] ?? '') ? (named[1] ?? null) : null;
      own = [];
    } else if (/^\S/.test(text)) model = null;
    const field =
      /^ {4}(\w+)\s*(?::[^=]{0,80})?=\s*models\.(?!ManyToMany)(?:\w*Field|ForeignKey)\(/.exec(
        text,
      )?.[1];
    if (model !== null && field !== undefined) {
      fields.set(`${model}.${field}`, { line: index + 1 });
      own.push(`${model}.${field}`);
    }
    if (model !== null && /^\s+(?:abstract\s*=\s*True|managed\s*=\s*False)/.test(text)) {
      for (const key of own) fields.delete(key);
      model = null;
    }
  }
  return fields;
}

const scalars =
  /^(?:String|Int|BigInt|Float|Decimal|Boolean|DateTime|Json|Bytes|Unsupported\("[^"]*"\))(?:\[\]|\?)?$/;

/** Columns that a Prisma schema declares, as `Model.field`. Relations have no column; enums are left out. */
export function prismaFields(lines: readonly string[]): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  let model: string | null = null;
  for (const [index, text] of lines.slice(0, mostLines).entries()) {
    const named = /^model\s+(\w+)\s*\{/.exec(text)?.[1];
    if (named !== undefined) model = named;
    else if (text.startsWith('}')) model = null;
    const [, field, type] = /^\s+(\w+)\s+(\S+)/.exec(text) ?? [];
    if (
      model === null ||
      field === undefined ||
      !scalars.test(type ?? '') ||
      /@ignore\b/.test(text)
    )
      continue;
    fields.set(`${model}.${field}`, { line: index + 1 });
  }
  return fields;
}
