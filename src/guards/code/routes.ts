import type { Source, Tree } from '../guard.ts';
import { isAuthCall } from './auth-words.ts';
import { grammarOf } from './grammar.ts';
import type { Grammar } from './grammar.ts';
import { compact, endLineOf, fieldOf, lineOf, nodesOf } from './nodes.ts';

/** A route given to a router by a call: `router.get('/orders', requireLogin, list)`. */
export interface Route {
  /** Router, verb and path: the same route before and after has the same key. */
  readonly key: string;
  /** `router.get('/orders')`, for messages. */
  readonly says: string;
  readonly router: string;
  /** Names in its arguments, outside of handler bodies, that decide who may call. */
  readonly checks: readonly string[];
  readonly line: number;
  readonly endLine: number;
}

/** A middleware given to a whole router: `app.use(requireLogin)`. */
export interface Middleware {
  readonly router: string;
  readonly check: string;
  readonly line: number;
}

const routeVerbs =
  /^(?:get|post|put|patch|delete|del|all|head|options|route|handle|handlefunc|any|Get|Post|Put|Patch|Delete|GET|POST|PUT|PATCH|DELETE|Handle|HandleFunc|Any|Route|add_url_rule|path|re_path|url)$/;
const useVerbs = /^(?:use|Use|add_middleware|before_request|addHook|register|addFilter\w*)$/;

const knownRoutes = new WeakMap<Source, readonly Route[]>();

/** Routes that a file registers by calls. */
export function routesOf(source: Source): readonly Route[] {
  const found = knownRoutes.get(source) ?? [
    ...read(source, routeVerbs, routeOf),
    ...objectRoutes(source),
  ];
  knownRoutes.set(source, found);
  return found;
}

/** Checks that a file puts in front of a whole router. */
export function middlewaresOf(source: Source): readonly Middleware[] {
  return read(source, useVerbs, middlewareOf);
}

interface Registration {
  readonly node: Tree;
  readonly router: string;
  readonly verb: string;
  readonly given: readonly Tree[];
  readonly grammar: Grammar;
}

function read<Found>(
  source: Source,
  verbs: RegExp,
  make: (registration: Registration) => readonly Found[],
): readonly Found[] {
  const grammar = grammarOf(source.language);
  const root = grammar === null ? null : source.tree();
  if (grammar === null || root === null) return [];
  return nodesOf(root, grammar.calls).flatMap((node) => {
    const callee = (fieldOf(node, 'function') ?? fieldOf(node, 'name'))?.text() ?? '';
    const verb = /[\w$]+$/.exec(callee)?.[0] ?? '';
    const given = fieldOf(node, 'arguments')?.namedChildren() ?? [];
    if (!verbs.test(verb) || given.length === 0) return [];
    const router = compact(
      fieldOf(node, 'object')?.text() ?? callee.slice(0, -verb.length),
    ).replace(/\.$/, '');
    return make({ node, router, verb, given, grammar });
  });
}

function routeOf({ node, router, verb, given, grammar }: Registration): readonly Route[] {
  const path = given[0];
  if (path === undefined || !grammar.strings.includes(String(path.kind())) || given.length < 2)
    return [];
  if (!/^[frb]?['"`](?:\/|[A-Z]+ \/|\^|$|[\w-]+\/)/.test(path.text()) && router === '') return [];
  if (!/^[frb]?['"`](?:['"`]|\/|\*|\^|[A-Z]+ \/|[\w<:-]+(?:\/|['"`]))/.test(path.text())) return [];
  const place = compact(path.text());
  return [
    {
      key: `${router}.${verb}(${place}`,
      says: `${router === '' ? '' : `${router}.`}${verb}(${place})`,
      router,
      checks: given.slice(1).flatMap((argument) => authNames(argument, grammar)),
      line: lineOf(node),
      endLine: lineOf(given.at(-1) ?? node),
    },
  ];
}

const objectPaths = /^(?:matcher|path|url|route|pattern|endpoint)$/;
const objectChecks =
  /^(?:middlewares?|preHandlers?|onRequest|preValidation|pre|guards|canActivate|use|before|beforeEnter|hooks|auth|policies)$/;

// `{ matcher: '/orders', method: 'GET', middlewares: [authenticate('user')] }`, as file routers and Fastify write it.
function objectRoutes(source: Source): readonly Route[] {
  const grammar = grammarOf(source.language);
  const root = grammar === null || grammar.objects.length === 0 ? null : source.tree();
  if (grammar === null || root === null) return [];
  return nodesOf(root, grammar.objects).flatMap((node) => {
    const pairs = node.namedChildren().filter((child) => child.kind() === 'pair');
    const path = pairs.find((pair) => objectPaths.test(keyOf(pair)));
    if (path === undefined) return [];
    const method = pairs.find((pair) => /^methods?$/.test(keyOf(pair)));
    const says = [method, path]
      .map((pair) => compact(fieldOf(pair ?? node, 'value')?.text() ?? ''))
      .join(' ')
      .trim();
    return [
      {
        key: `{${says}`,
        says: `the route ${says}`,
        router: '{}',
        checks: pairs
          .filter((pair) => objectChecks.test(keyOf(pair)))
          .flatMap((pair) => authNames(fieldOf(pair, 'value') ?? pair, grammar)),
        line: lineOf(node),
        endLine: endLineOf(node),
      },
    ];
  });
}

function keyOf(pair: Tree): string {
  return pair.child(0)?.text().replace(/['"]/g, '') ?? '';
}

function middlewareOf({ node, router, given, grammar }: Registration): readonly Middleware[] {
  return given
    .flatMap((argument) => authNames(argument, grammar))
    .slice(0, 1)
    .map((check) => ({ router, check, line: lineOf(node) }));
}

const named = ['identifier', 'property_identifier', 'field_identifier'];

/** Names below a node that decide who may go on, leaving out what stands inside functions. */
export function authNames(node: Tree, grammar: Grammar): readonly string[] {
  const kind = String(node.kind());
  if (grammar.functions.includes(kind)) return [];
  if (named.includes(kind)) return isAuthCall(node.text()) ? [node.text()] : [];
  return node.namedChildren().flatMap((child) => authNames(child, grammar));
}
