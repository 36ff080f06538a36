import type { ChangedFile, Source } from '../guard.ts';
import { isAuthCall } from './auth-words.ts';
import { removedCode } from './added-code.ts';
import { decorationsOf, ownersOf } from './decorations.ts';
import { lostGates } from './gates.ts';
import { excerpt } from './nodes.ts';
import { middlewaresOf, routesOf } from './routes.ts';

/** A check of rights that went while what it protected stayed. */
export interface LostAuth {
  /** The name or condition that went. */
  readonly check: string;
  /** What is open now: a route, a class, a function. */
  readonly open: string;
  /** After the change, and before it. */
  readonly line: number;
  readonly lostAt: number;
  readonly form: 'decorator' | 'opened' | 'route' | 'router' | 'call' | 'condition' | 'setting';
}

interface Sides {
  readonly file: ChangedFile;
  readonly before: Source;
  readonly after: Source;
}

/** Losses that show in how a file registers, decorates and configures, without looking into functions. */
export function lostFromFile(file: ChangedFile): readonly LostAuth[] {
  if (file.before === null || file.after === null) return [];
  const sides = { file, before: file.before, after: file.after };
  const names = removedCode(file).match(/[\w$]+/g) ?? [];
  const registered = names.some(isAuthCall) ? [...routes(sides), ...routers(sides)] : [];
  return [...decorators(sides), ...registered, ...settings(sides), ...lostGates(file)];
}

function decorators({ file, before, after }: Sides): readonly LostAuth[] {
  const old = decorationsOf(before);
  const now = decorationsOf(after);
  const owners = ownersOf(after);
  const lost = old
    .filter(({ line, effect }) => effect === 'restricts' && file.removed.has(line))
    .flatMap(({ owner, container, name, line }) => {
      const stays = owners.find((one) => one.name === owner);
      const covered = now.some(
        (one) => one.effect === 'restricts' && (one.owner === owner || one.owner === container),
      );
      if (stays === undefined || covered) return [];
      return [
        {
          check: spelled(name, before),
          open: owner,
          line: stays.line,
          lostAt: line,
          form: 'decorator' as const,
        },
      ];
    });
  const opened = now
    .filter(({ line, effect, owner, name }) => {
      if (effect !== 'opens' || !file.added.has(line)) return false;
      return (
        ownersOf(before).some((one) => one.name === owner) &&
        !old.some((one) => one.owner === owner && one.name === name)
      );
    })
    .map(({ owner, name, line }) => ({
      check: spelled(name, after),
      open: owner,
      line,
      lostAt: line,
      form: 'opened' as const,
    }));
  return [...lost, ...opened];
}

function spelled(name: string, { language }: Source): string {
  return language === 'csharp' ? `[${name}]` : language === 'php' ? `#[${name}]` : `@${name}`;
}

function routes({ file, before, after }: Sides): readonly LostAuth[] {
  const now = new Map(routesOf(after).map((route) => [route.key, route]));
  return routesOf(before).flatMap((route) => {
    const same = now.get(route.key);
    const check = route.checks.find((name) => same !== undefined && !same.checks.includes(name));
    if (same === undefined || check === undefined || same.checks.length >= route.checks.length)
      return [];
    const lostAt = firstWithin(file.removed, route.line, route.endLine);
    if (lostAt === null) return [];
    return [{ check, open: route.says, line: same.line, lostAt, form: 'route' as const }];
  });
}

function routers({ file, before, after }: Sides): readonly LostAuth[] {
  const left = middlewaresOf(after);
  const open = routesOf(after);
  return middlewaresOf(before).flatMap(({ router, check, line }) => {
    const replaced =
      left.filter((one) => one.router === router).length >=
      middlewaresOf(before).filter((one) => one.router === router).length;
    const stays = open.filter(
      (route) => route.router === router || route.router.startsWith(router),
    );
    if (!file.removed.has(line) || replaced || left.some((one) => one.check === check)) return [];
    const bare = stays.filter((route) => !route.checks.includes(check));
    if (bare.length === 0 && !isServer(after, router)) return [];
    return [
      {
        check,
        open: bare[0]?.says ?? `everything behind ${router}`,
        line,
        lostAt: line,
        form: 'router' as const,
      },
    ];
  });
}

function isServer(source: Source, router: string): boolean {
  return (
    router !== '' &&
    new RegExp(
      `\\b${router.replace(/\W/g, '.')}\\.(?:use|Use|listen|ListenAndServe|add_middleware|register)\\(`,
    ).test(source.text)
  );
}

const settingsLost: readonly (readonly [RegExp, RegExp])[] = [
  [
    /permission_classes\s*=\s*[[(]\s*\w*(?:Auth|Admin|Permission|Owner|Is[A-Z])/,
    /permission_classes\s*=\s*(?:[[(]\s*(?:AllowAny\s*,?\s*)?[\])])/,
  ],
  [
    /\.(?:authenticated|hasRole|hasAnyRole|hasAuthority|hasAnyAuthority|fullyAuthenticated)\(/,
    /\.permitAll\(/,
  ],
  [
    /\b(?:requireAuth|requiresAuth|authRequired|isAuthenticated|authenticate|authentication|login_required|require_auth|protected|secure)\b['"]?\s*[:=]\s*(?:true|True)\b/,
    /\b(?:requireAuth|requiresAuth|authRequired|isAuthenticated|authenticate|authentication|login_required|require_auth|protected|secure)\b['"]?\s*[:=]\s*(?:false|False)\b/,
  ],
  [
    /\.csrf\(|csrf\w*['"]?\s*[:=]\s*(?:true|True)/,
    /\.csrf\(\s*\)\s*\.disable\(|csrf\([^)]*(?:disable|::disable)|csrf\w*['"]?\s*[:=]\s*(?:false|False)/,
  ],
];

// The same hunk takes the strict value and gives the open one.
function settings({ file }: Sides): readonly LostAuth[] {
  return file.change.hunks.flatMap((hunk) =>
    settingsLost.flatMap(([strict, open]) => {
      const index = hunk.added.findIndex(
        (line) => open.test(line) && !/^\s*(?:\/\/|#|\*)/.test(line),
      );
      const was = hunk.removed.find((line) => strict.test(line) && !open.test(line));
      if (
        index < 0 ||
        was === undefined ||
        hunk.added.some((line) => strict.test(line) && !open.test(line))
      )
        return [];
      const line = hunk.newStart + index;
      return [
        {
          check: excerpt(was, 50),
          open: excerpt(hunk.added[index] ?? '', 50),
          line,
          lostAt: hunk.oldStart,
          form: 'setting' as const,
        },
      ];
    }),
  );
}

function firstWithin(lines: ReadonlySet<number>, from: number, to: number): number | null {
  for (let line = from; line <= to; line += 1) if (lines.has(line)) return line;
  return null;
}
