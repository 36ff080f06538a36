import { callsOf } from '../code/calls.ts';
import type { Call } from '../code/calls.ts';
import { codeLanguages } from '../code/grammar.ts';
import { excerpt } from '../code/nodes.ts';
import { codeLines } from '../code/own-lines.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Unit } from '../code/units.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './simulated-result.examples.ts';

/** A function that by its name should do work only makes up that it did. */
export const simulatedResult: Guard = guard({
  id: 'machine/simulated-result',
  severity: 'block',
  protects: 'work that is done and not only reported',
  breaks:
    'Callers are told of success: money, mail or data never moves, or everybody passes the check, and no error shows it.',
  fix: 'Do the work, or make the function fail loudly until it can.',
  languages: codeLanguages,
  cwe: [684, 1164],
  confidence: 0.75,
  caught,
  passed,
  look(scene) {
    if (!scene.files.some((file) => isRelevant(file) && hasHint(file))) return [];
    const { pairs, fresh } = matchUnits(scene);
    return [
      ...pairs.map(({ before, after, file }) => ({ before, unit: after, file })),
      ...fresh.map(({ unit, file }) => ({ before: null, unit, file })),
    ]
      .filter(({ file }) => isRelevant(file))
      .flatMap((place) => lookAt(place));
  },
});

function isRelevant({ after, path, isTest }: ChangedFile): boolean {
  return (
    after !== null &&
    !isTest &&
    isProductionPath(path) &&
    !/mock|fake|stub|dummy|simulat|noop|demo|sandbox|seed|storybook|playground|story/i.test(path)
  );
}

const hint =
  /simulat|\bmock(?:ed|ing)?\b|\bfake\b|\bdummy\b|for now|in (?:a )?(?:real|production)|pretend|placeholder|hard-?coded|sleep\b|setTimeout|\btrue\b/i;

function hasHint({ change }: ChangedFile): boolean {
  return change.hunks.some(({ added }) =>
    added.some((text) => text.length < 1000 && hint.test(text)),
  );
}

interface Place {
  readonly before: Unit | null;
  readonly unit: Unit;
  readonly file: ChangedFile;
}

const work =
  /^_*(?:handle|do|process|perform|try|async)?_?(?:charge|pay(?=$|_|[A-Z]|ment)|refund|capture|transfer|withdraw|deposit|send|email|notify|publish|upload|download|delete|remove|save|persist|store|insert|update|create|sync|fetch|submit|encrypt|decrypt|backup|restore|deploy|migrate|payment|order|subscribe|checkout|purchase|ship|book|cancel|import|export|index)(?=$|_|[A-Z])/i;
const checks =
  /^_*(?:verify|validate|authenticate|authorize|authorise|check_?(?:permission|access|auth|token|password|signature|credential)s?|is_?(?:valid|authorized|authorised|authenticated|allowed|verified)|has_?(?:permission|access))\w*$/i;

// Words by which code says of itself that it only plays.
const admits =
  /\bsimulat(?:e[sd]?|ing|ion)\b|\bmock(?:ed|ing)?\b|\bfake[ds]?\b|\bdummy\b|\bpretend(?:ing|s)?\b|\bfor now\b|\bin (?:a )?(?:real|production|actual)\b|\bhard-?coded\b|\bplaceholder\b|\bstub(?:bed)?\b/i;
