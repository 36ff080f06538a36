import { codeLanguages } from '../code/grammar.ts';
import { codeLines } from '../code/own-lines.ts';
import { unitsOf } from '../code/units.ts';
import type { Unit } from '../code/units.ts';
import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { addedComments } from './comments.ts';
import { caught, passed } from './stub.examples.ts';
import { caughtElsewhere, passedElsewhere } from './stub.more.examples.ts';
import { stubBodyOf } from './stub-body.ts';
import type { StubBody } from './stub-body.ts';

export const stub: Guard = guard({
  id: 'leftovers/stub',
  severity: 'warn',
  gravest: 'block',
  protects: 'functions that do what their name says',
  breaks: 'Whoever calls it gets an error or a made-up answer instead of the work done.',
  fix: 'Write the body, or leave the function and its callers out of this change.',
  languages: codeLanguages,
  cwe: [1164, 710],
  confidence: 0.75,
  caught: [...caught, ...caughtElsewhere],
  passed: [...passed, ...passedElsewhere],
  look(scene) {
    return scene.files
      .filter((file) => !file.isTest && isProductionPath(file.path) && !file.path.endsWith('.pyi'))
      .filter(mayHoldStub)
      .flatMap((file) => [...stubs(file), ...admissions(file)]);
  },
});

const hint =
  /implement|todo|fixme|placeholder|stub|\bpass\b|^\s*\.\.\.\s*$|real (?:app|world|implementation|system|code|scenario)|production (?:code|app|system|implementation)|would (?:normally|typically|actually)/i;

function mayHoldStub(file: ChangedFile): boolean {
  return (
    file.after !== null &&
    file.change.hunks.some((hunk) => hunk.added.some((line) => hint.test(line)))
  );
}

function stubs(file: ChangedFile): readonly Sighting[] {
  if (file.after === null) return [];
  const before = new Map(
    (file.before === null ? [] : unitsOf(file.before)).map((unit) => [unit.name, unit]),
  );
  return unitsOf(file.after)
    .filter((unit) => unit.name !== '')
    .flatMap((unit) => {
      const body = stubBodyOf(unit);
      if (body === null || !touches(file, unit, body)) return [];
      const old = before.get(unit.name) ?? null;
      if (old !== null && stubBodyOf(old) !== null) return [];
      const lost = old === null ? 0 : codeLines(old).length;
      return lost <= fewLines && isMeantToBeEmpty(unit, body)
        ? []
        : [sighting(file, { unit, body, lost })];
    });
}

// A stub that stood there and only got a new signature or comment is not the change's.
function touches(file: ChangedFile, { line, endLine }: Unit, body: StubBody): boolean {
  if (file.added.has(body.line)) return true;
  for (let at = line; at <= endLine; at += 1)
    if (file.removed.size > 0 && file.added.has(at)) return true;
  return false;
}

const abstractName =
  /Abstract|Base|Interface|Mixin|Protocol|Mock|Fake|Stub|Dummy|No[Oo]p|Null|Template|Unsupported|NotImplemented|Placeholder/;

// Methods for subclasses to fill in, and objects that are there to do nothing.
function isMeantToBeEmpty(unit: Unit, body: StubBody): boolean {
  const around = unit.node
    .ancestors()
    .find((node) => unit.grammar.containers.includes(String(node.kind())));
  const head =
    around
      ?.text()
      .split(/[:{]\s*\n/, 1)[0]
      ?.slice(0, 300) ?? '';
  if (abstractName.test(unit.name) || abstractName.test(head) || /\bABC\b|\babstract\b/.test(head))
    return true;
  if (/@(?:\w+\.)*(?:abstractmethod|overload)\b|\babstract\b/.test(unit.node.text().slice(0, 200)))
    return true;
  if (
    /subclass|overrid|must be implemented|should be implemented|needs? to be implemented|implemented (?:by|in)\b|not (?:supported|available|applicable)/i.test(
      body.text,
    )
  )
    return true;
  // `raise NotImplementedError` in a method is how Python and Ruby spell an abstract method.
  return (
    /^(?:python|ruby)$/.test(unit.source.language) &&
    around !== undefined &&
    body.kind === 'refuses' &&
    !/to ?do|yet/i.test(body.text)
  );
}

/** A body of so few lines is no loss worth stopping for. */
const fewLines = 2;

interface Seen {
  readonly unit: Unit;
  readonly body: StubBody;
  /** Lines of code the function had before. */
  readonly lost: number;
}

function sighting(file: ChangedFile, { unit, body, lost }: Seen): Sighting {
  const said = body.text.replace(/\s+/g, ' ').trim().slice(0, 60);
  const isGutted = lost > fewLines;
  return {
    path: file.path,
    line: file.added.has(body.line) ? body.line : unit.line,
    says: isGutted
      ? `${unit.name} loses its ${lost} lines and only says \`${said}\``
      : `${unit.name} is only a stub: \`${said}\``,
    subject: `${unit.name}: ${body.text}`,
    severity: severityOf(body, isGutted),
    confidence: isGutted ? 0.9 : 0.7,
  };
}

function severityOf(body: StubBody, isGutted: boolean): Severity {
  if (isGutted) return 'block';
  return body.kind === 'refuses' ? 'warn' : 'note';
}

const admission =
  /\bin (?:a |an? actual )?(?:real|actual|full|production|proper|complete)(?:[- ]world)? (?:implementation|app(?:lication)?|system|code|scenario|world|version|environment|use case),?\s*(?:you|this|we|it|one|the|these|would|use|replace|call|fetch|should)\b|\b(?:this|here) (?:is|we use) (?:just |only )?a (?:placeholder|stub|mock|simplified|dummy) (?:implementation|version|value|response|function)\b|\bplaceholder (?:implementation|logic)\b|\bimplementation goes here\b/i;

// A comment that admits that the code beside it is not the real one.
function admissions(file: ChangedFile): readonly Sighting[] {
  return addedComments(file)
    .filter(({ text }) => admission.test(text))
    .slice(0, 5)
    .map(({ text, line }) => ({
      path: file.path,
      line,
      says: `a comment admits that this is not the real code: "${text.slice(0, 80)}"`,
      subject: text.slice(0, 160),
      severity: 'note' as const,
      confidence: 0.6,
    }));
}
