import type { Example } from '../guard.ts';

const steps = Array.from(
  { length: 14 },
  (_, index) =>
    `  const part${index} = readCustomerPart(order, ${index}) + surcharge(${index * 3});`,
);
const total = `export function totalOf(order) {\n${steps.join('\n')}\n  return part0;\n}\n`;
const copy = `import { readCustomerPart } from './parts';\n\nexport function sumOf(order) {\n${steps.join('\n')}\n  return part1;\n}\n`;
const python = Array.from(
  { length: 14 },
  (_, index) => `    part${index} = read_customer_part(order, ${index}) + surcharge(${index})`,
).join('\n');

export const caught: readonly Example[] = [
  {
    name: 'a body copied from a file that stays',
    before: {},
    after: { 'src/total.js': total, 'src/sum.js': copy },
  },
  {
    name: 'a body copied from a file the change does not touch',
    before: { 'src/total.js': total, 'src/sum.js': 'export const a = 1;\n' },
    after: { 'src/total.js': total, 'src/sum.js': copy },
  },
  {
    name: 'a body copied within its file',
    before: { 'src/total.js': total },
    after: { 'src/total.js': `${total}\n${copy.split('\n').slice(2).join('\n')}` },
  },
  {
    name: 'a body of Python copied',
    before: { 'app/a.py': `def total(order):\n${python}\n    return part0\n` },
    after: {
      'app/a.py': `def total(order):\n${python}\n    return part0\n`,
      'app/b.py': `def other(order):\n${python}\n    return part1\n`,
    },
  },
];

export const passed: readonly Example[] = [
  {
    name: 'a body that is moved',
    before: { 'src/total.js': total, 'src/sum.js': 'export const a = 1;\n' },
    after: { 'src/total.js': "export { totalOf } from './sum';\n", 'src/sum.js': total },
  },
  {
    name: 'a stored procedure in the schema and in its script',
    before: { 'src/total.js': total, 'scripts/1.sql': total },
    after: { 'src/total.js': `${total}\n`, 'scripts/1.sql': total, 'src/schema/total.sql': copy },
  },
  {
    name: 'tests',
    before: { 'src/total.js': total },
    after: { 'src/total.js': total, 'src/total.test.js': copy },
  },
  {
    name: 'a short run',
    before: { 'src/total.js': total },
    after: {
      'src/total.js': total,
      'src/sum.js': `export function sumOf(order) {\n${steps.slice(0, 6).join('\n')}\n${Array.from({ length: 8 }, (_, index) => `  const own${index} = ownPart(${index});`).join('\n')}\n}\n`,
    },
  },
  {
    name: 'tables of data',
    before: {
      'src/a.js': `export const a = {\n${Array.from({ length: 20 }, (_, index) => `  customerNumber${index}: '${index}',`).join('\n')}\n};\n`,
    },
    after: {
      'src/b.js': `export const b = {\n${Array.from({ length: 20 }, (_, index) => `  customerNumber${index}: '${index}',`).join('\n')}\n};\n`,
      'src/a.js': `export const a = {\n${Array.from({ length: 20 }, (_, index) => `  customerNumber${index}: '${index}',`).join('\n')}\n};\n`,
    },
  },
  {
    name: 'the same parameters',
    before: { 'src/make.ts': taking('make') },
    after: { 'src/make.ts': taking('make'), 'src/start.ts': taking('start') },
  },
];

function taking(name: string): string {
  const numbers = Array.from({ length: 16 }, (_, index) => index);
  const names = numbers.map((number) => `  setting${number},`).join('\n');
  const types = numbers.map((number) => `  setting${number}?: SettingOfVideo;`).join('\n');
  return `export function ${name}({\n${names}\n}: {\n${types}\n}): void {\n  ${name}All(setting1);\n}\n`;
}
