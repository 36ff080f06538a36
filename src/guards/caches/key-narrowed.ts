import { codeLanguages } from '../code/grammar.ts';
import { productionEdits } from '../code/edits.ts';
import type { Edit } from '../code/edits.ts';
import { isRemovedSomewhere, nearText } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { Guard, Sighting } from '../guard.ts';
import { caught, passed } from './key-narrowed.examples.ts';

const who =
  /(?:^|[^a-z])((?:current_?|request_?)?(?:user|tenant|org(?:anization|anisation)?|account|workspace|team|customer|member|shop|session|viewer)(?:_?(?:id|uuid|slug|key))?s?|locale|lang(?:uage)?|currency|region|role)(?![a-z])/i;

const keyLine =
  /cache_?key|cacheKey|CacheKey|\bcache\.(?:get|set|fetch|wrap|remember|has|put|getOrSet|get_or_set|get_many|delete)\b|Rails\.cache|Cache::(?:get|put|remember|has)|redis\.(?:get|set|setex|hget|hset|mget)\b|redisClient\.\w+|@(?:Cacheable|CachePut|Cached?|cached)\b|unstable_cache|memoize|queryKey|\bcacheTag/;

const keyTrace = /key|cache|redis|memoize/i;

/** What tells one user's or tenant's entry from another's went from the key of a cache. */
export const keyNarrowed: Guard = guard({
  id: 'caches/key-narrowed',
  severity: 'block',
  protects: 'data of one user or tenant from being shown to another',
  breaks:
    'Whoever asks first fills the entry, and everybody else is shown that answer, whoever they are.',
  fix: 'Put the part back into the key, or cache only what is the same for all.',
  languages: codeLanguages,
  cwe: [524, 668],
  confidence: 0.75,
  caught,
  passed,
  look: (scene) =>
    isRemovedSomewhere(scene, keyTrace)
      ? productionEdits(scene, keyTrace).flatMap((edit) => narrowed(edit))
      : [],
});

function narrowed(edit: Edit): readonly Sighting[] {
  const part = who.exec(spaced(edit.gone))?.[1];
  if (part === undefined || edit.gone.length > 60 || !/^[:\-_./,+${}`'"]{0,6}$/.test(edit.came))
    return [];
  const was = edit.file.before?.lines[edit.lineBefore - 1] ?? '';
  const now = edit.file.after?.lines[edit.line - 1] ?? '';
  if (
    !isKeyLine(was, edit) ||
    !isKeyLine(now, edit) ||
    !/^[^=]{0,80}[\w${}:'"`.,+()\s-]*$/.test(edit.gone)
  )
    return [];
  if (!isPartOfKey(was, edit) || who.test(spaced(keyText(now, edit)))) return [];
  const personal = /user|tenant|org|account|workspace|team|customer|member|shop|session|viewer/i;
  const certain = personal.test(part) && !/queryKey|cacheTag/.test(now);
  return [
    {
      path: edit.file.path,
      line: edit.line,
      says: `the key of a cache no longer holds ${excerpt(part, 40)}`,
      subject: `cache key ${part}`,
      severity: certain ? 'block' : 'warn',
    },
  ];
}

// A line that speaks of a cache's key, or makes a key that a cache nearby is asked with.
function isKeyLine(line: string, edit: Edit): boolean {
  if (keyLine.test(line)) return true;
  return (
    /^\s*(?:(?:const|let|var|final|String)\s+)*key\s*:?=/.test(line) &&
    keyLine.test(nearText(edit, 6))
  );
}

function spaced(text: string): string {
  return text.replaceAll(/([a-z])([A-Z])/g, '$1_$2');
}

// The line up to where the piece around the edit ends.
function keyText(line: string, { run }: Edit): string {
  const end = run.right?.column ?? line.length;
  const start = Math.max(line.lastIndexOf('(', end - 1), line.lastIndexOf('=', end - 1), 0);
  return line.slice(start, end) + (/^[^,)'"`]*/.exec(line.slice(end))?.[0] ?? '');
}

// In the first argument or in the text that becomes the key, not in the value that is stored.
function isPartOfKey(line: string, { run }: Edit): boolean {
  const first = run.gone[0];
  if (first === undefined) return false;
  const before = line.slice(0, first.column);
  const named = /(?:key|Key|KEY)\w*['"]?\s*(?::\s*string\s*)?[:=]\s*[^;]*$/.test(before);
  const argument = /\(\s*(?:f|await )?[`'"([]?[^(),]*(?:,[^()]*)?$/.exec(before)?.[0] ?? null;
  if (named || /[kK]ey\w*\s*\([^()]*\)[^;]*(?:=>|\breturn\b)[^;]*$/.test(before)) return true;
  return argument !== null && !/[`'"]\s*,/.test(argument) && !/^\(\s*\w+\s*,/.test(argument);
}
