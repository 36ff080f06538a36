import type { Resource } from '../resources/resource.ts';
import type { Setting } from '../resources/setting.ts';

/** One statement of an IAM policy that allows something. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  /** What it names as all but: `NotAction`. */
  readonly isInverted: boolean;
  readonly hasCondition: boolean;
  /** True when it says who may, so that it belongs to the thing itself or to a role's trust. */
  readonly hasPrincipal: boolean;
  /** First and last line of what it says. */
  readonly line: number;
  readonly endLine: number;
}

/** Allowing statements of a resource: policy documents in blocks, objects, templates and JSON. */
export function statementsOf({ settings }: Pick<Resource, 'settings'>): readonly Statement[] {
  const inside = settings.filter(
    ({ path, at }) => statementPath.test(path) || /statement#/i.test(at),
  );
  const groups = Map.groupBy(inside, statementOf);
  return [...groups.values()].flatMap(readStatement);
}

const statementPath =
  /(?:^|\.)statement\.(?:not_?)?(?:effect|action|resource|principal)s?(?:\.|$)/i;

// `a.Statement#1.principals#0` belongs to `a.Statement#1`; a lone statement has no position.
function statementOf({ at, path }: Setting): string {
  const end = /^(.*?statement#\d+)/i.exec(at)?.[1];
  return end ?? path.replace(/^(.*?\bstatement)\b.*$/i, '$1');
}

function readStatement(settings: readonly Setting[]): readonly Statement[] {
  const named = Map.groupBy(settings, ({ path }) => partOf(path));
  const effect = named.get('effect')?.[0]?.value ?? 'Allow';
  const first = settings[0];
  if (first === undefined || String(effect).toLowerCase() !== 'allow') return [];
  const words = (name: string): readonly string[] =>
    (named.get(name) ?? []).map(({ value }) => String(value));
  return [
    {
      actions: words('action'),
      resources: words('resource'),
      principals: words('principal'),
      isInverted: named.has('notaction'),
      hasCondition: named.has('condition'),
      hasPrincipal: named.has('principal'),
      line: settings.reduce((least, { line }) => Math.min(least, line), first.line),
      endLine: settings.reduce((most, { line }) => Math.max(most, line), first.line),
    },
  ];
}

function partOf(path: string): string {
  const part = path
    .replace(/^.*?\bstatement\./i, '')
    .toLowerCase()
    .replaceAll('_', '');
  const [name = '', inner = ''] = part.split('.');
  if (name === 'principals' && inner === 'type') return 'principaltype';
  return name.replace(/s$/, '');
}
