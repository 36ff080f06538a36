import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { addedComments } from './comments.ts';

const fence = '`'.repeat(3);

export const chatText: Guard = guard({
  id: 'leftovers/chat-text',
  severity: 'block',
  protects: 'files that hold code only',
  breaks:
    'Text of a chat in a source file does not parse, or tells readers what was never checked.',
  fix: 'Delete what the assistant said and keep its code.',
  languages: 'any',
  cwe: [1164],
  confidence: 0.9,
  caught: [
    {
      name: 'the fence of a code block in front of the code',
      after: { 'src/cart.py': `${fence}python\ndef total():\n    return 1\n${fence}\n` },
    },
    {
      name: 'an answer with its greeting',
      after: { 'src/cart.js': `Certainly! Here's the updated code:\n\nexport const total = 1;\n` },
    },
    {
      name: 'a fence left at the end of a settings file',
      before: { 'deploy/app.yaml': `replicas: 2\n` },
      after: { 'deploy/app.yaml': `replicas: 3\n${fence}\n` },
    },
    {
      name: 'an apology of a model in a comment',
      after: {
        'src/cart.go': `package cart\n\n// As an AI language model, I cannot know your tax rate.\nconst rate = 0.2\n`,
      },
    },
  ],
  passed: [
    {
      name: 'a prompt in a string',
      after: {
        'src/prompt.ts': `export const words = ['Certainly!', "Here's the updated code", 'As an AI language model'];\n`,
      },
    },
    {
      name: 'fences in a docstring',
      after: {
        'src/cart.py': `def total():\n    """Adds up.\n\n    ${fence}python\n    total()\n    ${fence}\n    """\n    return 1\n`,
      },
    },
    { name: 'fences in a document', after: { 'README.md': `${fence}sh\nnpm ci\n${fence}\n` } },
    {
      name: 'a comment with code in fences',
      after: { 'src/cart.rs': `/// ${fence}\n/// total();\n/// ${fence}\npub fn total() {}\n` },
    },
    {
      name: 'plain words in a comment',
      after: {
        'src/cart.ts': `// Here is the total that the invoice shows.\n// Sure to be positive.\nexport const total = 1;\n`,
      },
    },
  ],
  look(scene) {
    return scene.files.filter(isCode).flatMap((file) => [...fences(file), ...phrases(file)]);
  },
});

function isCode(file: ChangedFile): boolean {
  return (
    file.after !== null &&
    file.language !== 'markdown' &&
    isKnown.test(file.path) &&
    (file.isTest || isProductionPath(file.path))
  );
}

const isKnown =
  /\.(?:[cm]?[jt]sx?|py|go|java|kt|kts|rb|php|cs|rs|swift|scala|c|h|cc|cpp|hpp|sql|tf|ya?ml|json|toml|sh|bash|css|scss|less|html|vue|svelte|proto|graphql|gradle|ex|exs|properties|env)$|(?:^|\/)Dockerfile$/;

// Only the first and last line of a file: in between, a fence may be part of a string.
function fences(file: ChangedFile): readonly Sighting[] {
  const lines = file.after?.lines ?? [];
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const ends = [...new Set([first, last])].filter(
    (index) => index >= 0 && file.added.has(index + 1),
  );
  return ends
    .filter((index) => /^```[\w+-]*\s*$/.test(lines[index] ?? '') && !isTemplateEnd(file, index))
    .slice(0, 1)
    .map((index) => seen(file, { line: index + 1, text: lines[index] ?? '', severity: 'block' }));
}

// Three back quotes also end a template literal that holds an empty one; a tree without error tells.
function isTemplateEnd(file: ChangedFile, index: number): boolean {
  const root = file.after?.tree() ?? null;
  return root !== null && index > 0 && root.find({ rule: { kind: 'ERROR' } }) === null;
}

const bare =
  /^(?:(?:Certainly|Sure|Absolutely|Of course)[!,.] |Here(?:'|’| i)s (?:the|an|your|a) (?:updated|complete|corrected|modified|revised|fixed|improved|refactored|full|final)\b|I(?:'ve| have) (?:updated|added|fixed|modified|refactored|implemented)\b.*[.:]$|Let me know if\b|I hope this helps|This (?:updated|revised|modified) (?:code|version|implementation)\b)/;
const inComment =
  /\bAs an? (?:AI(?: language)? model|large language model|AI assistant)\b|^(?:Certainly|Sure|Absolutely|Of course)! (?:Here|I|Let)|^I hope this helps|^Let me know if you(?:'d| would| need| have| want)|^Here(?:'|’)s (?:the|your) (?:updated|complete|corrected|modified|revised|fixed|refactored) (?:code|version|file|implementation|function|class|component)\b/i;

function phrases(file: ChangedFile): readonly Sighting[] {
  const lines = file.change.hunks.flatMap((hunk) =>
    hunk.added.map((text, index) => ({ text, line: hunk.newStart + index })),
  );
  if (!lines.some(({ text }) => hint.test(text))) return [];
  const loose = lines.filter(
    ({ text, line }) => bare.test(text) && line <= 3 && isLoose(file, line),
  );
  const said = addedComments(file).filter(({ text }) => inComment.test(text));
  return [
    ...loose.map(({ text, line }) => seen(file, { line, text, severity: 'block' })),
    ...said.map(({ text, line }) =>
      seen(file, { line, text, severity: /As an? (?:AI|large)/i.test(text) ? 'block' : 'warn' }),
    ),
  ];
}

const hint =
  /certainly|sure|absolutely|of course|here(?:'|’| i)s|i(?:'ve| have)|let me know|hope this|as an? (?:ai|large)|this (?:updated|revised|modified)/i;

// Prose at the head of a file of code does not parse.
function isLoose(file: ChangedFile, line: number): boolean {
  const root = file.after?.tree() ?? null;
  if (root === null) return line === 1;
  return root.findAll({ rule: { kind: 'ERROR' } }).some((node) => {
    const { start, end } = node.range();
    return start.line <= line && end.line >= line - 1;
  });
}

interface Line {
  readonly text: string;
  readonly line: number;
  readonly severity: Severity;
}

function seen(file: ChangedFile, { text, line, severity }: Line): Sighting {
  return {
    path: file.path,
    line,
    says: `holds text of a chat: "${text.trim().slice(0, 60)}"`,
    subject: text.trim().slice(0, 120),
    severity: file.isTest ? 'note' : severity,
  };
}
