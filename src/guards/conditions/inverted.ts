import { productionEdits } from '../code/edits.ts';
import type { Edit } from '../code/edits.ts';
import { codeLanguages, grammarOf } from '../code/grammar.ts';
import { nodeAt } from '../code/node-at.ts';
import { excerpt, fieldOf } from '../code/nodes.ts';
import { contradicts } from '../code/contradiction.ts';
import { guard } from '../guard.ts';
import type { Guard, Sighting, Tree } from '../guard.ts';
import { caught, passed } from './inverted.examples.ts';

/** More edits than this in one run of lines, and the code around the condition changed its meaning as well. */
const mostEdits = 2;

/** A condition turned around while what it decides stayed the same. */
export const inverted: Guard = guard({
  id: 'conditions/inverted',
  severity: 'block',
  protects: 'the meaning of a decision from one changed sign',
  breaks:
    'The branch runs for exactly the cases it was written to leave out, or also for the one at the border.',
  fix: 'Turn the condition back, or add a test that shows the new meaning.',
  languages: codeLanguages,
  cwe: [480, 697, 193],
  confidence: 0.6,
  caught,
  passed,
  look: (scene) => {
    const trace =
      /\b(?:if|elif|elsif|unless|while|when|and|or|not|is|in|return|filter|assert)\b|\?|&&|\|\||[<>!=]=?/;
    const tested = scene.files.some((file) => file.isTest && file.change.added > 0);
    return productionEdits(scene, trace).flatMap((edit) => turned(edit, tested));
  },
});

type Turn = 'negated' | 'joined' | 'border' | 'order' | 'equality';

const turns: readonly (readonly [Turn, readonly (readonly [string, string])[]])[] = [
  [
    'joined',
    [
      ['&&', '||'],
      ['and', 'or'],
    ],
  ],
  [
    'border',
    [
      ['<', '<='],
      ['>', '>='],
    ],
  ],
  [
    'order',
    [
      ['<', '>'],
      ['<=', '>='],
      ['<', '>='],
      ['>', '<='],
    ],
  ],
  [
    'equality',
    [
      ['===', '!=='],
      ['==', '!='],
      ['is', 'is not'],
      ['in', 'not in'],
      ['if', 'unless'],
    ],
  ],
  [
    'negated',
    [
      ['', '!'],
      ['', 'not'],
      ['True', 'False'],
      ['true', 'false'],
    ],
  ],
];

// A negation may come with brackets of its own: `!(` here and `)` there.
function turnOf(edit: Edit): Turn | null {
  const [gone, came] = [edit.gone, edit.came].map((text) => text.replace(/^(!|not)\($/, '$1'));
  for (const [turn, pairs] of turns) {
    for (const [a, b] of pairs) {
      if (!((gone === a && came === b) || (gone === b && came === a))) continue;
      return /^true$/i.test(a) && !/^[=!]=|^is$/.test(edit.run.left?.text ?? '') ? null : turn;
    }
  }
  return null;
}

function turned(edit: Edit, tested: boolean): readonly Sighting[] {
  const turn = turnOf(edit);
  const { file } = edit;
  if (turn === null || edit.hunk.edits.length > mostEdits || file.after === null) return [];
  // Two edits in one run are two turns or a new body: De Morgan, swapped branches, another condition.
  if (edit.hunk.edits.some((other) => other !== edit && !isBracket(other))) return [];
  if (isSwappedNearby(edit)) return [];
  const condition = conditionAt(edit);
  if (condition === null) return [];
  const contradiction = contradicts(condition, file.language);
  const severity = contradiction !== null ? 'block' : tested || turn === 'border' ? 'note' : 'warn';
  const was = file.before?.lines[edit.lineBefore - 1] ?? '';
  return [
    {
      path: file.path,
      line: edit.line,
      says:
        contradiction === null
          ? `turns a condition around and leaves what it decides: was ${excerpt(was, 60)}`
          : `turns a condition around: ${contradiction}`,
      subject: `condition ${excerpt(was, 80)}`,
      severity,
      confidence: contradiction === null ? 0.5 : 0.9,
    },
  ];
}

function isBracket({ gone, came }: Edit): boolean {
  return gone + came === ')';
}

// The branches changed places in another run of lines of the same statement.
function isSwappedNearby({ file, hunk }: Edit): boolean {
  const start = hunk.edits[0]?.line ?? 0;
  return file.change.hunks.some(
    ({ newStart, added, removed }) =>
      newStart !== start &&
      Math.abs(newStart - start) <= 12 &&
      newStart + added.length > start - 12 &&
      (added.length > 0 || removed.length > 0) &&
      !(newStart <= start && start < newStart + Math.max(1, added.length)),
  );
}

/** The condition of an `if`, a loop, a ternary, a filter or a returned test, that holds the edited sign. */
interface Condition {
  readonly node: Tree;
  /** The statement it decides; null for a plain value. */
  readonly statement: Tree | null;
}

function conditionAt(edit: Edit): Condition | null {
  const { file, run } = edit;
  const grammar = grammarOf(file.language);
  const token = run.came[0] ?? run.right;
  if (file.after === null || grammar === null || token === null) return null;
  const leaf = nodeAt(file.after, token);
  if (leaf === null) return null;
  let inside = leaf;
  const deciding = [
    ...grammar.ifs,
    ...grammar.ternaries,
    'while_statement',
    'for_statement',
    'while_expression',
  ];
  for (const node of leaf.ancestors()) {
    const kind = String(node.kind());
    if (grammar.strings.includes(kind) || grammar.comments.includes(kind)) return null;
    if (/^(?:arguments|argument_list|value_arguments|argument)$/.test(kind)) return null;
    if (deciding.includes(kind))
      return inside === leaf || isTest(node, inside) ? { node: inside, statement: node } : null;
    if (/^(?:return_statement|return_expression)$/.test(kind)) return booleanOnly(node);
    if (grammar.functions.includes(kind)) return booleanOnly(node);
    if (
      /(?:statement|declaration|declarator|block|_body)$/.test(kind) &&
      !kind.startsWith('parenthesized')
    )
      return null;
    inside = node;
  }
  return null;
}

function booleanOnly(node: Tree): Condition | null {
  return /(?:[<>=!]=|&&|\|\||\band\b|\bor\b|\bnot\b|!\w|\s[<>]\s)/.test(node.text().slice(0, 400))
    ? { node, statement: null }
    : null;
}

function isTest(statement: Tree, part: Tree): boolean {
  const condition = fieldOf(statement, 'condition');
  if (condition !== null) {
    const [all, one] = [condition.range(), part.range()];
    return all.start.index <= one.start.index && one.end.index <= all.end.index;
  }
  return !/block|statements?$|body/.test(String(part.kind()));
}
