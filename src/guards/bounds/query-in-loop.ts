import { addedCalls, nodeOf } from '../code/added-calls.ts';
import type { AddedCall } from '../code/added-calls.ts';
import { codeLanguages, grammarOf } from '../code/grammar.ts';
import { excerpt } from '../code/nodes.ts';
import { loopAround } from './loops.ts';
import { onNewLines } from '../code/moved-lines.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Sighting } from '../guard.ts';
import { isMigrationPath, isProductionPath } from '../language.ts';
import { caught, passed } from './query-in-loop.examples.ts';

/** Calls that ask a database or another service, by language. */
interface Asking {
  readonly languages: readonly Language[];
  readonly callee: RegExp;
}

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const askings: readonly Asking[] = [
  {
    languages: script,
    callee:
      /(?:prisma|tx|db|trx)\.\w+\.(?:findUnique|findFirst|findMany|findUniqueOrThrow|count|aggregate)$|\.(?:findOne|findById|findByPk|findOneBy|findOneOrFail)$|(?:[rR]epo(?:sitory)?|Model)\.(?:find|get)\w*$|(?:^|\.)(?:pool|client|connection|db|knex|sql)\.query$/,
  },
  { languages: script, callee: /^(?:fetch|axios(?:\.\w+)?|got(?:\.\w+)?)$/ },
  {
    languages: ['python'],
    callee:
      /\.objects\.(?:get|filter|exclude|get_or_create)$|^(?:self\.)?_?(?:session|db\.session)\.(?:query|execute|scalar|scalars|get)$|(?:cursor|cur|conn|connection)\.execute$/,
  },
  { languages: ['python'], callee: /^(?:requests|httpx)\.(?:get|post)$/ },
  {
    languages: ['go'],
    callee: /(?:db|tx|DB|Tx|conn|pool)\.(?:QueryRow|Query|Get|Select)(?:Context|x|xContext)?$/,
  },
  {
    languages: ['java', 'kotlin'],
    callee:
      /[rR]epository\.(?:find|get|exists|count)\w*$|[jJ]dbcTemplate\.query\w*$|entityManager\.find$/,
  },
  {
    languages: ['csharp'],
    callee:
      /[rR]epository\.Get\w*Async$|\.(?:FirstOrDefaultAsync|SingleOrDefaultAsync|FindAsync|FirstAsync)$/,
  },
  {
    languages: ['ruby'],
    callee: /^[A-Z]\w+(?:::\w+)*\.(?:find|find_by!?|where|exists\?)$/,
  },
  {
    languages: ['php'],
    callee: /^[A-Z]\w+::(?:find|findOrFail|where|firstWhere)$/,
  },
];

/** A new query or request for each element of a collection. */
export const queryInLoop: Guard = guard({
  id: 'bounds/query-in-loop',
  severity: 'note',
  protects: 'the database and page times from one query for each row',
  breaks:
    'A collection of a thousand makes a thousand queries one after the other: the page gets slower with the data, until it ends in a timeout.',
  fix: 'Ask once for all of them before the loop, by a list of ids or a join.',
  languages: codeLanguages,
  cwe: [1073, 400],
  confidence: 0.55,
  caught,
  passed,
  look: (scene) =>
    onNewLines(
      scene,
      scene.files
        .filter((file) => isProductionPath(file.path) && !isOffline(file.path))
        .flatMap((file) => queries(file)),
    ),
});

function isOffline(path: string): boolean {
  return (
    isMigrationPath(path) ||
    /(?:^|\/)(?:scripts?|tools?|seeds?|seeders?|backfill\w*|cli|cmd|bin|management|commands?|tasks?|jobs?|cron\w*|workers?)\/|(?:seed|backfill|migrat|import|export|script|job)[\w-]*\.\w+$/i.test(
      path,
    )
  );
}

function queries(file: ChangedFile): readonly Sighting[] {
  const { after, before } = file;
  const rows = askings.filter(({ languages }) => languages.includes(file.language));
  if (after === null || rows.length === 0) return [];
  if (!/\b(?:for|foreach|each|map|forEach|flatMap|reduce)\b/.test(after.text)) return [];
  return addedCalls(file).flatMap((call) => {
    const isAsking = rows.some(({ callee }) => callee.test(call.callee));
    if (!isAsking || before?.text.includes(`${call.callee}(`) === true) return [];
    return sighting(file, call);
  });
}

// In Ruby a relation asks nothing until it is read: `map { … where … }.reduce(:or)` is one query.
function isJoinedLater({ language, after }: ChangedFile, { line }: AddedCall): boolean {
  const next = after?.lines.slice(line - 1, line + 3).join('\n') ?? '';
  return language === 'ruby' && /\.(?:reduce|inject)\(\s*&?:(?:or|and|merge)\s*\)/.test(next);
}

function sighting(file: ChangedFile, call: AddedCall): readonly Sighting[] {
  const grammar = grammarOf(file.language);
  const node = nodeOf(file, call);
  const loop = node === null || grammar === null ? null : loopAround(node, grammar);
  if (loop === null || isJoinedLater(file, call)) return [];
  return [
    {
      path: file.path,
      line: call.line,
      says: `asks once for each element: ${excerpt(call.callee, 50)}() in a loop over ${excerpt(loop, 40)}`,
      subject: `loop ${call.callee}`,
    },
  ];
}
