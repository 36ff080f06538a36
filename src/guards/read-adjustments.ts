import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Gap } from '../change/change.ts';
import { adjustmentsPath, noAdjustments } from './adjust.ts';
import type { Adjustments } from './adjust.ts';
import { valueOf } from './yaml-value.ts';

const day = z.iso.date('must be a day such as 2027-02-01');
const entry = z.strictObject({
  guard: z.string().min(1),
  severity: z.enum(['block', 'warn', 'note']),
  paths: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  tiers: z
    .union([z.number().int().positive(), z.array(z.number().int().positive()).min(1)])
    .optional(),
  because: z.string().trim().min(1, 'needs a reason'),
  until: day.optional(),
});
const shape = z.strictObject({ version: z.literal(1), adjust: z.array(z.unknown()) });

/** Longest file that is read, in characters. */
const longest = 200_000;

/** Reads `.hallmonitor/guards.yml`. An entry that cannot be used changes nothing and is reported. */
export function readAdjustments(text: string | null): Adjustments {
  if (text === null) return noAdjustments;
  if (text.length > longest) return { entries: [], gaps: [gap('it is too long to be read')] };
  const document = parseDocument(text, { uniqueKeys: true });
  const fault = document.errors[0]?.message.split('\n')[0];
  if (fault !== undefined) return { entries: [], gaps: [gap(fault)] };
  const value = valueOf(document);
  if (value instanceof Error) return { entries: [], gaps: [gap(value.message)] };
  const whole = shape.safeParse(value);
  if (!whole.success) return { entries: [], gaps: whole.error.issues.map(told) };
  const read = whole.data.adjust.map((one) => entry.safeParse(one));
  return {
    entries: read.flatMap(({ data }) =>
      data === undefined
        ? []
        : [
            {
              ...data,
              paths: data.paths === undefined ? null : [data.paths].flat(),
              tiers: data.tiers === undefined ? null : [data.tiers].flat(),
              until: data.until ?? null,
            },
          ],
    ),
    gaps: read.flatMap(({ error }, index) =>
      (error?.issues ?? []).map((issue) => told(issue, `entry ${index + 1}: `)),
    ),
  };
}

function told(issue: z.core.$ZodIssue, place: string | number = ''): Gap {
  const keys = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return gap(`${typeof place === 'string' ? place : ''}${keys}${issue.message}`);
}

function gap(why: string): Gap {
  return { what: adjustmentsPath, why };
}
