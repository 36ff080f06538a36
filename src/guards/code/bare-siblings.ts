import type { ChangedFile } from '../guard.ts';
import { decorationsOf, ownersOf } from './decorations.ts';
import { routesOf } from './routes.ts';

/** A new route without the check that all its siblings in the file have. */
export interface BareRoute {
  readonly says: string;
  readonly check: string;
  readonly siblings: number;
  readonly line: number;
}

/** So many siblings must agree before a new route is said to be odd. */
const fewest = 3;

/** New routes of a file that lack what every older one of the same router or class has. */
export function bareRoutes(file: ChangedFile): readonly BareRoute[] {
  return [...byCall(file), ...byDecorator(file)];
}

function byCall(file: ChangedFile): readonly BareRoute[] {
  if (file.before === null || file.after === null) return [];
  const old = routesOf(file.before);
  const keys = new Set(old.map((route) => route.key));
  return routesOf(file.after).flatMap((route) => {
    if (keys.has(route.key) || !file.added.has(route.line) || route.checks.length > 0) return [];
    if (isOpenByNature(route.says)) return [];
    const siblings = old.filter(
      (other) => other.router === route.router && !isOpenByNature(other.says),
    );
    const check = shared(siblings.map((sibling) => sibling.checks));
    if (check === null) return [];
    return [{ says: route.says, check, siblings: siblings.length, line: route.line }];
  });
}

const routeDecorator =
  /^@(?:\w+\.)*(?:get|post|put|patch|delete|route|api_route|websocket|\w*Mapping|Get|Post|Put|Patch|Delete|All|api_view|action)\b|^Http(?:Get|Post|Put|Patch|Delete)\b/;

function byDecorator(file: ChangedFile): readonly BareRoute[] {
  if (file.before === null || file.after === null) return [];
  const old = ownersOf(file.before).filter((owner) =>
    owner.decorators.some((text) => routeDecorator.test(text)),
  );
  const marks = decorationsOf(file.before);
  const now = decorationsOf(file.after);
  const names = new Set(old.map((owner) => owner.name));
  return ownersOf(file.after).flatMap((owner) => {
    const route = owner.decorators.find((text) => routeDecorator.test(text));
    if (route === undefined || names.has(owner.name) || !file.added.has(owner.line)) return [];
    if (
      now.some(
        (one) =>
          one.owner === owner.name || (owner.container !== '' && one.owner === owner.container),
      )
    )
      return [];
    if (isOpenByNature(`${route} ${owner.name}`)) return [];
    const siblings = old.filter(
      (other) => other.container === owner.container && !isOpenByNature(other.name),
    );
    const check = shared(
      siblings.map((sibling) =>
        marks.filter((mark) => mark.owner === sibling.name).map((mark) => `@${mark.name}`),
      ),
    );
    return check === null
      ? []
      : [{ says: owner.name, check, siblings: siblings.length, line: owner.line }];
  });
}

function shared(lists: readonly (readonly string[])[]): string | null {
  if (lists.length < fewest) return null;
  return lists[0]?.find((check) => lists.every((list) => list.includes(check))) ?? null;
}

function isOpenByNature(text: string): boolean {
  return /health|ready|live|ping|status|metrics|login|logout|sign_?(?:in|up|out)|register|callback|webhook|oauth|public|version|favicon|robots|\.well-known|openapi|docs|forgot|reset/i.test(
    text,
  );
}
