import {
  isBlank,
  readFields,
  readList,
  readOptionalSwitch,
  readPattern,
  readPatterns,
  readSwitch,
  readTexts,
  visit,
  wrongType,
} from './decode.ts';
import type { Fields, Reading, Values } from './decode.ts';
import { resolveScalar } from './go-scalar.ts';
import type { GoNode } from './go-yaml.ts';
import type { Pattern } from './pattern.ts';

/** Users as policy-bot names them: the union of all four lists. */
export interface Actors {
  readonly users: readonly string[];
  readonly teams: readonly string[];
  readonly organizations: readonly string[];
  /** Ranks of `permissionRank`. */
  readonly permissions: readonly number[];
}

export interface Comparison {
  readonly operator: '<' | '>' | '=';
  readonly value: number;
}

interface Conclusions {
  readonly names: readonly string[];
  readonly conclusions: readonly string[];
}

interface Texts {
  readonly matches: readonly Pattern[];
  readonly notMatches: readonly Pattern[];
}

interface Paths {
  readonly paths: readonly Pattern[];
  readonly ignore: readonly Pattern[];
}

/** A condition of a rule, in policy-bot's names. */
export type Predicate =
  | ({ readonly kind: 'changed_files' | 'no_changed_files' } & Paths)
  | { readonly kind: 'only_changed_files'; readonly paths: readonly Pattern[] }
  | {
      readonly kind:
        | 'has_author_in'
        | 'has_contributor_in'
        | 'only_has_contributors_in'
        | 'has_valid_signatures_by';
      readonly actors: Actors;
    }
  | {
      readonly kind: 'author_is_only_contributor' | 'has_valid_signatures';
      readonly wanted: boolean;
    }
  | { readonly kind: 'targets_branch' | 'from_branch'; readonly pattern: Pattern }
  | {
      readonly kind: 'modified_lines';
      readonly additions: Comparison | null;
      readonly deletions: Comparison | null;
      readonly total: Comparison | null;
    }
  | ({ readonly kind: 'has_status' | 'has_successful_status' } & Conclusions)
  | ({ readonly kind: 'has_workflow_result' } & Conclusions)
  | { readonly kind: 'has_labels'; readonly labels: readonly string[] }
  | ({ readonly kind: 'repository' | 'title' } & Texts)
  | { readonly kind: 'has_valid_signatures_by_keys'; readonly keyIds: readonly string[] };

/** Repository permissions by rank; a higher one includes the lower ones. */
export const permissionRank: ReadonlyMap<string, number> = new Map([
  ['none', 0],
  ['read', 1],
  ['triage', 2],
  ['write', 3],
  ['maintain', 4],
  ['admin', 5],
]);

/** The keys of actors, wherever they stand. */
export const actorKeys = [
  'users',
  'teams',
  'organizations',
  'admins',
  'write_collaborators',
  'permissions',
] as const;

type Make = (reading: Reading, values: Values) => Predicate | null;

// In the order in which policy-bot tries them: the first false one gives the description.
const makers: ReadonlyMap<Predicate['kind'], Make> = new Map<Predicate['kind'], Make>([
  ['changed_files', paths('changed_files')],
  ['no_changed_files', paths('no_changed_files')],
  ['only_changed_files', onlyPaths],
  ['has_author_in', people('has_author_in')],
  ['has_contributor_in', people('has_contributor_in')],
  ['only_has_contributors_in', people('only_has_contributors_in')],
  ['author_is_only_contributor', flag('author_is_only_contributor')],
  ['targets_branch', branch('targets_branch')],
  ['from_branch', branch('from_branch')],
  ['modified_lines', modifiedLines],
  ['has_status', concluded('has_status', 'statuses')],
  ['has_successful_status', successful],
  ['has_workflow_result', concluded('has_workflow_result', 'workflows')],
  ['has_labels', labels],
  ['repository', matching('repository')],
  ['title', matching('title')],
  ['has_valid_signatures', flag('has_valid_signatures')],
  ['has_valid_signatures_by', people('has_valid_signatures_by')],
  ['has_valid_signatures_by_keys', keys],
]);

/** Decodes an `if` or `conditions` block, in the order of evaluation. */
export function readPredicates(reading: Reading, values: Values): readonly Predicate[] {
  const block = readFields(reading, values, [...makers.keys()]);
  return [...makers].flatMap(([key, make]) => make(reading, block.of(key)) ?? []);
}

/** Decodes the lists of actors of a block that may hold other keys too. */
export function readActors(reading: Reading, block: Fields): Actors {
  const listed = readList(reading, block.of('permissions'), (node) => permission(reading, node));
  const admins = readSwitch(reading, block.of('admins')) ? [5] : [];
  const writers = readSwitch(reading, block.of('write_collaborators')) ? [3] : [];
  return {
    users: readTexts(reading, block.of('users')) ?? [],
    teams: readTexts(reading, block.of('teams')) ?? [],
    organizations: readTexts(reading, block.of('organizations')) ?? [],
    permissions: [...(listed ?? []), ...admins, ...writers],
  };
}

