import type { ChangedFile, Guard, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { addedComments } from './comments.ts';
import type { Comment } from './comments.ts';

export const elision: Guard = guard({
  id: 'leftovers/elision',
  severity: 'block',
  protects: 'code that an answer of a model left out',
  breaks: 'The code that the comment stands for is gone, and whatever relied on it fails.',
  fix: 'Put the code back that the comment stands for.',
  languages: 'any',
  cwe: [1164],
  confidence: 0.9,
  caught: [
    {
      name: 'a body gives way to a comment',
      before: {
        'src/cart.ts': `export function total(cart) {\n  const sum = add(cart);\n  const tax = sum * rate;\n  audit(sum, tax);\n  return sum + tax;\n}\n`,
      },
      after: {
        'src/cart.ts': `export function total(cart) {\n  // ... existing code ...\n  return 1;\n}\n`,
      },
    },
    {
      name: 'the rest of a file is said to be unchanged',
      before: {
        'src/cart.py': `def a():\n    return 1\n\ndef b():\n    return 2\n\ndef c():\n    return 3\n`,
      },
      after: { 'src/cart.py': `def a():\n    return 4\n\n# rest of the code remains unchanged\n` },
    },
    {
      name: 'a new file with a hole in it',
      after: {
        'src/cart.go': `package cart\n\nfunc Total() int {\n\t// ... rest of the implementation ...\n\treturn 0\n}\n`,
      },
    },
    {
      name: 'settings that were left out',
      before: { 'config/app.yaml': `a: 1\nb: 2\nc: 3\nd: 4\n` },
      after: { 'config/app.yaml': `a: 2\n# ... other settings remain the same ...\n` },
    },
  ],
  passed: [
    {
      name: 'a comment about what happens elsewhere',
      after: {
        'src/a.ts': `// The rest of the pipeline expects sorted input.\nsort(x);\n// existing users keep their plan\nkeep(x);\n`,
      },
    },
    {
      name: 'a prompt that teaches the mark',
      after: {
        'src/prompt.ts':
          'export const rule = `Write\n// ... existing code ...\nwhere you leave code out`;\n',
      },
    },
    {
      name: 'an example in a document',
      after: { 'docs/api.md': `// ... existing code ...\n` },
    },
    {
      name: 'a list of examples in a comment',
      after: { 'src/a.py': `# one, two, ...\n# and so on for the remaining items\nrun()\n` },
    },
    {
      name: 'a note on code that stays the same on purpose',
      after: {
        'src/a.java': `class A {\n  // Remaining methods are inherited unchanged from the parent.\n  int a() { return 1; }\n}\n`,
      },
    },
  ],
  look(scene) {
    return scene.files
      .filter(
        (file) =>
          isRead(file) &&
          file.change.hunks.some((hunk) => hunk.added.some((line) => hint.test(line))),
      )
      .flatMap((file) =>
        addedComments(file)
          .filter(leavesOut)
          .map((comment) => sighting(file, comment)),
      );
  },
});

function isRead(file: ChangedFile): boolean {
  return file.isTest || isProductionPath(file.path);
}

const what =
  '(?:code|file|functions?|class(?:es)?|components?|methods?|implementation|logic|module|tests?|imports?|props|fields|properties|routes?|handlers?|settings|config(?:uration)?|options|styles|script|body|content|cases|definitions?|setup|template|types?)';
const hint = /\.\.\.|…|unchanged|same|omitted|as before|previous|existing/i;
const dotted = new RegExp(
  `^[([{]?\\s*(?:\\.{3}|…)\\s*\\(?(?:(?:keep|the|all|your|and|with|include|insert|add)\\s+)*(?:rest|remaining|existing|previous|other|original|same|unchanged|remainder)\\b(?:\\s+(?:of|the|your|this|existing|remaining|other)\\b)*(?:\\s+[\\w-]+)?\\s*\\b${what}?\\b`,
  'i',
);
const trailing = new RegExp(
  `^[([{]?\\s*(?:the |all )?(?:rest of (?:the |your |this )?|remaining |existing |previous |other |original )(?:[\\w-]+ )?${what}(?: \\w+)?(?:\\s+(?:is|are|stays?|remains?))?(?:\\s+(?:unchanged|the same|as before|as is|here|omitted(?: for brevity)?|goes here))*\\s*(?:\\.{3}|…)\\s*[)\\]}]?$`,
  'i',
);
const said = new RegExp(
  `^[([{]?\\s*(?:\\.{3}|…)?\\s*(?:the |all )?(?:rest of (?:the |your |this )?|remaining |existing |previous |other )(?:[\\w-]+ )?${what}(?:\\s+(?:is|are|stays?|remains?))?\\s+(?:unchanged|(?:the )?same|as before|omitted(?: for brevity)?)\\s*(?:\\.|\\.{3}|…)?\\s*[)\\]}]?$`,
  'i',
);

function leavesOut({ text, isAlone }: Comment): boolean {
  if (!isAlone || text.length > 120) return false;
  if (said.test(text) || trailing.test(text)) return true;
  // `... existing code ...` with dots before, and nothing but dots or a bracket behind.
  const match = dotted.exec(text);
  return (
    match !== null &&
    /^\s*(?:(?:unchanged|here|the same|as before|omitted|stays?|remains?)\s*)*(?:\.{3}|…)?\s*[)\]}]?\s*$/.test(
      text.slice(match[0].length),
    )
  );
}

/** Fewer removed lines than this around the comment, and little can have been left out. */
const fewLines = 3;

function sighting(file: ChangedFile, { line, text }: Comment): Sighting {
  const hunk = file.change.hunks.find(
    (one) => line >= one.newStart && line < one.newStart + one.added.length,
  );
  const gone = hunk?.removed.length ?? 0;
  const isHole = file.change.status === 'added' || gone >= fewLines;
  return {
    path: file.path,
    line,
    says:
      gone > 0
        ? `puts the comment "${text.slice(0, 60)}" where ${gone} ${gone === 1 ? 'line was' : 'lines were'}`
        : `adds the comment "${text.slice(0, 60)}" in place of code`,
    subject: text.slice(0, 120),
    severity: file.isTest ? 'note' : isHole ? 'block' : 'warn',
    confidence: isHole ? 0.9 : 0.7,
  };
}
