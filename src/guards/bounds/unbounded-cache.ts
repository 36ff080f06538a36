import { addedCode } from '../code/added-code.ts';
import { onNewLines } from '../code/moved-lines.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './unbounded-cache.examples.ts';

/** A map at the top of a file that is used as a cache: how it is made, filled and emptied, by language. */
interface Keeping {
  readonly languages: readonly Language[];
  readonly made: RegExp;
  readonly filled: string;
  readonly emptied: string;
}

const cacheName = '(\\w*(?:[cC]ache|CACHE|[mM]emo|MEMO|[sS]een|SEEN)\\w*)';
const keepings: readonly Keeping[] = [
  {
    languages: ['typescript', 'tsx', 'javascript'],
    made: new RegExp(
      `^(?:export )?(?:const|let|var) ${cacheName}(?:: [^=\\n]{1,80})? = (?:new Map(?:<[^()\\n]{1,80}>)?\\(\\)|new Set(?:<[^()\\n]{1,80}>)?\\(\\)|\\{\\}|Object\\.create\\(null\\))`,
    ),
    filled: String.raw`\bNAME\.(?:set|add)\(|\bNAME\[[^\]\n]+\]\s*=[^=]`,
    emptied: String.raw`\bNAME\.(?:delete|clear|size)\b|delete NAME\[|Object\.keys\(NAME\)|^[ \t]+NAME\s*=\s*(?:new|\{)`,
  },
  {
    languages: ['python'],
    made: new RegExp(
      `^${cacheName}(?:: [^=\\n]{1,80})? = (?:\\{\\}|dict\\(\\)|set\\(\\)|defaultdict\\(\\w+\\))`,
    ),
    filled: String.raw`\bNAME\[[^\]\n]+\]\s*=[^=]|\bNAME\.(?:add|setdefault|update)\(`,
    emptied: String.raw`\bNAME\.(?:pop|clear|popitem|discard|remove)\b|del NAME\[|len\(NAME\)|^[ \t]+NAME\s*=\s*\{`,
  },
  {
    languages: ['go'],
    made: new RegExp(
      `^(?:var )?\\s?${cacheName} = (?:make\\(map\\[|map\\[\\w+\\][\\w.*[\\]]+\\{\\})`,
    ),
    filled: String.raw`\bNAME\[[^\]\n]+\]\s*=[^=]`,
    emptied: String.raw`delete\(NAME|clear\(NAME|len\(NAME`,
  },
  {
    languages: ['java', 'kotlin', 'csharp'],
    made: new RegExp(
      `^\\s*(?:private|public|internal|protected)?\\s*static\\s+(?:final\\s+|readonly\\s+)?(?:Map|ConcurrentMap|ConcurrentHashMap|HashMap|Dictionary|ConcurrentDictionary)<[^=\\n]{1,80}>\\s+_?${cacheName}\\s*=\\s*new`,
    ),
    filled: String.raw`\bNAME(?:\.(?:put|putIfAbsent|computeIfAbsent|TryAdd|GetOrAdd|Add)\(|\[[^\]\n]+\]\s*=[^=])`,
    emptied: String.raw`\bNAME\.(?:remove|clear|size|Remove|TryRemove|Clear|Count|entrySet)\b`,
  },
];

/** A new cache that lives as long as the process and never forgets. */
export const unboundedCache: Guard = guard({
  id: 'bounds/unbounded-cache',
  severity: 'note',
  protects: 'the memory of the process',
  breaks: 'The map grows with every new key until the process runs out of memory and is killed.',
  fix: 'Use a cache with a largest size or an expiry, or empty it when its work is done.',
  languages: ['typescript', 'tsx', 'javascript', 'python', 'go', 'java', 'csharp'],
  cwe: [400, 770, 401],
  confidence: 0.5,
  caught,
  passed,
  look: (scene) =>
    onNewLines(
      scene,
      scene.files
        .filter(
          (file) =>
            isProductionPath(file.path) &&
            !/(?:^|\/)(?:scripts?|tools?|cli|build)\//.test(file.path),
        )
        .flatMap((file) => caches(file)),
    ),
});

function caches(file: ChangedFile): readonly Sighting[] {
  const { after } = file;
  if (after === null || !/cache|memo|seen/i.test(addedCode(file))) return [];
  const rows = keepings.filter(({ languages }) => languages.includes(file.language));
  return [...file.added].flatMap((line) => {
    for (const { made, filled, emptied } of rows) {
      const name = made.exec(after.lines[line - 1] ?? '')?.[1];
      if (name === undefined || file.before?.text.includes(name) === true) continue;
      const fill = (pattern: string): RegExp => new RegExp(pattern.replaceAll('NAME', name), 'm');
      if (!fill(filled).test(after.text) || fill(emptied).test(after.text)) continue;
      return [
        {
          path: file.path,
          line,
          says: `the cache ${name} grows and never forgets`,
          subject: `cache ${name}`,
        },
      ];
    }
    return [];
  });
}