const sleeping =
  /\bsleep\s*\(|\bsetTimeout\s*\(|\bdelay\s*\(|Task\.Delay|Thread\.sleep|time\.Sleep/;
const success =
  /\b(?:success|ok|sent|delivered|paid|charged|saved|valid|verified|approved|authorized|completed)["']?\s*[:=]>?\s*(?:true|True)\b|\bstatus["']?\s*[:=]>?\s*["'](?:ok|success|succeeded|sent|paid|completed|approved|delivered)["']|\breturn\s*\(?\s*(?:true|True)\b|Promise\.resolve\(\s*true|=>\s*true\b|^[ \t]*(?:true|Ok\(true\)|Ok\(\(\)\))\s*$/im;

/** A body of more lines does more than answer. */
const mostLines = 14;

function lookAt({ before, unit, file }: Place): readonly Sighting[] {
  if (unit.name === '' || !touches(file, unit) || isMeantSo(unit)) return [];
  const isCheck = checks.test(unit.short);
  if (!isCheck && !work.test(unit.short)) return [];
  const text = unit.node.text();
  const lines = codeLines(unit);
  if (lines.length > mostLines || !success.test(text) || callsOf(unit).some(isWork)) return [];
  if (unit.inner.some((inner) => callsOf(inner).some(isWork))) return [];
  const reason = reasonOf(text, { isCheck, lines, unit });
  if (
    reason === null ||
    (before !== null &&
      reasonOf(before.node.text(), { isCheck, lines: codeLines(before), unit: before }) !== null)
  )
    return [];
  const lost = before === null ? 0 : codeLines(before).length;
  const isGutted =
    before !== null && (isCheck || lost > lines.length + 2) && callsOf(before).some(isWork);
  return [
    {
      path: file.path,
      line: [...file.added].find((line) => line >= unit.line && line <= unit.endLine) ?? unit.line,
      says: isGutted
        ? `${unit.name} no longer does its work: it ${reason}`
        : `${unit.name} ${reason}`,
      subject: `${unit.name} ${excerpt(lines.at(-1) ?? '', 60)}`,
      severity: isGutted ? 'block' : 'warn',
    },
  ];
}

interface Body {
  readonly isCheck: boolean;
  readonly lines: readonly string[];
  readonly unit: Unit;
}

function reasonOf(text: string, { isCheck, lines, unit }: Body): string | null {
  if (admits.test(text))
    return isCheck ? 'says yes without a check' : 'only simulates its work and reports success';
  if (!isCheck)
    return sleeping.test(text) && callsOf(unit).length <= 3
      ? 'only waits and then reports success'
      : null;
  const [, only, ...more] = lines;
  const body = /^(?:return|=>)?\s*(?:true|True)\s*;?\}?$/;
  const isOneLine =
    lines.length === 1 &&
    /(?:=>|\{|:)\s*(?:return\s+)?(?:true|True)\s*;?\s*\}?\)?$/.test(lines[0] ?? '');
  const hasInput = !/\(\s*(?:self|this|cls)?\s*\)/.test(
    text.slice(0, 200).split(/[{:]\s*(?:\n|$)|=>/)[0] ?? '',
  );
  return hasInput && (isOneLine || (only !== undefined && more.length === 0 && body.test(only)))
    ? 'says yes to everything'
    : null;
}

function touches({ added }: ChangedFile, { line, endLine }: Unit): boolean {
  for (let at = line; at <= endLine; at += 1) if (added.has(at)) return true;
  return false;
}

const idle =
  /^(?:sleep|delay|setTimeout|resolve|log|info|debug|warn|error|print|println|printf|Println|Printf|Sprintf|format|randomUUID|uuid4?|uuidv4|random|randint|randomBytes|now|Date|Promise|Map|Set|Error|String|str|toString|toISOString|isoformat|floor|round|substr|substring|slice|hex|Delay|FromResult|Sleep|Duration|Now|UUID|generateId|nanoid|ok|Ok|of|completedFuture|padStart|getTime|utcnow|datetime|choice|token_hex|len|f)$/;

// A call that may do the work the name promises.
function isWork({ name, callee }: Call): boolean {
  return (
    !idle.test(name) &&
    !/^(?:console|logger?|logging|Math|Date|random|time|fmt|uuid|asyncio|System\.out|Console)\./.test(
      callee,
    )
  );
}

const shell =
  /Mock|Fake|Stub|Dummy|No[-_]?[Oo]p|Null|Abstract|Base|Interface|Default|Test|Demo|Simulat|InMemory|Allow|Permissive|Always|DryRun/;

function isMeantSo(unit: Unit): boolean {
  if (shell.test(unit.name)) return true;
  const head = unit.node.text().slice(0, 200);
  if (
    /\boverride\b|@Override|@abstractmethod|\bdry_?run\b|@(?:staticmethod\s*)?\w*mock/i.test(head)
  )
    return true;
  const around = unit.node
    .ancestors()
    .find((node) => unit.grammar.containers.includes(String(node.kind())));
  return around !== undefined && shell.test(around.text().slice(0, 160).split(/[{\n]/)[0] ?? '');
}
