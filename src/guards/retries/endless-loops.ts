import { addedCode } from '../code/added-code.ts';
import { grammarOf } from '../code/grammar.ts';
import type { Grammar } from '../code/grammar.ts';
import { compact, excerpt, lineOf, nodesOf } from '../code/nodes.ts';
import { catchesOf } from '../code/shields.ts';
import type { ChangedFile, Sighting, Tree } from '../guard.ts';

/** Loops without a condition, by the text they start with. */
const endless =
  /^(?:while\s*\(\s*(?:true|1)\s*\)|while\s+(?:True|1|true)\b|for\s*\(\s*;\s*;\s*\)|for\s*\{|loop\b|until\s+false|do\s*\{)/;
const loopKinds: Readonly<Record<string, readonly string[]>> = {
  typescript: ['while_statement', 'for_statement'],
  tsx: ['while_statement', 'for_statement'],
  javascript: ['while_statement', 'for_statement'],
  python: ['while_statement'],
  go: ['for_statement'],
  java: ['while_statement', 'for_statement'],
  kotlin: ['while_statement'],
  csharp: ['while_statement', 'for_statement'],
  php: ['while_statement', 'for_statement'],
  ruby: ['while'],
  rust: ['loop_expression', 'while_expression'],
};
const capped =
  /attempt|retries|tries|deadline|max|limit|count|elapsed|timeout|remaining|since\(|budget|abort|cancel|ctx\.Done|ctx\.Err|stop|shutdown|closed|isRunning|running|done|quit|Instant|\.now\(|signal|cursor|offset|page|next/i;
const pauses =
  /sleep|delay|wait|backoff|setTimeout|ticker|time\.After|<-|recv|receive|poll|take\(|readLine|input\(|accept/i;

/** New loops without a condition that leave on success and swallow every failure. */
export function endlessRetries(file: ChangedFile): readonly Sighting[] {
  const grammar = grammarOf(file.language);
  const kinds = loopKinds[file.language] ?? [];
  if (grammar === null || !/\b(?:while|for|loop|until)\b/.test(addedCode(file))) return [];
  const root = file.after?.tree() ?? null;
  if (root === null) return [];
  const old = compact(file.before?.text ?? '');
  return nodesOf(root, kinds).flatMap((loop) => {
    const line = lineOf(loop);
    const text = loop.text();
    if (!file.added.has(line) || !endless.test(text) || capped.test(text)) return [];
    if (!swallows(loop, grammar, file.language) || old.includes(compact(text))) return [];
    return [
      {
        path: file.path,
        line,
        says: `a new loop tries again for ever when ${excerpt(firstCall(loop, grammar), 40)} keeps failing`,
        subject: `endless ${compact(text).slice(0, 80)}`,
        severity: pauses.test(text) ? 'note' : 'warn',
      },
    ];
  });
}

function swallows(loop: Tree, grammar: Grammar, language: string): boolean {
  const text = loop.text();
  if (!/\b(?:return|break)\b/.test(text)) return false;
  if (language === 'go') {
    return /if\s+[^{\n]*\berr\s*!=\s*nil\s*\{\s*(?:[^{}\n]*\n\s*)?continue\b|if\s+[^{\n]*\berr\s*==\s*nil\s*\{[^{}]*\b(?:return|break)\b/.test(
      text,
    );
  }
  if (language === 'rust')
    return /Err\(_?\w*\)\s*=>\s*(?:continue|\{[^{}]*\bcontinue\b)|if let Ok\(/.test(text);
  return nodesOf(loop, grammar.tries).some((attempt) => {
    const catches = catchesOf(attempt, grammar);
    return (
      catches.length > 0 &&
      catches.every(
        (clause) => !/\b(?:return|break|throw|raise|exit|reject)\b/.test(clause.text()),
      ) &&
      /\b(?:return|break)\b/.test(attempt.text())
    );
  });
}

function firstCall(loop: Tree, grammar: Grammar): string {
  const call = nodesOf(loop, grammar.calls)[0]?.text() ?? 'the call';
  return call.split('(')[0] ?? call;
}
