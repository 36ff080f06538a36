/** A command that destroys. */
export interface Deed {
  readonly pattern: RegExp;
  /** Words that make it harmless. */
  readonly unless?: RegExp;
  readonly does: string;
  /** True where some use it on purpose and lose little. */
  readonly isMild?: boolean;
  /** True where a database is what goes, which tests have of their own. */
  readonly ofDatabase?: boolean;
  /** True where a branch is what loses, which is harmless when the file made it. */
  readonly isOfBranch?: boolean;
}

const rehearsed = /--dry-?run\b|--dryrun\b|--help\b|\bplan\b/;

/** Commands that destroy data or infrastructure, each by a form that is written out. Inputs are single short lines. */
export const deeds: readonly Deed[] = [
  {
    pattern:
      /\b(?:terraform|tofu|terragrunt)\b[^|;&]{0,80}\b(?:destroy\b|apply\b[^|;&]{0,80}\s-destroy\b)/,
    unless: /\bplan\b|-target/,
    does: 'destroys infrastructure with terraform destroy',
  },
  {
    pattern:
      /\b(?:pulumi\s+destroy|cdk\s+destroy|(?:sls|serverless)\s+remove|sam\s+delete|cdktf\s+destroy)\b/,
    does: 'destroys a stack of infrastructure',
  },
  {
    pattern:
      /\b(?:kubectl|oc)\b[^|;&]{0,80}\bdelete\s+(?:[^|;&]{0,60}\s)?(?:ns|namespaces?|pvc?s?|persistentvolume(?:claim)?s?|crds?|statefulsets?|sts)\b/,
    unless: /--dry-run|--ignore-not-found[^|;&]{0,40}\b(?:test|e2e|preview|review|pr-)/,
    does: 'deletes a namespace, volume or stateful set of a cluster',
  },
  {
    pattern: /\b(?:kubectl|oc)\b[^|;&]{0,80}\bdelete\b[^|;&]{0,80}\s--all\b/,
    unless: rehearsed,
    does: 'deletes all objects of a kind in a cluster',
  },
  {
    pattern: /\baws\b[^|;&]{0,80}\bs3\s+(?:rm\b[^|;&]{0,200}--recursive|rb\b[^|;&]{0,200}--force)/,
    unless: rehearsed,
    does: 'deletes everything under a prefix of cloud storage',
  },
  {
    pattern:
      /\baws\b[^|;&]{0,80}\b(?:delete-db-(?:instance|cluster)|delete-table|terminate-instances|delete-stack|delete-file-system|delete-volume|schedule-key-deletion)\b/,
    unless: rehearsed,
    does: 'deletes a cloud resource that holds data',
  },
  {
    pattern:
      /\b(?:gsutil\s+(?:-\w\s+)*rm\s+-\w*r|gcloud\s+storage\s+rm\b[^|;&]{0,80}(?:-r|--recursive)|gcloud\b[^|;&]{0,60}\b(?:sql\s+instances|projects)\s+delete|az\s+(?:group|sql\s+db|storage\s+account)\s+delete)\b/,
    does: 'deletes a cloud resource that holds data',
  },
  {
    pattern: /\bprisma\b[^|;&]{0,60}\bmigrate\s+reset\b/,
    does: 'resets the database with prisma migrate reset',
    ofDatabase: true,
  },
  {
    pattern: /--(?:accept-data-loss|force-reset)\b/,
    does: 'lets prisma db push drop what does not fit',
    ofDatabase: true,
  },
  {
    pattern:
      /\b(?:rails|rake)\s+(?:\S+\s+)?db:(?:drop|reset|purge|migrate:reset|schema:load|truncate_all|seed:replant)\b/,
    unless: /RAILS_ENV=test|RACK_ENV=test/,
    does: 'drops or empties the database with Rails',
    ofDatabase: true,
  },
  {
    pattern: /\bartisan\s+(?:migrate:(?:fresh|reset|refresh)|db:wipe)\b/,
    unless: /--env=testing/,
    does: 'drops all tables with artisan',
    ofDatabase: true,
  },
  {
    pattern: /\bmanage\.py\s+(?:flush|reset_db)\b/,
    does: 'empties the database with manage.py',
    ofDatabase: true,
  },
  {
    pattern:
      /\b(?:typeorm\b[^|;&]{0,60}\bschema:drop|sequelize(?:-cli)?\b[^|;&]{0,60}\bdb:drop|knex\b[^|;&]{0,60}\bmigrate:rollback\b[^|;&]{0,40}--all|mix\s+ecto\.(?:drop|reset)|alembic\s+downgrade\s+base|diesel\s+database\s+reset|sqlx\s+database\s+(?:drop|reset)|dotnet[ -]ef\s+database\s+drop|flyway\b[^|;&]{0,80}\sclean\b|drizzle-kit\s+push\b[^|;&]{0,60}--force)/,
    unless: /MIX_ENV=test|mvn\b/,
    does: 'drops the database or its tables',
    ofDatabase: true,
  },
  {
    pattern:
      /\b(?:psql|mysql|mariadb|sqlcmd|clickhouse-client)\b[^|;&]{0,200}\b(?:drop\s+(?:database|schema|table)|truncate\s+(?:table\s+)?\w)/i,
    unless: /drop\s+(?:database|schema|table)\s+(?:if\s+exists\s+)?["'`\w$]*(?:test|tmp|temp|e2e)/i,
    does: 'drops or empties what it names through a database client',
    ofDatabase: true,
  },
  {
    pattern: /(?:^|[\s;&|(])dropdb\s+(?!--help)/,
    unless: /\bdropdb\s[^|;&]{0,80}(?:test|tmp|temp|e2e)/i,
    does: 'drops a database with dropdb',
    ofDatabase: true,
  },
  {
    pattern: /\b(?:redis|valkey)-cli\b[^|;&]{0,120}\bflush(?:all|db)\b/i,
    does: 'empties a Redis store',
    ofDatabase: true,
  },
  {
    pattern: /\.\s?(?:flush_?all|flush_?db)\s?\(/i,
    unless: /mock|test|fake/i,
    does: 'empties a Redis store',
    ofDatabase: true,
    isMild: true,
  },
  {
    pattern:
      /\.\s?dropDatabase\s?\(|\.\s?drop_database\s?\(|\bsynchronize\s?\(\s?true\s?\)|\.sync\s?\(\s?\{\s?force\s?:\s?true/,
    does: 'drops a database from code',
  },
  {
    pattern:
      /\.\s?drop_all\s?\(|\bclean\s?\(\s?\)\s?\.\s?migrate\b|\bensure_?deleted(?:async)?\s?\(/i,
    does: 'drops all tables from code',
  },
  {
    pattern:
      /\bgit\s+(?:-\S+\s+)*push\b[^|;&]{0,120}(?:\s--force(?!-with-lease|-if-includes)\b|\s-f\b|\s\+(?:HEAD|main|master|\$))/,
    unless: /gh-pages|github-pages|\bpages\b|:gh-|heroku|dokku|--dry-run|(?:^|\s)v\d\b|tags?\b/i,
    does: 'overwrites the history of a remote branch',
    isMild: true,
    isOfBranch: true,
  },
  {
    pattern:
      /\bdocker[ -]compose\b[^|;&]{0,80}\bdown\b[^|;&]{0,60}\s(?:-v|--volumes)\b|\bdocker\s+(?:volume\s+(?:rm|prune)|system\s+prune\b[^|;&]{0,40}--volumes)\b/,
    does: 'deletes the volumes of containers',
    isMild: true,
  },
  {
    pattern:
      /\bhelm\s+(?:uninstall|delete)\b|\bheroku\s+(?:pg:reset|apps:destroy)\b|\bsupabase\s+db\s+reset\b[^|;&]{0,60}--(?:linked|db-url)/,
    unless: /test|e2e|preview|review|\bpr-|dry-run/i,
    does: 'removes a release or an app with what belongs to it',
    isMild: true,
  },
];
