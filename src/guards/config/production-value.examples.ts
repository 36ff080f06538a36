import type { Guard } from '../guard.ts';

const file = 'config/production.yaml';
const text =
  'database:\n  host: db.shop.internal\n  pool:\n    max: 20\n  timeoutMs: 3000\ndebug: false\n';

function becomes(
  from: string,
  to: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [file]: text }, after: { [file]: text.replace(from, to) } };
}

/** Cases of `config/production-value`. */
export const productionValueExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    { name: 'a timeout grows a hundredfold', ...becomes('3000', '300000') },
    { name: 'a pool has no connections', ...becomes('max: 20', 'max: 0') },
    { name: 'a limit becomes minus one', ...becomes('max: 20', 'max: -1') },
    { name: 'the database is the local machine', ...becomes('db.shop.internal', 'localhost') },
    {
      name: 'the database is that of staging',
      ...becomes('db.shop.internal', 'db.staging.shop.internal'),
    },
    { name: 'debugging is turned on', ...becomes('debug: false', 'debug: true') },
    {
      name: 'an environment file of production runs as development',
      before: { '.env.production': 'NODE_ENV=production\nPORT=80\n' },
      after: { '.env.production': 'NODE_ENV=development\nPORT=80\n' },
    },
    {
      name: 'production is a section of the file',
      before: {
        'config/database.yml': 'production:\n  host: db1\ndevelopment:\n  host: localhost\n',
      },
      after: {
        'config/database.yml': 'production:\n  host: localhost\ndevelopment:\n  host: localhost\n',
      },
    },
    {
      name: 'a variable of production in Terraform falls to zero',
      before: { 'env/prod.tfvars': 'min_instances = 3\n' },
      after: { 'env/prod.tfvars': 'min_instances = 0\n' },
    },
  ],
  passed: [
    { name: 'a pool grows a little', ...becomes('max: 20', 'max: 30') },
    {
      name: 'the same jump in a development file',
      before: { 'config/development.yaml': text },
      after: { 'config/development.yaml': text.replace('3000', '300000') },
    },
    {
      name: 'a key appears for the first time',
      before: { [file]: text },
      after: { [file]: `${text}cacheSize: 100000\n` },
    },
    {
      name: 'the unit changes and the time does not',
      before: { 'deploy/prod.properties': 'http.timeout=30s\n' },
      after: { 'deploy/prod.properties': 'http.timeout=30000ms\n' },
    },
    {
      name: 'a port and a build number change',
      before: { 'prod.env': 'PORT=80\nBUILD_NUMBER=12\n' },
      after: { 'prod.env': 'PORT=8080\nBUILD_NUMBER=4711\n' },
    },
    {
      name: 'the host comes from a secret from now on',
      ...becomes('db.shop.internal', '${DB_HOST}'),
    },
    {
      name: 'only the path of an address changes',
      before: { '.env.production': 'API_URL=https://api.shop.io/v1\n' },
      after: { '.env.production': 'API_URL=https://api.shop.io/v2\n' },
    },
  ],
};
