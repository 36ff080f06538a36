import { codeLanguages } from '../code/grammar.ts';
import { lossesIn } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { Guard, Language } from '../guard.ts';
import { caught, passed } from './eager-load-removed.examples.ts';

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const argument = '\\([^{};]{1,160}\\)';

const says: Loss['says'] = ({ gone }) =>
  `loads related rows one by one: ${excerpt(gone.replace(/^[,.]|[,;]$/g, ''), 60)} is gone`;

const rows: readonly Loss[] = [
  {
    languages: ['python'],
    gone: new RegExp(
      `^\\.(?:select_related|prefetch_related)${argument}$|^\\.options\\((?:\\w+\\.)?(?:joinedload|selectinload|subqueryload|contains_eager)${argument}\\)$`,
    ),
    severity: 'warn',
    says,
  },
  {
    languages: ['ruby'],
    gone: new RegExp(`^\\.(?:includes|preload|eager_load)${argument}$`),
    severity: 'warn',
    says,
  },
  {
    languages: ['php'],
    gone: /^->(?:with|load|loadMissing)\([^{};]{1,160}\)$/,
    severity: 'warn',
    says,
  },
  {
    languages: ['csharp'],
    gone: new RegExp(
      `^\\.(?:Include|ThenInclude)(?:<[\\w<>]{1,40}>)?\\(\\w+=>\\w+\\.[\\w.]{1,60}\\)$`,
    ),
    severity: 'warn',
    says,
  },
  {
    languages: ['java', 'kotlin'],
    gone: /^@EntityGraph\([^;]{1,160}\)$|^(?:LEFT )?JOIN FETCH [\w. ]{1,60}$|^,?fetch=FetchType\.EAGER,?$/i,
    severity: 'note',
    says,
  },
  {
    languages: script,
    gone: /^\.(?:leftJoinAndSelect|innerJoinAndSelect|withGraphFetched|populate)\([^{};]{1,120}\)$|^,?relations:\[[^\]]{1,160}\],?$/,
    severity: 'note',
    says,
  },
];

/** Related rows were loaded with the query, and are now loaded one by one. */
export const eagerLoadRemoved: Guard = guard({
  id: 'bounds/eager-load-removed',
  severity: 'warn',
  protects: 'the database from one query for each row',
  breaks:
    'Each row now asks the database for its related rows on its own, so that a page of a hundred rows makes a hundred queries more, or finds nothing there.',
  fix: 'Load the relation with the query, or stop reading it.',
  languages: codeLanguages,
  cwe: [1073],
  confidence: 0.6,
  caught,
  passed,
  look: (scene) =>
    lossesIn(scene, {
      rows,
      trace:
        /select_related|prefetch_related|joinedload|selectinload|subqueryload|contains_eager|includes|preload|eager_load|->(?:with|load)|Include|EntityGraph|JOIN FETCH|EAGER|AndSelect|withGraph|populate|relations/i,
      back: /select_related|prefetch|joinedload|selectinload|subqueryload|includes|preload|eager|->with\(|Include|EntityGraph|FETCH|AndSelect|Graph|populate|relations|annotate|\.only\(|values\(|loader|select\(|pluck/i,
    }).filter(({ subject, path }) =>
      isRead(scene.files.find((file) => file.path === path)?.after?.text, subject),
    ),
});

// The relation by its last name: `.select_related("customer")` and `order.customer.name`.
function isRead(text: string | undefined, gone: string): boolean {
  const names = [...gone.matchAll(/['":.](\w{2,40})(?=['"),\]]|$)/g)].map(
    (match) => (match[1] ?? '').split('__')[0] ?? '',
  );
  if (text === undefined || names.length === 0) return true;
  return names.some((name) => new RegExp(`(?:\\.|->)${name}\\b|['"]${name}\\b`).test(text));
}
