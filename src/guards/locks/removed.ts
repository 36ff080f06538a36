import { codeLanguages } from '../code/grammar.ts';
import { lossesIn } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { Guard, Language } from '../guard.ts';
import { caught, passed } from './removed.examples.ts';

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];

const lock =
  '(?:\\w*(?:[lL]ock|LOCK|[mM]utex|[mM]tx|[sS]emaphore|[cC]ritical)\\w*|mu|guard|monitor|sync\\w*)';
const path = '[\\w.$]{0,60}?';
const call = '(?:\\([^(){}]{0,80}(?:\\([^(){}]{0,40}\\)[^(){}]{0,40})?\\))?';
const transaction =
  '(?:with_?[tT]ransaction\\w*|in_?[tT]ransaction\\w*|run_?[iI]n_?[tT]ransaction\\w*|\\$?transaction|transactional|[tT]ransact|atomic|BeginTx|atomicPhase\\w*)';

function says(what: string): Loss['says'] {
  return ({ gone }) =>
    `${what}: ${excerpt(gone.replace(/(?:\{|do|:|=>)+$/, ''), 60)} is gone, and the code it held stays`;
}

const unlocked = says('no longer takes the lock');
const untransacted = says('no longer runs in one transaction');

const rows: readonly Loss[] = [
  {
    languages: ['python'],
    gone: new RegExp(`^(?:async )?with ${path}(?<![\\w])_*${lock}${call}(?: as \\w+)?:$`),
    severity: 'block',
    says: unlocked,
  },
  {
    languages: ['python'],
    gone: /^(?:async )?with (?:transaction\.atomic|[\w.]{0,60}\.(?:begin|begin_nested|transaction|atomic))\([^():]{0,60}(?:\([^():]{0,60}\)[^():]{0,60})?\)(?: as \w+)?:$|^@transaction\.atomic(?:\([^()]*\))?$/,
    severity: 'block',
    says: untransacted,
  },
  {
    languages: ['go'],
    gone: new RegExp(
      `^${path}(?:${lock}\\.)?R?Lock\\(\\)(?:defer [\\w.]{1,60}\\.R?Unlock\\(\\))?$`,
    ),
    severity: 'block',
    says: unlocked,
  },
  {
    languages: ['java', 'csharp', 'kotlin', 'php'],
    gone: new RegExp(
      `^synchronized(?:\\([\\w.$]{1,60}\\)\\{?)?$|^lock\\([\\w.]{1,60}\\)\\{?$|^@(?:Synchronized|Transactional(?:\\([^()]{0,80}\\))?)$`,
    ),
    severity: 'block',
    says: unlocked,
  },
  {
    languages: ['java', 'kotlin', 'csharp'],
    gone: new RegExp(
      `^(?:return )?(?:await )?(?:using(?: var \\w+=| )?)?(?:await )?${path}(?<!\\w)_?${lock}\\.(?:lock|acquire|lockInterruptibly|withLock|withPermit|EnterWriteLock|EnterReadLock|WaitAsync|Wait)(?:\\([^(){}]{0,40}\\))?(?:\\{|;)?(?:try\\{)?$`,
    ),
    severity: 'block',
    says: unlocked,
  },
  {
    languages: [...script, 'kotlin', 'csharp', 'java'],
    gone: new RegExp(
      `^(?:return )?(?:await )?${path}${transaction}(?:<[\\w.<>\\[\\], ]{0,60}>)?\\((?:async)?(?: ?\\(?[\\w, :.]{0,60}\\)?)?(?:=>|->)?\\{?(?:(?:return )?(?:await )?\\w+)?$`,
      'i',
    ),
    severity: 'warn',
    says: untransacted,
  },
  {
    languages: script,
    gone: new RegExp(
      `^(?:return )?(?:await )?(?:${path}${lock}\\.(?:runExclusive|acquire|lock|use|withLock|run|dispatch|request)|${path}(?:with|using|run)\\w*Lock\\w*)\\((?:[\\w.\`'":$\\{\\}\\-\\[\\]]{0,80},)?(?:async)?\\(?[\\w, ]{0,40}\\)?=>\\{?(?:return ?)?(?:await)?$`,
    ),
    severity: 'block',
    says: unlocked,
  },
  {
    languages: script,
    gone: new RegExp(
      `^(?:(?:const|let) \\w+=)?await ${path}(?<![\\w])${lock}\\.(?:acquire|lock)\\([^();]{0,80}\\);?(?:try\\{)?$`,
    ),
    severity: 'warn',
    says: unlocked,
  },
  {
    languages: ['python'],
    gone: /^(?:await )?[\w.]{0,60}?(?:lock|mutex|semaphore)\w*\.acquire\([^()]{0,60}\)(?:try:)?$/,
    severity: 'block',
    says: unlocked,
  },
  {
    languages: script,
    gone: /^(?:[\w.]{0,60})\$?transaction$/,
    came: /^(?:Promise\.)?all(?:Settled)?$/,
    severity: 'warn',
    says: untransacted,
  },
  {
    gone: /^,?\{?transaction(?::\w+)?\}?,?$|^,?isolation_?[lL]evel(?::|=)[\w.'"]{1,60},?$/,
    severity: 'warn',
    says: untransacted,
  },
  {
    languages: ['ruby'],
    gone: /^[\w.@]{0,60}?(?:\.?with_lock|\.synchronize|\.with_advisory_lock\([^()]{0,60}\))(?: do(?:\|\w+\|)?|\{)$|^[\w.:@]{0,60}?\.?transaction(?:\([^()]{0,60}\))? do(?:\|\w+\|)?$|^\.lock(?:\(true\)|!)?$/,
    severity: 'block',
    says: unlocked,
  },
  {
    languages: ['php'],
    gone: /^(?:return )?(?:DB::transaction|Cache::lock\([^(){}]{0,80}\)->(?:get|block)|\$[\w>-]{1,60}->(?:transaction|transactional|wrapInTransaction))\((?:\d+,)?(?:function\(\)|fn\(\)=>|function\(\)use\([^()]{0,80}\))\{?$|^->(?:lockForUpdate|sharedLock)\(\)$|^(?:DB::|\$[\w>-]{1,60}->)beginTransaction\(\);?(?:try\{)?$/,
    severity: 'block',
    says: unlocked,
  },
  {
    languages: ['rust'],
    gone: new RegExp(
      `^let _\\w*=${path}${lock}\\.(?:lock|write|read|acquire)\\(\\)(?:\\.await)?(?:\\.unwrap\\(\\)|\\?|\\.expect\\([^()]{0,60}\\))?;?$`,
    ),
    severity: 'block',
    says: unlocked,
  },
  {
    gone: /^\.?(?:select_for_update|with_for_update|lockForUpdate|forUpdate|for_update|forNoKeyUpdate)\([^()]{0,60}\)$|^FOR (?:NO KEY )?UPDATE(?: SKIP LOCKED| NOWAIT)?$|^,?(?:lock:(?:\{mode:['"]?pessimistic_write['"]?\}|['"]?(?:UPDATE|pessimistic_write)['"]?|\w+\.LOCK\.UPDATE|true)),?$|^@Lock\(LockModeType\.PESSIMISTIC_\w+\)$|^\.setLockMode\(LockModeType\.PESSIMISTIC_\w+\)$|^\.setLock\(['"]pessimistic_write['"]\)$/i,
    severity: 'block',
    says: ({ gone }) =>
      `reads rows without locking them: ${excerpt(gone.replace(/^[.,]|,$/g, ''), 60)} is gone`,
  },
  {
    gone: /^(?:await |return )*[\w.$]{0,60}\(?(?:sql)?[`'"]?SELECT pg_(?:try_)?advisory_(?:xact_)?lock\([^()]{0,60}(?:\([^()]{0,60}\))?\)[`'"]?[)\];,]{0,4}$/i,
    severity: 'block',
    says: unlocked,
  },
  {
    gone: /^if\s?\(?(?:await |!|not )*\(?[^{};]{0,80}(?:idempoten|already_?processed|dedup)[^{};]{0,80}\)?(?::|\{)?\s?(?:return|continue|throw|raise)\b[^;{}]{0,120};?\}?(?:end)?$/i,
    severity: 'warn',
    says: ({ gone }) =>
      `does the work twice when it is asked twice: the check ${excerpt(gone.split(/\{|return/)[0] ?? gone, 60)} is gone`,
  },
];

/** A lock, a transaction or a locking read went, and the code it held stayed. */
export const lockRemoved: Guard = guard({
  id: 'locks/removed',
  severity: 'block',
  protects: 'shared state from two writers at once',
  breaks:
    'Two requests or threads now run this code at the same time and overwrite each other, or leave half of the work behind when it fails.',
  fix: 'Keep the lock or the transaction around the code, or take it in the caller in the same change.',
  languages: codeLanguages,
  cwe: [362, 667],
  confidence: 0.8,
  caught,
  passed,
  look: (scene) =>
    lossesIn(scene, {
      rows,
      trace:
        /lock|mutex|semaphore|\bmu\b|synchroni|transact|atomic|FOR UPDATE|for_?update|\.begin\(|guard|monitor|idempoten|dedup|already/i,
      back: /lock|mutex|semaphore|synchroni|transact|\batomic\b|Atomic|compareAndSet|ConcurrentHashMap|sync\.(?:Map|Once)|FOR UPDATE|for_?update|\bqueue\b|serializ|onConflict|ON CONFLICT|upsert|unique/i,
      notIn: /(?:^|\/)(?:scripts?|tools?)\//,
    }),
});
