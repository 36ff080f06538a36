import { addedCode, removedCode } from '../code/added-code.ts';
import { grammarOf } from '../code/grammar.ts';
import { compact, excerpt, fieldOf, lineOf, nodesOf } from '../code/nodes.ts';
import type { ChangedFile, Sighting, Tree } from '../guard.ts';

const begins =
  /(?<![\w$])(?:setInterval|\w{1,40}\.addEventListener|[\w.]{1,80}\.(?:subscribe|observe)|new (?:WebSocket|EventSource))\s*\(/;
const hasEnd =
  /\breturn\s*(?:\(\)|async|function|[\w$]+\s*(?:;|\n|\}|=>|\()|\(\s*\))|\bonce\s*:\s*true|signal\b|clearInterval|removeEventListener|unsubscribe|\.disconnect\(|\.abort\(|return\s+\w/;

/** React effects that begin something newly and never end it. */
export function effectsWithoutCleanup(file: ChangedFile): readonly Sighting[] {
  if (!/^(?:typescript|tsx|javascript)$/.test(file.language)) return [];
  const mayBegin = begins.test(addedCode(file)) || /\breturn\b/.test(removedCode(file));
  if (!mayBegin || !/use(?:Layout)?Effect\s*\(/.test(file.after?.text ?? '')) return [];
  const root = file.after?.tree() ?? null;
  const grammar = grammarOf(file.language);
  if (root === null || grammar === null) return [];
  return nodesOf(root, ['call_expression'], '^(React\\.)?use(Layout)?Effect')
    .filter((call) =>
      /^(?:React\.)?use(?:Layout)?Effect$/.test(fieldOf(call, 'function')?.text() ?? ''),
    )
    .flatMap((call) => begun(file, call));
}

function begun(file: ChangedFile, call: Tree): readonly Sighting[] {
  const callback = fieldOf(call, 'arguments')?.namedChildren()[0];
  const text = callback?.text() ?? '';
  const match = begins.exec(text);
  if (callback === undefined || match === null || hasEnd.test(text)) return [];
  const line = lineOf(callback) + (text.slice(0, match.index).match(/\n/g) ?? []).length;
  if (!isNew(file, line, match[0]) && !hadEnd(file, compact(match[0]))) return [];
  const what = excerpt(match[0].replace(/\s*\($/, ''), 50);
  return [
    {
      path: file.path,
      line,
      says: `an effect begins ${what} and never ends it`,
      subject: `effect ${what}`,
      severity: /setInterval|WebSocket|EventSource/.test(what) ? 'warn' : 'note',
    },
  ];
}

function isNew(file: ChangedFile, line: number, text: string): boolean {
  return file.added.has(line) && !compact(file.before?.text ?? '').includes(compact(text));
}

// Before the change the only effect that began this also ended it.
function hadEnd({ before }: ChangedFile, begin: string): boolean {
  const root = before?.tree() ?? null;
  if (root === null) return false;
  const texts = nodesOf(root, ['call_expression'], '^(React\\.)?use(Layout)?Effect')
    .map((call) => call.text())
    .filter(
      (text) =>
        /^(?:React\.)?use(?:Layout)?Effect\s*\(/.test(text) && compact(text).includes(begin),
    );
  return texts.length === 1 && texts.every((text) => hasEnd.test(text));
}
