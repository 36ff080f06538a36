import { codeLanguages } from '../code/grammar.ts';
import { lossesIn } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { raisedNumbers } from '../code/raised.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { caught, passed } from './removed.examples.ts';

const value = '(?:[\\w.$]{1,40}|Math\\.min\\([^()]{0,60}\\))';

function says(what: string): Loss['says'] {
  return ({ gone }) => `${what}: ${excerpt(gone.replace(/^[,.]|[,;]$/g, ''), 50)} is gone`;
}

const unlimited = says('reads without a limit');

const rows: readonly Loss[] = [
  {
    gone: new RegExp(
      `^\\??\\.(?:limit|take|setMaxResults|first|maxTimeMS|Limit|Take|setLimit|pageSize|max_results|top)\\(${value}\\);?$`,
    ),
    notNear: /findOne|find_one|\.one\(|getOne|scalar\(/,
    severity: 'warn',
    says: unlimited,
  },
  {
    gone: new RegExp(
      `^,?['"]?(?:take|limit|first|top(?=['"]?(?::|=|=>)(?:[1-9]|[\\w.]*(?:[lL]imit|[mM]ax|[cC]ount|[sS]ize)))|pageSize|page_size|per_page|perPage|maxResults|max_results|MaxResults)['"]?(?::|=|=>)${value},?$`,
    ),
    near: /find|query|select|list|where|search|scan|fetch|all\(|repository|prisma/i,
    severity: 'warn',
    says: unlimited,
  },
  {
    gone: /^(?:FETCH FIRST (?:\w+ )?ROWS? ONLY|LIMIT (?:\d+|\$\d+|\?|%s|:\w+|\$\{?\w+\}?))$/i,
    severity: 'warn',
    says: unlimited,
  },
  {
    gone: /^,?['"]?(?:concurrency|maxConcurrency|max_concurrency|maxConcurrent|max_concurrent|max_workers|maxWorkers|maxParallel|maxInFlight|max_in_flight|prefetch|highWaterMark|maxPayload|maxBodyLength|bodyLimit|maxBodySize|maxFileSize|max_length|maxsize|max_size|queue_size|maxQueue\w*|connectionLimit|pool_size|poolSize|max_overflow|max_connections|maxConnections|MaxOpenConns)['"]?(?::|=|=>)[\w.*'"$ ]{1,40},?$/,
    notNear: /TypedDict|interface |^[ \t]*type /m,
    severity: 'warn',
    says: says('does as much at once as it is asked for'),
  },
  { gone: /^fetchmany$/, came: /^fetchall$/, severity: 'warn', says: unlimited },
  {
    gone: /^,?(?:PageRequest\.of\([^()]{1,60}\)|pageable|Pageable \w+|pagination|limits?)$/,
    severity: 'note',
    says: unlimited,
  },
  {
    gone: /^(?:const|let|var) \w+=pLimit\(\w+\);?$|^(?:async )?with [\w.]*sem(?:aphore)?\w*:$|^[\w.]*sem(?:aphore)?\w*\s?<-\s?struct\{\}\{\}$|^\w+\.SetLimit\([\w.()]{1,40}\)$|^[\w.]+\.SetMax(?:Open|Idle)Conns\([\w.]{1,40}\);?$|^(?:await )?[\w.]*[sS]emaphore\.(?:acquire|WaitAsync)\([^()]{0,40}\)(?:\.await)?\??;?$|^(?:await )?p?[lL]imit\(\(\)=>$/,
    severity: 'warn',
    says: says('does everything at once now'),
  },
  {
    gone: /^\.buffer(?:_unordered|ed)\(\w+\)$|^\[:\w+\]$|^\.slice\(0,[\w.]+\)$/,
    near: /query|select|fetch|request|Promise\.all|gather|rows|results?\b/i,
    notNear: /substring|name|title|text|label|message|hash|sha|\bid\b/i,
    severity: 'note',
    says: says('handles all of them now'),
  },
];

/** A limit on how much is read or done at once went or grew tenfold. */
export const boundRemoved: Guard = guard({
  id: 'bounds/removed',
  severity: 'warn',
  protects: 'memory, connections and neighbours from unbounded work',
  breaks:
    'With the data of production the call reads or does everything at once, and runs out of memory, connections or time.',
  fix: 'Keep a limit, and page through the rest.',
  languages: codeLanguages,
  cwe: [400, 770],
  confidence: 0.6,
  caught,
  passed,
  look: (scene) => [
    ...lossesIn(scene, {
      rows,
      trace:
        /limit|take|first|top|pageSize|page_size|per_?page|max|FETCH FIRST|concurren|prefetch|highWater|\bsem|pool|queue_size|buffer|PageRequest|pageable|fetchmany|\[:|slice\(/i,
      back: /\blimit|take\b|pageSize|page_size|per_?page|paginat|cursor|chunk|batch|\bmax[A-Z_]\w*|semaphore|concurren|p-?limit|throttl|\bqueue|findOne|findFirst|\.first\(|stream|iterat/i,
      notIn: /(?:^|\/)(?:scripts?|tools?|migrations?|web|frontend|front-end|components?)\//,
    }),
    ...raised(scene),
  ],
});

const named =
  /(?:concurren\w*|max_?workers|max_?(?:open_?)?conn\w*|pool_?size|page_?size|per_?page|\blimit\b|max_?(?:results|in_?flight|parallel\w*|batch\w*|body\w*|payload|upload\w*|file_?size))/i;

function raised(scene: Scene): readonly Sighting[] {
  return raisedNumbers(scene, named)
    .filter(({ from, to }) => from > 0 && to >= from * 10)
    .map(({ edit, name, from, to }) => ({
      path: edit.file.path,
      line: edit.line,
      says: `raises ${name} from ${from} to ${to}`,
      subject: `raised ${name}`,
      severity: 'note',
    }));
}
