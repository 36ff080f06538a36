import { addedCode, removedCode } from '../code/added-code.ts';
import { writtenLanguages } from '../code/lexis.ts';
import { codeLinesOf } from '../code/faults.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Pair } from '../code/pairs.ts';
import { placeOf } from '../code/places.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { isAside } from './sightings.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './tenant-filter-removed.examples.ts';

/** A query asks for the rows of all customers where it asked for those of one. */
export const tenantFilterRemoved: Guard = guard({
  id: 'security/tenant-filter-removed',
  severity: 'warn',
  protects: 'what belongs to one customer',
  breaks:
    'People of one customer see or change what belongs to another, and nothing fails to show it.',
  fix: 'Put the filter back, or show where the rows are limited to one customer now.',
  languages: writtenLanguages,
  cwe: [639, 863],
  confidence: 0.75,
  caught,
  passed,
  look: (scene) => {
    const files = scene.files.filter(
      (file) => isProductionPath(file.path) && !isAside(file.path) && owner.test(removedCode(file)),
    );
    if (files.length === 0) return [];
    return matchUnits(scene)
      .pairs.filter(({ file, from }) => file === from && files.includes(file))
      .flatMap((pair) => losses(scene, pair));
  },
});

const owner =
  /(?<![A-Za-z])(?:tenant|organi[sz]ation|org|workspace|account|company|customer|team|merchant|shop|owner|user|created_?by|project)(?:_?[iI]d|__id|ID|_uuid|Uuid)?\b/i;
const ownerKey =
  /(?<![\w])["'`]?(?:\w+\.)*((?:tenant|organi[sz]ation|org|workspace|account|company|merchant|customer|team|owner)(?:_?[iI]d|ID|_uuid|Uuid)?|(?:user|created_?by)(?:_?[iI]d|ID))\b["'`]?\s*(?::|=>|==?|,|\?\s*=|\$eq|\.eq\(|\.is\(|[)}]|IN\b|in\b)/;
const query =
  /\b(?:find\w*|where\w*|filter\w*|select\w*|query\w*|get_object_or_404|get_queryset|objects|count\w*|aggregate\w*|update\w*|delete\w*|destroy\w*|first\w*|list\w*|from|FROM|WHERE|AND|eq|and|Where|First|Find|scope\w*|exclude|get|knex|prisma|db|repository|repo)\b/;
const queries =
  /\b(?:SELECT|UPDATE|DELETE)\b[\s\S]{0,400}\bFROM\b|\.(?:find\w*|where|filter|objects|query\w*|select\w*|count|update\w*|delete\w*|Where|First|Find|Query\w*|Exec\w*|execute)\s*\(|\bget_object_or_404\(/;
const asks =
  /^(?:\s*(?:\.?(?:where|and|filter|eq|Where|andWhere|filter_by|exclude)\b|["'`]?\s*(?:AND|WHERE)\b|["'`]?\w*["'`]?\s*(?::|=>)))|\bwhere\b|\bWHERE\b|\.filter|\.find|\.where|\.Where|\bget_object_or_404|\bobjects\b|\bAND\b/;

function losses(scene: Scene, pair: Pair): readonly Sighting[] {
  const lines = codeLinesOf(pair.before.source);
  const now = ownCode(pair);
  if (pair.alike < 0.5 || !queries.test(now)) return [];
  for (const line of pair.from.removed) {
    if (line < pair.before.line || line > pair.before.endLine) continue;
    const text = lines[line - 1] ?? '';
    const key = text.length > 500 ? null : ownerKey.exec(text);
    const name = key?.[1];
    if (name === undefined || !asks.test(text) || !isInQuery(lines, line)) continue;
    if (isStillThere(scene, pair, name)) continue;
    return [
      {
        path: pair.file.path,
        line: placeOf(pair.file, -1, line),
        says: `no longer limits ${pair.before.name === '' ? 'a query' : `the query of ${pair.before.name}`} to one ${name}`,
        subject: `${pair.before.name} ${name}`,
        severity:
          /^(?:tenant|organi|org|workspace|company|merchant|account)/i.test(name) &&
          pair.fresh.length <= 4
            ? 'warn'
            : 'note',
      },
    ];
  }
  return [];
}

const reach = 6;

function isInQuery(lines: readonly string[], line: number): boolean {
  return (
    (queries.test(lines.slice(Math.max(0, line - 1 - reach), line + 1).join('\n')) &&
      query.test(lines[line - 1] ?? '')) ||
    (/^\s*["'`]?\w+["'`]?\s*:/.test(lines[line - 1] ?? '') &&
      /\b(?:where|find\w*|filter|query)\b/i.test(
        lines.slice(Math.max(0, line - 1 - reach), line).join('\n'),
      ))
  );
}

function ownCode({ after }: Pair): string {
  return codeLinesOf(after.source)
    .slice(after.line - 1, after.endLine)
    .join('\n');
}

// The same name still in the function, or a word about owners on any added line: then it took another form.
function isStillThere(scene: Scene, pair: Pair, name: string): boolean {
  const stem = name.replace(/(?:_?[iI]d|ID|_?[uU]uid)$/, '');
  const word = new RegExp(stem.length < 4 ? `\\b${stem}` : stem, 'i');
  const filtered = ownCode(pair)
    .split('\n')
    .slice(1)
    .some((text) => word.test(text) && (asks.test(text) || ownerKey.test(text)));
  return filtered || scene.files.some((file) => !file.isTest && word.test(addedCode(file)));
}
