import { hole } from '../command.ts';
import type { Run } from '../command.ts';
import { hasAny, readArgs } from '../read-args.ts';
import type { Rule } from '../rule.ts';

/** Framework commands that drop and rebuild a database. */
export const databaseReset: Rule = {
  id: 'commands/database-reset',
  title: 'Resetting a database with a framework command',
  why: 'These commands drop every table of whichever database the configuration names at that moment.',
  decision: 'deny',
  loses: 'all data of the configured database',
  instead:
    'Add a migration, or name a test database in the same command (for example RAILS_ENV=test).',
  programs: null,
  caught: [
    'rails db:drop',
    'bin/rails db:reset',
    'bundle exec rake db:drop:all',
    'npx prisma migrate reset --force',
    'prisma db push --accept-data-loss',
    'python manage.py flush --noinput',
    'sqlx database drop -y',
    'alembic downgrade base',
    'heroku pg:reset DATABASE -a shop',
    'supabase db reset --linked',
    'php artisan migrate:fresh',
    'npx typeorm schema:drop',
    'knex migrate:rollback --all',
    'yarn prisma migrate reset',
    'npx sequelize-cli db:drop',
    'mix ecto.drop',
    'dotnet ef database drop -f',
    'flyway clean',
    'diesel database reset',
    'drizzle-kit push --force',
  ],
  passed: [
    'rails db:migrate',
    'RAILS_ENV=test rails db:reset',
    'npx prisma migrate dev',
    'python manage.py migrate',
    'alembic upgrade head',
    'alembic downgrade -1',
    'supabase db reset',
    'php artisan migrate',
    'mix ecto.migrate',
    'flyway info',
    'MIX_ENV=test mix ecto.drop',
    'prisma db push',
    'git commit -m "rails db:drop"',
  ],
  look: (run) => {
    if (isTestEnvironment(run)) return [];
    const said = [run.name, ...run.args].join(' ');
    return resets
      .filter((shape) => shape.test(said))
      .slice(0, 1)
      .map(() => ({ says: `It resets a database with ${run.name.replaceAll(hole, '…')}.` }));
  },
};

const resets: readonly RegExp[] = [
  /^(?:rails|rake|bin\/rails) (?:\S+ )?db:(?:drop|reset|purge|schema:load|structure:load|migrate:reset|setup|truncate_all|seed:replant)/,
  /^prisma .{0,80}?migrate reset/,
  /^prisma .{0,80}?db push.{0,80}?--(?:accept-data-loss|force-reset)/,
  /^(?:python[\d.]* |uv run )?\S*manage\.py (?:flush|reset_db|sqlflush|migrate \w+ zero)\b/,
  /^django-admin (?:flush|reset_db)\b/,
  /^sqlx database (?:drop|reset)/,
  /^(?:flask db|alembic)(?: -\S+ \S+| --\S+)* downgrade base/,
  /^heroku pg:reset/,
  /^supabase db reset.{0,80}?--(?:linked|db-url)/,
  /^(?:php )?\S*artisan (?:migrate:(?:fresh|reset|refresh)|db:wipe)/,
  /^typeorm\S* .{0,80}?schema:drop/,
  /^knex .{0,80}?migrate:rollback.{0,80}?--all/,
  /^sequelize(?:-cli)? .{0,80}?db:drop/,
  /^sequelize(?:-cli)? .{0,80}?db:migrate:undo:all/,
  /^mix (?:ecto\.(?:drop|reset)|ecto\.rollback --all)/,
  /^(?:dotnet ef|dotnet-ef) database drop/,
  /^flyway .{0,80}?\bclean\b/,
  /^liquibase .{0,80}?\bdrop-?all\b/i,
  /^diesel database (?:reset|drop)/,
  /^drizzle-kit (?:push.{0,80}?--force|drop)/,
  /^(?:dbmate|migrate|goose) .{0,200}?\b(?:drop|reset|down-to 0)\b/,
  /^hasura .{0,80}?--all-databases.{0,80}?down/,
];

function isTestEnvironment({ env, args }: Run): boolean {
  const read = readArgs(args);
  if (hasAny(read, '--help', '-h')) return true;
  const names = ['RAILS_ENV', 'RACK_ENV', 'NODE_ENV', 'MIX_ENV', 'APP_ENV', 'DJANGO_ENV'];
  return (
    names.some((name) => env.get(name) === 'test' || args.includes(`${name}=test`)) ||
    args.includes('--env=testing')
  );
}
