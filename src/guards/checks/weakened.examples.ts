import type { Guard } from '../guard.ts';

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

const github = '.github/workflows/ci.yml';
const flow =
  'name: ci\non: [push, pull_request]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - name: Unit tests\n        run: npm test\n  deploy:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./ship\n';
const manifest = '{\n  "name": "shop",\n  "scripts": {\n    "test": "jest"\n  }\n}\n';

/** Cases of `checks/weakened`. */
export const weakenedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a failing step stops nothing any more',
      ...becomes(
        github,
        flow,
        flow.replace(
          '        run: npm test',
          '        continue-on-error: true\n        run: npm test',
        ),
      ),
    },
    {
      name: 'a command is excused',
      ...becomes(github, flow, flow.replace('npm test', 'npm test || true')),
    },
    {
      name: 'a script of a package passes without tests',
      ...becomes('package.json', manifest, manifest.replace('"jest"', '"jest --passWithNoTests"')),
    },
    {
      name: 'the step with the tests is taken out',
      ...becomes(
        github,
        flow,
        flow.replace('      - name: Unit tests\n        run: npm test\n', ''),
      ),
    },
    {
      name: 'what ships no longer waits for the tests',
      ...becomes(github, flow, flow.replace('    needs: test\n', '')),
    },
    {
      name: 'tests no longer run for pull requests',
      ...becomes(github, flow, flow.replace('[push, pull_request]', 'workflow_dispatch')),
    },
    {
      name: 'a job of GitLab may fail',
      ...becomes(
        '.gitlab-ci.yml',
        'test:\n  stage: test\n  script:\n    - pytest\n',
        'test:\n  stage: test\n  allow_failure: true\n  script:\n    - pytest\n',
      ),
    },
    {
      name: 'coverage may be lower',
      ...becomes(
        'jest.config.js',
        'module.exports = {\n  coverageThreshold: {\n    global: {\n      branches: 80,\n    },\n  },\n};\n',
        'module.exports = {\n  coverageThreshold: {\n    global: {\n      branches: 40,\n    },\n  },\n};\n',
      ),
    },
    {
      name: 'coverage of Python may be lower',
      ...becomes(
        'pyproject.toml',
        '[tool.coverage.report]\nfail_under = 90\n',
        '[tool.coverage.report]\nfail_under = 0\n',
      ),
    },
    {
      name: 'TypeScript is no longer strict',
      ...becomes(
        'tsconfig.json',
        '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n',
        '{\n  "compilerOptions": {\n    "strict": false\n  }\n}\n',
      ),
    },
    {
      name: 'the strictness of mypy goes',
      ...becomes('mypy.ini', '[mypy]\nstrict = True\npretty = True\n', '[mypy]\npretty = True\n'),
    },
    {
      name: 'Maven goes on after failed tests',
      ...becomes(
        'pom.xml',
        '<testFailureIgnore>false</testFailureIgnore>\n',
        '<testFailureIgnore>true</testFailureIgnore>\n',
      ),
    },
    {
      name: 'a Jenkinsfile forgives its tests',
      ...becomes('Jenkinsfile', "sh './gradlew test'\n", "sh './gradlew test || true'\n"),
    },
    {
      name: 'PHPStan looks less closely',
      ...becomes('phpstan.neon', 'parameters:\n  level: 8\n', 'parameters:\n  level: 4\n'),
    },
  ],
  passed: [
    {
      name: 'what an agent is told to run goes with the agent',
      before: {
        [github]: flow,
        '.github/workflows/agent.yml':
          "on: issues\njobs:\n  agent:\n    steps:\n      - uses: some/agent@v1\n        with:\n          prompt: |\n            - You MUST then run 'pnpm lint --fix' and repair the rest\n",
      },
      after: { [github]: flow },
    },
    {
      name: 'a new step may fail',
      ...becomes(
        github,
        flow,
        flow.replace(
          '  deploy:',
          '      - name: Nightly lint\n        continue-on-error: true\n        run: npm run lint\n  deploy:',
        ),
      ),
    },
    {
      name: 'another runner runs the tests',
      ...becomes(github, flow, flow.replace('npm test', 'pnpm vitest run')),
    },
    {
      name: 'the tests move to another workflow',
      before: { [github]: flow },
      after: {
        [github]: flow.replace('      - name: Unit tests\n        run: npm test\n', ''),
        '.github/workflows/test.yml':
          'name: test\non: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n',
      },
    },
    {
      name: 'a cleanup is excused',
      ...becomes(
        github,
        `${flow}      - run: docker stop db\n`,
        `${flow}      - run: docker stop db || true # gone\n`,
      ),
    },
    {
      name: 'coverage must be higher',
      ...becomes(
        'pyproject.toml',
        '[tool.coverage.report]\nfail_under = 80\n',
        '[tool.coverage.report]\nfail_under = 90\n',
      ),
    },
    {
      name: 'strictness is inherited from now on',
      ...becomes(
        'tsconfig.json',
        '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n',
        '{\n  "extends": "./tsconfig.base.json",\n  "compilerOptions": {\n  }\n}\n',
      ),
    },
    {
      name: 'lines of an ordinary setting',
      ...becomes(
        'jest.config.js',
        'module.exports = { maxWorkers: 4,\n lines: 10 };\n',
        'module.exports = { maxWorkers: 4,\n lines: 5 };\n',
      ),
    },
    {
      name: 'a check is renamed in the manifest',
      ...becomes(
        'package.json',
        manifest,
        manifest.replace('"test": "jest"', '"test": "jest --runInBand"'),
      ),
    },
    {
      name: 'a job waits for another that waits for the tests',
      ...becomes(
        github,
        flow,
        flow
          .replace('    needs: test\n', '    needs: build\n')
          .replace(
            '  deploy:',
            '  build:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  deploy:',
          ),
      ),
    },
  ],
};
