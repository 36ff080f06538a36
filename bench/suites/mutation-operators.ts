import type { Language } from '../../src/guards/guard.ts';

/** One way to break code: where in a file it can be done, and what the file is then. */
export interface Operator {
  readonly name: string;
  /** Any of these guards may tell of it. */
  readonly guards: readonly string[];
  readonly languages: readonly Language[];
  /** The file's lines after the fault at this line; null where it cannot be made. */
  readonly at: (lines: readonly string[], index: number) => readonly string[] | null;
}

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const all: readonly Language[] = [
  ...script,
  'python',
  'go',
  'java',
  'kotlin',
  'ruby',
  'csharp',
  'php',
  'rust',
];

/** Exchanges a piece of one line. */
function exchange(pattern: RegExp, by: string, near: RegExp | null = null): Operator['at'] {
  return (lines, index) => {
    const line = lines[index] ?? '';
    if (/^\s*(?:\/\/|#|\*)/.test(line) || !pattern.test(line)) return null;
    if (near !== null && !near.test(lines.slice(Math.max(0, index - 8), index + 8).join('\n')))
      return null;
    const changed = line.replace(pattern, by);
    return changed === line
      ? null
      : [
          ...lines.slice(0, index),
          ...(changed.trim() === '' ? [] : [changed]),
          ...lines.slice(index + 1),
        ];
  };
}

/** Takes a whole line away. */
function drop(pattern: RegExp, near: RegExp | null = null): Operator['at'] {
  return exchange(pattern, '', near);
}

/** Takes a line that opens a block away, with the line that closes it, and moves the block to the left. */
function unwrap(pattern: RegExp): Operator['at'] {
  return (lines, index) => {
    const line = lines[index] ?? '';
    if (!pattern.test(line)) return null;
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    let end = index + 1;
    while (
      end < lines.length &&
      ((lines[end] ?? '').trim() === '' || isDeeper(lines[end] ?? '', indent))
    )
      end += 1;
    if (end - index < 2 || end - index > 80) return null;
    const closes = /^\s*(?:\}|end\b|\)\s*[;,]?$)/.test(lines[end] ?? '');
    if (!line.trimEnd().endsWith(':') && !closes) return null;
    const step = (/^\s*/.exec(lines[index + 1] ?? '')?.[0] ?? '').slice(indent.length);
    const body = lines
      .slice(index + 1, end)
      .map((one) =>
        one.startsWith(indent + step) ? indent + one.slice(indent.length + step.length) : one,
      );
    return [
      ...lines.slice(0, index),
      ...body,
      ...lines.slice(closes && !line.trimEnd().endsWith(':') ? end + 1 : end),
    ];
  };
}

function isDeeper(line: string, indent: string): boolean {
  return line.startsWith(indent) && /^\s/.test(line.slice(indent.length));
}

/** Puts a line in front. */
function insert(pattern: RegExp, text: string): Operator['at'] {
  return (lines, index) => {
    const line = lines[index] ?? '';
    if (!pattern.test(line) || /^\s*$/.test(lines[index + 1] ?? '')) return null;
    const indent = /^\s*/.exec(lines[index + 1] ?? '')?.[0] ?? '';
    return [...lines.slice(0, index + 1), indent + text, ...lines.slice(index + 1)];
  };
}

const awaits = ['async/await-dropped'];
const locks = ['locks/removed'];
const turned = ['conditions/inverted'];

