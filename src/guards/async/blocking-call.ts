import { addedCode } from '../code/added-code.ts';
import { codeLanguages, grammarOf } from '../code/grammar.ts';
import { functionAround, isAsync, nodeAt } from '../code/node-at.ts';
import { excerpt } from '../code/nodes.ts';
import { onNewLines } from '../code/moved-lines.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './blocking-call.examples.ts';

/** Calls that hold a thread, by language. */
interface Blocking {
  readonly languages: readonly Language[];
  /** The called text, from the start of its name to the bracket. */
  readonly call: RegExp;
  readonly severity: Severity;
  readonly fix: string;
}

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];

const blockings: readonly Blocking[] = [
  {
    languages: ['python'],
    call: /(?<![\w.])time\.sleep\(/,
    severity: 'warn',
    fix: 'Use await asyncio.sleep(…).',
  },
  {
    languages: ['python'],
    call: /(?<![\w.])(?:requests\.(?:get|post|put|patch|delete|head|request)|urllib\.request\.urlopen|urlopen)\(/,
    severity: 'warn',
    fix: 'Use an async client such as httpx.AsyncClient, or asyncio.to_thread.',
  },
  {
    languages: ['python'],
    call: /(?<![\w.])(?:subprocess\.(?:run|call|check_call|check_output)|os\.system)\(/,
    severity: 'note',
    fix: 'Use asyncio.create_subprocess_exec.',
  },
  {
    languages: script,
    call: /(?<!\w)(?:pbkdf2Sync|scryptSync|execSync|execFileSync|spawnSync|hashSync|compareSync|gzipSync|gunzipSync|brotliCompressSync)\(/,
    severity: 'note',
    fix: 'Use the form that returns a promise.',
  },
  {
    languages: ['csharp'],
    call: /\.(?:GetAwaiter\(\)\.GetResult\(|Wait\()|(?<=Async\([^()\n]{0,120}\))\.Result\b|(?<!\w)Thread\.Sleep\(/,
    severity: 'warn',
    fix: 'Await the task.',
  },
  {
    languages: ['kotlin'],
    call: /(?<![\w.])(?:Thread\.sleep|runBlocking)\s*[({]/,
    severity: 'warn',
    fix: 'Use delay(…), or withContext(Dispatchers.IO).',
  },
  {
    languages: ['rust'],
    call: /(?<!\w)(?:std::)?thread::sleep\(|(?<!\w)reqwest::blocking::/,
    severity: 'warn',
    fix: 'Use tokio::time::sleep(…).await, or tokio::task::spawn_blocking.',
  },
];

/** A new call that holds the thread inside of a function that must not. */
export const blockingCall: Guard = guard({
  id: 'async/blocking-call',
  severity: 'warn',
  protects: 'every other request on the same thread',
  breaks:
    'While the call waits, the event loop or the pool thread does nothing else, so that all requests wait with it, or wait for each other for ever.',
  fix: 'Use the form of the call that can be awaited, or move it to a thread.',
  languages: codeLanguages,
  cwe: [400, 833],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) =>
    onNewLines(
      scene,
      scene.files.filter((file) => isProductionPath(file.path)).flatMap((file) => blocking(file)),
    ),
});

const handlers =
  /(?:^|\/)(?:routes?|controllers?|handlers?|api|middlewares?|resolvers?|server|services?)\//;

function blocking(file: ChangedFile): readonly Sighting[] {
  const rules = blockings.filter(({ languages }) => languages.includes(file.language));
  const code = addedCode(file);
  return rules.filter(({ call }) => call.test(code)).flatMap((rule) => places(file, rule));
}

function places(file: ChangedFile, rule: Blocking): readonly Sighting[] {
  const { after } = file;
  if (after === null) return [];
  const old = (file.before?.text ?? '').replace(/\s+/g, '');
  return [...file.added].flatMap((line) => {
    const text = after.lines[line - 1] ?? '';
    const match = rule.call.exec(text);
    if (match === null || /^\s*(?:\/\/|#|\*|await\b.*to_thread|import\b)/.test(text)) return [];
    if (old.includes(text.replace(/\s+/g, '')) || !isInAsync(file, line, match.index)) return [];
    const called = (/[\w.:$]*$/.exec(text.slice(0, match.index))?.[0] ?? '') + match[0];
    const name = excerpt(called.replace(/[({]$/, ''), 50);
    return [
      {
        path: file.path,
        line,
        says: `${name} holds the thread inside of an async function`,
        subject: `blocking ${name}`,
        severity: rule.severity === 'note' && handlers.test(file.path) ? 'note' : rule.severity,
        fix: rule.fix,
      },
    ];
  });
}

function isInAsync({ after, language }: ChangedFile, line: number, column: number): boolean {
  const grammar = grammarOf(language);
  const node = after === null ? null : nodeAt(after, { text: '', line, column });
  if (node === null || grammar === null) return false;
  if (node.kind() === 'comment' || grammar.strings.includes(String(node.parent()?.kind())))
    return false;
  return isAsync(functionAround(node, grammar));
}
