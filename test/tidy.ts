import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import { doors, rooms } from './rooms.ts';

/** One file under `src/`, as the house rules see it. */
export interface House {
  readonly room: string;
  /** Within `outside/`, the shelf; otherwise empty. */
  readonly shelf: string;
}

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

/** What is wrong with a file by the house rules (docs/architecture.md), as sentences; empty when tidy. */
export function untidy(path: string, text: string): readonly string[] {
  if (!path.startsWith('src/') || path.endsWith('.test.ts')) return [];
  const imports = importsOf(path, text);
  return [
    ...imports.flatMap((used) => wrongImport(path, used)),
    ...(isPure(houseOf(path)) ? impurities(path, text, imports) : []),
    ...(leavesFixme(path, text) ? [`${path} leaves a FIXME`] : []),
  ];
}

// Guards that look for the word may have it in their patterns.
function leavesFixme(path: string, text: string): boolean {
  return (
    text.includes('FIXME') &&
    parseSync(path, text).comments.some(({ value }) => /FIXME/.test(value))
  );
}

/** Files of `src/` that a file imports for their values, resolved; what cycles are looked for in. */
export function valueImports(path: string, text: string): readonly string[] {
  return importsOf(path, text)
    .filter(({ typeOnly, from }) => !typeOnly && from.startsWith('.'))
    .map(({ from }) => posix.join(posix.dirname(path), from));
}

/** The first import cycle found, as the files on it; empty when there is none. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  function visit(file: string, trail: readonly string[]): readonly string[] {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  }
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function importsOf(path: string, text: string): readonly Import[] {
  const { module } = parseSync(path, text);
  const fixed = module.staticImports.map((used) => ({
    from: used.moduleRequest.value,
    typeOnly: used.entries.length > 0 && used.entries.every((entry) => entry.isType),
  }));
  const passedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      entry.moduleRequest ? [{ from: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
    ),
  );
  const late = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    from: text.slice(start, end).replaceAll(/^['"`]|['"`]$/g, ''),
    typeOnly: false,
  }));
  return [...fixed, ...passedOn, ...late];
}

function houseOf(path: string): House {
  const [, room = '', shelf = ''] = path.split('/');
  if (room === 'judge.ts') return { room: 'judge', shelf: '' };
  if (room.endsWith('.ts')) return { room: 'door', shelf: '' };
  return { room, shelf: room === 'outside' ? shelf : '' };
}

function isPure({ room }: House): boolean {
  return room in rooms;
}

function wrongImport(path: string, { from, typeOnly }: Import): readonly string[] {
  const here = houseOf(path);
  if (
    here.room === 'cli' ||
    here.room === 'server' ||
    here.room === 'door' ||
    !from.startsWith('.')
  )
    return [];
  const target = posix.join(posix.dirname(path), from);
  const there = houseOf(target);
  if (there.room === here.room && there.shelf === here.shelf) return [];
  if (here.room === 'outside') return outsideImport(path, { target, there, typeOnly });
  const granted = rooms[here.room];
  if (!granted) return [`${path}: ${here.room}/ is not in the map of rooms`];
  if (!granted.includes(there.room))
    return [`${path}: ${here.room}/ may not import ${there.room}/`];
  return wrongDoor(path, target, there.room);
}

function outsideImport(
  path: string,
  { target, there, typeOnly }: { target: string; there: House; typeOnly: boolean },
): readonly string[] {
  if (there.room === 'outside') return [`${path}: outside/ shelves may not import each other`];
  if (there.room === 'cli' || there.room === 'server')
    return [`${path}: nobody imports ${there.room}/`];
  if (there.room !== 'change' && !typeOnly)
    return [`${path}: outside/ imports ${there.room}/ for types only`];
  return wrongDoor(path, target, there.room);
}

function wrongDoor(path: string, target: string, room: string): readonly string[] {
  const open = doors[room] ?? [`${room}.ts`];
  const file = target.slice(`src/${room}/`.length);
  return room === 'judge' || open.includes(file)
    ? []
    : [`${path}: ${target} is not a door of ${room}/`];
}

const impure: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b/, 'reads the clock'],
  [/\bnew Date\(\s*\)/, 'reads the clock'],
  [/\bperformance\.now\b/, 'reads the clock'],
  [/\bMath\.random\b/, 'throws dice'],
  [/\bprocess\.(?!stdout)/, 'reaches for the process'],
  [/\bfetch\(/, 'reaches for the network'],
  [/\bset(?:Timeout|Interval|Immediate)\(/, 'waits'],
  [/^(?:export )?let /m, 'keeps state at module level'],
];

function impurities(path: string, text: string, imports: readonly Import[]): readonly string[] {
  const nodes = imports.filter(
    ({ from, typeOnly }) => from.startsWith('node:') && from !== 'node:crypto' && !typeOnly,
  );
  const code = withoutTexts(path, text);
  return [
    ...nodes.map(({ from }) => `${path}: ${houseOf(path).room}/ is pure and may not use ${from}`),
    ...impure
      .filter(([pattern]) => pattern.test(code))
      .map(([, what]) => `${path}: ${houseOf(path).room}/ is pure, this ${what}`),
  ];
}

/** The code with comments, strings, templates and patterns blanked: examples in guards mention what we forbid. */
function withoutTexts(path: string, text: string): string {
  const { program, comments } = parseSync(path, text);
  const spans: { start: number; end: number }[] = comments.map(({ start, end }) => ({
    start,
    end,
  }));
  JSON.stringify(program, (_, node: unknown) => {
    if (isLiteral(node)) spans.push({ start: node.start, end: node.end });
    return typeof node === 'bigint' ? null : node;
  });
  const chars = Array.from({ length: text.length }, (_, at) => text.charAt(at));
  for (const { start, end } of spans) chars.fill(' ', start, end);
  return chars.join('');
}

function isLiteral(node: unknown): node is { start: number; end: number } {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    (node.type === 'Literal' || node.type === 'TemplateElement') &&
    'start' in node &&
    typeof node.start === 'number' &&
    'end' in node &&
    typeof node.end === 'number'
  );
}