/** The faults that are made. */
export const operators: readonly Operator[] = [
  {
    name: 'await of a statement',
    guards: awaits,
    languages: [...script, 'python', 'csharp'],
    at: exchange(/^(\s*)await (?=[\w.$]+(?:<[^>]*>)?\()/, '$1'),
  },
  {
    name: 'await of a value',
    guards: awaits,
    languages: [...script, 'python', 'csharp'],
    at: exchange(/^(\s*(?:const |let |var )?\w+ = )await (?=[\w.$]+\()/, '$1'),
  },
  {
    name: '.await of a statement',
    guards: awaits,
    languages: ['rust'],
    at: exchange(/^(\s+[\w.:]+\([^;]*\))\.await\??;$/, '$1;'),
  },
  {
    name: 'lock around a block',
    guards: locks,
    languages: all,
    at: unwrap(
      /^\s*(?:async )?(?:with [\w.]*_?lock\w*(?:\(\))?:|lock ?\(\w+\) ?\{?|synchronized ?\([\w.]+\) ?\{|[\w.@]*\.?(?:with_lock|synchronize|withLock) ?(?:do|\{)|(?:return )?(?:await )?[\w.]*(?:[mM]utex|[lL]ock)\w*\.(?:runExclusive|withLock|acquire)\(.*=> ?\{)$/,
    ),
  },
  {
    name: 'mutex in Go',
    guards: locks,
    languages: ['go'],
    at: (lines, index) =>
      /^\s*[\w.]+\.R?Lock\(\)$/.test(lines[index] ?? '') &&
      /defer [\w.]+\.R?Unlock\(\)$/.test(lines[index + 1] ?? '')
        ? [...lines.slice(0, index), ...lines.slice(index + 2)]
        : null,
  },
  {
    name: 'guard of a mutex in Rust',
    guards: locks,
    languages: ['rust'],
    at: drop(/^\s*let _\w* = [\w.]*(?:lock|mutex|semaphore)\w*\.(?:lock|write|acquire)\(\).*$/),
  },
  {
    name: 'transaction around a block',
    guards: locks,
    languages: all,
    at: unwrap(
      /^\s*(?:with transaction\.atomic\(.*\):|(?:return )?(?:await )?[\w.$:]*\.?\$?[tT]ransaction\w*(?:\(.*=> ?\{|\(.*\) do| do|\(function \(.*\{))$/,
    ),
  },
  {
    name: 'locking read',
    guards: locks,
    languages: all,
    at: exchange(
      /\.(?:select_for_update|with_for_update|lockForUpdate|forUpdate)\(\)| FOR UPDATE\b/,
      '',
    ),
  },
  {
    name: 'limit of a query',
    guards: ['bounds/removed'],
    languages: all,
    at: exchange(
      /(?:\.|->)(?:limit|take|first)\(\d+\)(?=[.;)\n]|->|$)| LIMIT \d+(?=["'`;])|,? ?(?:take|limit): \d+(?=,? ?\}|,$)/,
      '',
      /find|query|select|where|from|objects|order/i,
    ),
  },
  {
    name: 'cap of concurrency',
    guards: ['bounds/removed'],
    languages: all,
    at: exchange(
      /^\s*\w+\.SetLimit\(.*\)$|,? ?\b(?:concurrency|max_workers|maxWorkers|maxConcurrency)(?::|=) ?\d+,?/,
      '',
    ),
  },
  {
    name: 'cap of concurrency, times 100',
    guards: ['bounds/removed'],
    languages: all,
    at: exchange(
      /(\b(?:concurrency|max_workers|maxWorkers|maxConcurrency|pool_size|poolSize|pageSize|page_size)(?::|=) ?)(\d+)\b/,
      '$1$200',
    ),
  },
  {
    name: 'pause between attempts',
    guards: ['retries/backoff-removed'],
    languages: all,
    at: drop(
      /^\s*(?:await )?[\w.:]*(?:sleep|Sleep|delay|Delay)\(.*\)(?:\.await)?;?$/,
      /retr(?:y|ies)|attempt/i,
    ),
  },
  {
    name: 'number of attempts becomes endless',
    guards: ['retries/unbounded'],
    languages: script,
    at: exchange(/(\bmax_?(?:retries|attempts): ?)\d+/i, '$1Infinity'),
  },
  {
    name: 'check of attempts',
    guards: ['retries/unbounded'],
    languages: all,
    at: exchange(/\b(?:attempts?|retries|retryCount|tries) ?<=? ?[\w.]+/, 'true'),
  },
  {
    name: 'equality',
    guards: turned,
    languages: all,
    at: exchange(/^(\s*(?:if|elsif|elif|\} else if)\b.*[\w)\]'"]) =(==?) /, '$1 !$2 '),
  },
  {
    name: 'inequality',
    guards: turned,
    languages: all,
    at: (lines, index) => exchange(/^(\s*if\b.*) !(==?) /, '$1 =$2 ')(lines, index),
  },
  {
    name: 'and for or',
    guards: turned,
    languages: all,
    at: exchange(/^(\s*(?:if|elif|elsif)\b.*) (?:&&) /, '$1 || '),
  },
  {
    name: 'and for or in words',
    guards: turned,
    languages: ['python', 'ruby'],
    at: exchange(/^(\s*(?:if|elif)\b.*) and /, '$1 or '),
  },
  {
    name: 'negation goes',
    guards: turned,
    languages: all,
    at: exchange(/^(\s*if \(?)!(?=[\w.]+\)? ?\{?)/, '$1'),
  },
  {
    name: 'negation goes in words',
    guards: turned,
    languages: ['python'],
    at: exchange(/^(\s*if )not (?=[\w.]+:)/, '$1'),
  },
  {
    name: 'negation comes',
    guards: turned,
    languages: [...script, 'java', 'go', 'kotlin', 'csharp', 'rust', 'php'],
    at: exchange(/^(\s*if \(?)(?=[\w.$]+(?:\(\w*\))?\)? ?\{$)/, '$1!'),
  },
  {
    name: 'border',
    guards: turned,
    languages: all,
    at: exchange(/^(\s*(?:if|while|elif)\b.*[\w)\]]) (<|>) (?=[\w(])/, '$1 $2= '),
  },
  {
    name: 'condition becomes true',
    guards: ['conditions/always'],
    languages: [...script, 'java', 'csharp', 'kotlin', 'php'],
    at: exchange(/^(\s*if \()[\w.!$]+(?:\([\w., ]*\))?(\) ?\{)$/, '$1true$2'),
  },
  {
    name: 'condition becomes true, without brackets',
    guards: ['conditions/always'],
    languages: ['python', 'go', 'rust'],
    at: (lines, index) =>
      exchange(
        /^(\s*if )[\w.!]+(?:\([\w., ]*\))?( ?(?:\{|:))$/,
        (lines[index] ?? '').endsWith(':') ? '$1True$2' : '$1true$2',
      )(lines, index),
  },
  {
    name: 'early return',
    guards: ['conditions/always'],
    languages: all,
    at: (lines, index) =>
      insert(
        /^\s+(?:const|let|var) \w+ = .*;$|^    \w+ = [\w.]+\(.*\)$|^\t\w+ := [\w.]+\(.*\)$/,
        'return',
      )(lines, index),
  },
  {
    name: 'with goes from open',
    guards: ['resources/not-closed'],
    languages: ['python'],
    at: (lines, index) => unopened(lines, index),
  },
  {
    name: 'error becomes exit',
    guards: ['process/exit-introduced'],
    languages: [...script, 'python', 'go', 'java'],
    at: (lines, index) => exits(lines, index),
  },
  {
    name: '? becomes unwrap',
    guards: ['process/exit-introduced'],
    languages: ['rust'],
    at: exchange(/(\)(?:\.await)?)\?;$/, '$1.unwrap();'),
  },
  {
    name: 'relations of a query',
    guards: ['bounds/eager-load-removed'],
    languages: ['python', 'ruby', 'php', 'csharp'],
    at: exchange(
      /\.(?:select_related|prefetch_related|includes|preload)\([^()]*\)|->with\([^()]*\)(?=->|;|$)|\.Include\(\w+ => [\w.]+\)/,
      '',
    ),
  },
  {
    name: 'expiry of a cache entry',
    guards: ['caches/expiry-removed'],
    languages: all,
    at: exchange(
      /,? ?\b(?:ttl|expires_in|EX|ex|max_age|timeout)(?::|=) ?[\w.* ]+(?=[,)} ]|$)/,
      '',
      /cache|redis/i,
    ),
  },
  {
    name: 'part of a cache key',
    guards: ['caches/key-narrowed'],
    languages: all,
    at: exchange(
      /(?:#|\$)?\{(?:\w+\.)*(?:user|tenant|org|account|organization)(?:_?[iI]d|\.id)?\}[:/_-]?/,
      '',
      /cache|redis/i,
    ),
  },
  {
    name: 'default becomes none',
    guards: ['fallbacks/removed'],
    languages: ['rust', 'java'],
    at: exchange(
      /\.unwrap_or(?:_default|_else)?\([^()]*\)|\.getOrDefault\((\w+), [^()]+\)/,
      '.unwrap()',
    ),
  },
  {
    name: 'second source',
    guards: ['fallbacks/removed'],
    languages: [...script, 'python', 'csharp', 'ruby'],
    at: exchange(/ (?:\?\?|\|\||or) (?:await )?[\w.]+\([\w., ]*\)(?=;|$)/, ''),
  },
  {
    name: 'for…of becomes forEach',
    guards: ['async/for-each'],
    languages: script,
    at: (lines, index) => eachAsync(lines, index),
  },
  {
    name: 'sleep of asyncio becomes sleep',
    guards: ['async/blocking-call'],
    languages: ['python'],
    at: exchange(/await asyncio\.sleep\(/, 'time.sleep('),
  },
];

function unopened(lines: readonly string[], index: number): readonly string[] | null {
  const match = /^(\s*)with (open\(.*\)) as (\w+):$/.exec(lines[index] ?? '');
  const bare = match === null ? null : unwrap(/./)(lines, index);
  if (match === null || bare === null) return null;
  return [...bare.slice(0, index), `${match[1]}${match[3]} = ${match[2]}`, ...bare.slice(index)];
}

function exits(lines: readonly string[], index: number): readonly string[] | null {
  const line = lines[index] ?? '';
  const text = lines.join('\n');
  const by: readonly (readonly [RegExp, string])[] = [
    [/^(\s+)throw new \w*Error\(.*\);$/, '$1process.exit(1);'],
    [/^(\s+)raise \w+\(.*\)$/, '$1sys.exit(1)'],
    [/^(\s+)return err$/, '$1log.Fatal(err)'],
    [/^(\s+)throw new \w+Exception\(.*\);$/, '$1System.exit(1);'],
  ];
  const found = by.find(([pattern]) => pattern.test(line));
  if (found === undefined || /process\.exit|sys\.exit|log\.Fatal|System\.exit/.test(text))
    return null;
  return [...lines.slice(0, index), line.replace(found[0], found[1]), ...lines.slice(index + 1)];
}

function eachAsync(lines: readonly string[], index: number): readonly string[] | null {
  const match = /^(\s*)for \(const (\w+) of ([\w.]+)\) \{$/.exec(lines[index] ?? '');
  if (match === null) return null;
  let end = index + 1;
  while (end < lines.length && (lines[end] ?? '') !== `${match[1]}}`) end += 1;
  const body = lines.slice(index + 1, end);
  if (end === lines.length || end - index > 60 || !/\bawait\b/.test(body.join('\n'))) return null;
  return [
    ...lines.slice(0, index),
    `${match[1]}${match[3]}.forEach(async (${match[2]}) => {`,
    ...body,
    `${match[1]}});`,
    ...lines.slice(end + 1),
  ];
}
