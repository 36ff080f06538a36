import type { Guard } from '../guard.ts';

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

const pool =
  'export const pool = new Pool({\n  host,\n  max: 50,\n  idleTimeoutMillis: 3000,\n});\n';

/** Cases of `config/limit-cut`. */
export const limitCutExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a pool in code keeps one connection',
      ...becomes('src/db.ts', pool, pool.replace('max: 50', 'max: 1')),
    },
    {
      name: 'a constant of Go',
      ...becomes('db/db.go', 'const maxOpenConns = 100\n', 'const maxOpenConns = 5\n'),
    },
    {
      name: 'a setting of Spring',
      ...becomes(
        'src/main/resources/application.yml',
        'spring:\n  hikari:\n    maximum-pool-size: 40\n    max_connections: 40\n',
        'spring:\n  hikari:\n    maximum-pool-size: 40\n    max_connections: 0\n',
      ),
    },
    {
      name: 'a rate limit opens a hundredfold',
      ...becomes(
        'config/default.json',
        '{\n  "rateLimit": 100\n}\n',
        '{\n  "rateLimit": 10000\n}\n',
      ),
    },
    {
      name: 'the memory of a container',
      ...becomes(
        'chart/values.yaml',
        'web:\n  memory_limit: 2Gi\n',
        'web:\n  memory_limit: 128Mi\n',
      ),
    },
    {
      name: 'attempts at a login are no longer counted',
      ...becomes('app/settings.py', 'MAX_LOGIN_ATTEMPTS = 5\n', 'MAX_LOGIN_ATTEMPTS = 0\n'),
    },
  ],
  passed: [
    { name: 'a pool grows', ...becomes('src/db.ts', pool, pool.replace('max: 50', 'max: 80')) },
    {
      name: 'the unit changes and the amount does not',
      ...becomes(
        'chart/values.yaml',
        'web:\n  memory_limit: 2Gi\n',
        'web:\n  memory_limit: 2048Mi\n',
      ),
    },
    {
      name: 'a maximum of something else',
      ...becomes(
        'src/chart.ts',
        'const axis = {\n  max: 500,\n};\n',
        'const axis = {\n  max: 5,\n};\n',
      ),
    },
    {
      name: 'a test has a small pool',
      ...becomes('test/db.ts', pool, pool.replace('max: 50', 'max: 1')),
    },
    {
      name: 'a value comes from the environment',
      ...becomes('src/db.ts', pool, pool.replace('max: 50', 'max: env.POOL_MAX')),
    },
    {
      name: 'development needs less',
      ...becomes('config/development.json', '{\n  "workers": 20\n}\n', '{\n  "workers": 1\n}\n'),
    },
  ],
};
