import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { truncateExamples } from './seed-or-truncate-unconditional.examples.ts';

/** Tests or seeds empty whichever database an environment variable names. */
export const seedOrTruncateUnconditional: Guard = guard({
  id: 'data/seed-or-truncate-unconditional',
  severity: 'warn',
  protects: 'the database that somebody’s shell still points at',
  breaks:
    'Started in a terminal or a job where the variable names the production database, the tests or seeds empty that one.',
  fix: 'Refuse to run unless the name of the database says test or its host is local, or read a variable that only tests have.',
  languages: [
    'typescript',
    'tsx',
    'javascript',
    'python',
    'ruby',
    'php',
    'go',
    'java',
    'shell',
  ] satisfies readonly Language[],
  cwe: [664],
  confidence: 0.65,
  outage: {
    says: 'Travis CI, 13 March 2018: tests were started in a terminal where DATABASE_URL still named production, and their cleaner truncated all tables. travis-ci.com was down for five and a half hours.',
    source: 'https://blog.travis-ci.com/2018-04-03-incident-post-mortem',
  },
  ...truncateExamples,
  look: (scene) => scene.files.flatMap(sightings),
});

const empties =
  /\bDatabaseCleaner\.(?:clean\w*|strategy\s*=|start)|\bTRUNCATE\s+(?:TABLE\s+)?["'`$\w]|\bdropDatabase\s?\(|\bdrop_database\s?\(|\bdrop_all\s?\(|\.deleteMany\s?\(\s?(?:\{\s?\})?\s?\)|\bDROP\s+SCHEMA\b|\bdelete_all\b|\bsync\s?\(\s?\{\s?force\s?:\s?true|\bsynchronize\s?\(\s?true\s?\)|\bflush_?(?:all|db)\s?\(|\bdb:(?:reset|drop|schema:load)\b|\bmigrate\s+reset\b|\bmigrate:fresh\b/i;

const named =
  /process\.env(?:\.|\[["'])(?:\w*(?:DATABASE|DB|POSTGRES|PG|MONGO|MYSQL|REDIS)\w*(?:URL|URI|DSN|HOST|CONNECTION\w*)|DATABASE_URL)|(?:os\.environ(?:\.get)?|os\.getenv|os\.Getenv|System\.getenv|ENV(?:\.fetch)?|getenv|env)[\s([]{1,3}["'](?:\w*(?:DATABASE|DB|POSTGRES|PG|MONGO|MYSQL|REDIS)\w*(?:URL|URI|DSN|HOST|CONNECTION\w*))["']|\$\{?(?:DATABASE_URL|DB_URL|MONGO_URL|MONGODB_URI|POSTGRES_URL)\b/;

// What makes it certain that only a database for tests is meant.
const careful =
  /\b(?:NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|MIX_ENV|DJANGO_ENV|FLASK_ENV|ENVIRONMENT|APP_ENVIRONMENT|VERCEL_ENV|Rails\.env)\b|TEST_(?:DATABASE|DB|POSTGRES|PG|MONGO|REDIS)|(?:DATABASE|DB|POSTGRES|MONGO|REDIS)\w*_TEST|testcontainers|localhost|127\.0\.0\.1|_test\b|\btest_|prod(?:uction)?["'`)\]]|memory[-_]?server|sqlite|pg-?mem|pglite|allow_remote_database_url|refus|not allowed|\babort\b|are you sure|confirm/i;

const role =
  /(?:^|\/)(?:tests?|specs?|__tests__|e2e|cypress|playwright|seeds?|seeders?|fixtures|scripts?)\/|(?:^|[/._-])(?:seed\w*|setup|global-?setup|teardown|conftest|(?:spec|test|rails)_helper|test-?(?:setup|utils?|helpers?|db|database)|reset\w*|clean\w*)\.[a-z]+$|[._-](?:test|spec|e2e)\.[a-z]+$/i;

function sightings(file: ChangedFile): readonly Sighting[] {
  const { path, after, before, added } = file;
  if (after === null || added.size === 0 || !role.test(path)) return [];
  if (!file.isTest && !isProductionPath(path)) return [];
  const line = [...added].find((one) => isEmptying(after.lines[one - 1] ?? ''));
  if (line === undefined || after.text.length > 400_000) return [];
  if (!named.test(after.text) || careful.test(after.text)) return [];
  if (before !== null && empties.test(before.text) && named.test(before.text)) return [];
  const variable =
    /[A-Z][A-Z0-9_]{3,60}/.exec(named.exec(after.text)?.[0] ?? '')?.[0] ?? 'a variable';
  const says = `empties whichever database ${variable} names, and does not ask which`;
  return [{ path, line, says, subject: `${path} ${variable}` }];
}

function isEmptying(text: string): boolean {
  return text.length <= 1_000 && !/^\s*(?:#|\/\/|\*)/.test(text) && empties.test(text);
}