function permission(reading: Reading, value: GoNode): number | null {
  return visit(reading, value, (node) => {
    if (node.kind !== 'scalar') return wrongType(reading, node, 'a permission');
    if (resolveScalar(node).kind === 'null') return 0;
    const rank = permissionRank.get(node.value.toLowerCase());
    return rank ?? wrongType(reading, node, 'read, triage, write, maintain or admin');
  });
}

function paths(kind: 'changed_files' | 'no_changed_files'): Make {
  return (reading, values) => {
    const block = readFields(reading, values, ['paths', 'ignore']);
    const found = readPatterns(reading, block.of('paths'));
    const ignore = readPatterns(reading, block.of('ignore'));
    return block.present ? { kind, paths: found, ignore } : null;
  };
}

function onlyPaths(reading: Reading, values: Values): Predicate | null {
  const block = readFields(reading, values, ['paths']);
  const found = readPatterns(reading, block.of('paths'));
  return block.present ? { kind: 'only_changed_files', paths: found } : null;
}

function people(kind: Extract<Predicate, { actors: Actors }>['kind']): Make {
  return (reading, values) => {
    const block = readFields(reading, values, actorKeys);
    const actors = readActors(reading, block);
    return block.present ? { kind, actors } : null;
  };
}

function flag(kind: 'author_is_only_contributor' | 'has_valid_signatures'): Make {
  return (reading, values) => {
    const wanted = readOptionalSwitch(reading, values);
    return wanted === null ? null : { kind, wanted };
  };
}

function branch(kind: 'targets_branch' | 'from_branch'): Make {
  return (reading, values) => {
    const block = readFields(reading, values, ['pattern']);
    const pattern = readPattern(reading, block.of('pattern'));
    return block.present ? { kind, pattern } : null;
  };
}

function modifiedLines(reading: Reading, values: Values): Predicate | null {
  const block = readFields(reading, values, ['additions', 'deletions', 'total']);
  const additions = comparison(reading, block.of('additions'));
  const deletions = comparison(reading, block.of('deletions'));
  const total = comparison(reading, block.of('total'));
  return block.present ? { kind: 'modified_lines', additions, deletions, total } : null;
}

function comparison(reading: Reading, values: Values): Comparison | null {
  const node = values?.at(-1);
  if (node === undefined) return null;
  return visit(reading, node, (to) => {
    if (to.kind !== 'scalar') return wrongType(reading, to, 'a comparison such as "> 100"');
    if (resolveScalar(to).kind === 'null' || to.value.trim() === '') return null;
    const [, operator, digits] = /^([<>=])[ \t]*([+-]?[0-9]+)$/.exec(to.value.trim()) ?? [];
    const value = Number(digits);
    if (operator !== '<' && operator !== '>' && operator !== '=') {
      return wrongType(reading, to, 'a comparison such as "> 100"');
    }
    if (value >= 2 ** 63 || value < -(2 ** 63))
      return wrongType(reading, to, 'a number of 64 bits');
    return { operator, value };
  });
}

function concluded(
  kind: 'has_status' | 'has_workflow_result',
  list: 'statuses' | 'workflows',
): Make {
  return (reading, values) => {
    const block = readFields(reading, values, ['conclusions', list]);
    const conclusions = readTexts(reading, block.of('conclusions')) ?? [];
    const names = readTexts(reading, block.of(list)) ?? [];
    return block.present ? { kind, names, conclusions } : null;
  };
}

function successful(reading: Reading, values: Values): Predicate | null {
  const names = readTexts(reading, values) ?? emptyWhenNull(reading, values);
  return names === null ? null : { kind: 'has_successful_status', names, conclusions: [] };
}

function labels(reading: Reading, values: Values): Predicate | null {
  const wanted = readTexts(reading, values) ?? emptyWhenNull(reading, values);
  return wanted === null ? null : { kind: 'has_labels', labels: wanted };
}

/** `Null` in capitals is a list with nothing in it, where `null` is no list: yaml.v2 looks twice. */
function emptyWhenNull(reading: Reading, values: Values): readonly string[] | null {
  const node = values?.at(-1);
  if (node === undefined) return null;
  return visit(reading, node, (to) => (isBlank(to) ? null : []));
}

function matching(kind: 'repository' | 'title'): Make {
  return (reading, values) => {
    const block = readFields(reading, values, ['matches', 'not_matches']);
    const matches = readPatterns(reading, block.of('matches'));
    const notMatches = readPatterns(reading, block.of('not_matches'));
    return block.present ? { kind, matches, notMatches } : null;
  };
}

function keys(reading: Reading, values: Values): Predicate | null {
  const block = readFields(reading, values, ['key_ids']);
  const keyIds = readTexts(reading, block.of('key_ids')) ?? [];
  return block.present ? { kind: 'has_valid_signatures_by_keys', keyIds } : null;
}
