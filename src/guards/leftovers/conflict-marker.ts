import type { ChangedFile, Guard, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { isProductionPath } from '../language.ts';

const ours = '<'.repeat(7);
const middle = '='.repeat(7);
const theirs = '>'.repeat(7);

export const conflictMarker: Guard = guard({
  id: 'leftovers/conflict-marker',
  severity: 'block',
  protects: 'files that parse',
  breaks: 'The file no longer parses, or both sides of the conflict take effect at once.',
  fix: 'Resolve the conflict and delete the markers.',
  languages: 'any',
  cwe: [1164],
  confidence: 0.97,
  caught: [
    {
      name: 'a whole conflict in code',
      before: { 'src/a.ts': `const retries = 3;\n` },
      after: {
        'src/a.ts': `${ours} HEAD\nconst retries = 3;\n${middle}\nconst retries = 5;\n${theirs} main\n`,
      },
    },
    {
      name: 'a conflict with the common ancestor shown',
      before: { 'app.yaml': `replicas: 2\n` },
      after: {
        'app.yaml': `${ours} ours\nreplicas: 3\n${'|'.repeat(7)} base\nreplicas: 2\n${middle}\nreplicas: 4\n${theirs} theirs\n`,
      },
    },
    {
      name: 'the end marker of a conflict that was half resolved',
      before: { 'src/a.py': `retries = 3\n` },
      after: { 'src/a.py': `retries = 3\nlimit = 4\n${theirs} 1f3e5a7 (raise the limit)\n` },
    },
  ],
  passed: [
    { name: 'a heading in a document', after: { 'README.rst': `Title\n${middle}\n\nText\n` } },
    {
      name: 'a line that only draws a rule',
      after: { 'src/a.py': `print(x)\n# ${middle}${middle}\nprint("${middle}")\n` },
    },
    {
      name: 'edit blocks that a coding agent is taught',
      after: {
        'src/prompt.py': `TEXT = """\n${ours} SEARCH\na\n${middle}\nb\n${theirs} REPLACE\n"""\n`,
      },
    },
    {
      name: 'a document that explains conflicts',
      after: { 'docs/git.md': `    x\n${ours} HEAD\na\n${middle}\nb\n${theirs} main\n` },
    },
    {
      name: 'a recorded conflict for a test',
      after: { 'test/fixtures/conflict.txt': `${ours} HEAD\na\n${middle}\nb\n${theirs} main\n` },
    },
  ],
  look(scene) {
    return scene.files.filter(mayConflict).flatMap(markers);
  },
});

const start = /^<{7} (?!SEARCH|ORIGINAL|UPDATED)\S/;
const end = /^>{7} (?!REPLACE|UPDATED)\S/;

function mayConflict(file: ChangedFile): boolean {
  return (
    file.after !== null &&
    !/\.(?:patch|diff|rej|orig|txt|rst|adoc)$/.test(file.path) &&
    (isProductionPath(file.path) ||
      (file.isTest && !/fixtures?|testdata|__snapshots__/.test(file.path)))
  );
}

// One sighting for each conflict: its first marker.
function markers(file: ChangedFile): readonly Sighting[] {
  const found: Sighting[] = [];
  const lines = file.change.hunks.flatMap((hunk) =>
    hunk.added.map((text, index) => ({ text, line: hunk.newStart + index })),
  );
  const isWhole =
    lines.some(({ text }) => start.test(text)) && lines.some(({ text }) => /^={7}\r?$/.test(text));
  const heads = lines.filter(({ text }) => start.test(text));
  for (const { text, line } of heads.length > 0
    ? heads
    : lines.filter(({ text }) => end.test(text))) {
    // In tests a conflict inside a string is what the test is about.
    if (file.isTest && !isWhole) continue;
    found.push({
      path: file.path,
      line,
      says: `leaves the conflict marker \`${text.slice(0, 40)}\``,
      subject: text.slice(0, 7),
      severity: file.isTest ? 'note' : 'block',
    });
  }
  return found;
}
