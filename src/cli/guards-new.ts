import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../change/problems.ts';
import { guardById } from '../guards/guards.ts';
import { ownGuardsFolder } from '../guards/own/own.ts';
import { placeInside } from './stay-inside.ts';
import { topFolder } from './top-folder.ts';

export interface NewGuardOptions {
  readonly repo: string;
  readonly language: string;
  readonly code?: boolean;
}

/** `guards new`: a guard that works, with a comment at each part, for a team to make its own. */
export async function newGuard(id: string, options: NewGuardOptions): Promise<number> {
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id))
    throw new UserError(
      `${id} is no id of a guard`,
      'Use a shelf and a name in small letters, such as shop/raw-price.',
    );
  if (guardById(id) !== null)
    throw new UserError(`${id} is one of the guards that come along`, 'Choose another name.');
  const sample = samples[options.language];
  if (sample === undefined)
    throw new UserError(
      `there is no sample for ${options.language}`,
      `Use one of ${Object.keys(samples).join(', ')}.`,
    );
  const name = `${id.replace('/', '-')}.${options.code === true ? 'ts' : 'yml'}`;
  const path = placeInside(await topFolder(options.repo), `${ownGuardsFolder}/${name}`);
  if (existsSync(path))
    throw new UserError(`${path} exists already`, 'Edit it, or choose another id.');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    options.code === true ? codeOf(id, options.language) : ruleOf(id, options.language, sample),
  );
  const place = `${ownGuardsFolder}/${name}`;
  process.stdout.write(
    `Wrote ${place}. Change it, try it with: hallmonitor guards test ${place}\nIt is asked about changes once it has landed on the target branch.\n`,
  );
  return 0;
}

interface Sample {
  readonly pattern: string;
  readonly caught: string;
  readonly passed: string;
}

const logged: Sample = {
  pattern: 'console.log($WHAT)',
  caught: 'export function pay(card) {\n  console.log(card);\n}\n',
  passed: 'export function pay(card) {\n  audit(card.last4);\n}\n',
};
const samples: Readonly<Partial<{ [language: string]: Sample }>> = {
  typescript: logged,
  tsx: logged,
  javascript: logged,
  python: {
    pattern: 'print($WHAT)',
    caught: 'def pay(card):\n    print(card)\n',
    passed: 'def pay(card):\n    audit(card.last4)\n',
  },
  go: {
    pattern: 'fmt.Println($WHAT)',
    caught: 'package shop\n\nfunc Pay(card Card) {\n\tfmt.Println(card)\n}\n',
    passed: 'package shop\n\nfunc Pay(card Card) {\n\taudit(card.Last4)\n}\n',
  },
  java: {
    pattern: 'System.out.println($WHAT)',
    caught: 'class Pay {\n  void pay(Card card) {\n    System.out.println(card);\n  }\n}\n',
    passed: 'class Pay {\n  void pay(Card card) {\n    audit(card.last4());\n  }\n}\n',
  },
  ruby: {
    pattern: 'puts($WHAT)',
    caught: 'def pay(card)\n  puts(card)\nend\n',
    passed: 'def pay(card)\n  audit(card.last4)\nend\n',
  },
};

function ruleOf(id: string, language: string, sample: Sample): string {
  return `# A guard of our own. Try it: hallmonitor guards test
id: ${id}
# block stops a change, warn asks for a look, note informs.
severity: warn
language: ${language}
# Left out: everything that may run in production. Patterns; ! takes files out again.
# files: ["src/**", "!src/legacy/**"]
says: prints $WHAT
breaks: Card numbers end up in the logs, which more people can read than may.
fix: Log an id, or use the audit log.
# What the change must not bring in, in ast-grep's rule language
# (https://ast-grep.github.io/reference/rule.html). With \`disappears:\` instead, the guard fires
# where the change takes something away, and \`stays:\` names what must still be there.
appears:
  pattern: ${sample.pattern}
# Each must be caught, and not be caught when it was already there before the change.
# \`before:\` and \`after:\` are a file's text, or a map of paths to texts.
caught:
  - name: a card is printed
    after: |
${indented(sample.caught)}
passed:
  - name: the audit log is used
    after: |
${indented(sample.passed)}
`;
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `      ${line}`))
    .join('\n');
}

function codeOf(id: string, language: string): string {
  return `import type { Guard } from 'hallmonitor/guard';

// A guard of our own, as a program. It sees the whole change: every file before and after, with syntax trees.
// It must be pure: same change, same answer. Try it: hallmonitor guards test
export const own: Guard = {
  id: '${id}',
  severity: 'warn',
  protects: 'card numbers',
  breaks: 'Card numbers end up in the logs, which more people can read than may.',
  fix: 'Log an id, or use the audit log.',
  languages: ['${language}'],
  cwe: [532],
  confidence: 0.8,
  caught: [{ name: 'a card is logged', after: { 'src/pay.ts': 'log(cardNumber);\\n' } }],
  passed: [{ name: 'an id is logged', after: { 'src/pay.ts': 'log(orderId);\\n' } }],
  look: (scene) =>
    scene.files
      .filter(({ isTest }) => !isTest)
      .flatMap(({ path, added, after }) =>
        [...added]
          .filter((line) => /\\blog\\(.*cardNumber/.test(after?.lines[line - 1] ?? ''))
          .map((line) => ({ path, line, says: 'logs a card number', subject: 'cardNumber' })),
      ),
};
`;
}
