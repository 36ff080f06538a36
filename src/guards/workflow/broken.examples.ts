import type { Guard } from '../guard.ts';

const path = '.github/workflows/ci.yml';

function flow(jobs: string, on = 'push'): Readonly<Record<string, string>> {
  return { [path]: `name: ci\non: ${on}\njobs:\n${jobs}` };
}

const test = '  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n';

function ship(needs: string, step = 'run: make ship'): string {
  return `  ship:\n    needs: ${needs}\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`;
}

/** Cases of `workflow/broken`. */
export const brokenExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a job is renamed and the one that waits for it is not',
      before: flow(test + ship('test')),
      after: flow(test.replace('  test:', '  unit-test:') + ship('test')),
    },
    {
      name: 'a job waits for two, one of which never was',
      before: flow(test),
      after: flow(test + ship('[test, lint]')),
    },
    {
      name: 'jobs wait for each other',
      before: flow(test + ship('test')),
      after: flow(test.replace('runs-on', 'needs: ship\n    runs-on') + ship('test')),
    },
    {
      name: 'a job loses its machine',
      before: flow(test),
      after: flow(test.replace('    runs-on: ubuntu-latest\n', '')),
    },
    {
      name: 'a step both runs and uses',
      before: flow(test),
      after: flow(`${test}      - uses: actions/checkout@v4\n        run: make\n`),
    },
    {
      name: 'a step reads the result of a job that is not waited for',
      before: flow(test + ship('test')),
      after: flow(
        `  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n${test}${ship('test', 'run: ./ship ${{ needs.build.outputs.tag }}')}`,
      ),
    },
  ],
  passed: [
    {
      name: 'a job waits for one that exists',
      before: flow(test),
      after: flow(test + ship('test')),
    },
    {
      name: 'names of jobs in another case',
      before: flow(test),
      after: flow(test + ship('Test')),
    },
    {
      name: 'a job that calls a workflow has no steps',
      after: flow('  call:\n    uses: ./.github/workflows/other.yml\n'),
    },
    {
      name: 'the fault was there before',
      before: flow(test + ship('lint')),
      after: flow(`${test}      - run: date\n${ship('lint')}`),
    },
    {
      name: 'a job is renamed with all who wait for it',
      before: flow(test + ship('test', 'run: echo ${{ needs.test.result }}')),
      after: flow(
        test.replace('  test:', '  unit:') + ship('unit', 'run: echo ${{ needs.unit.result }}'),
      ),
    },
    {
      name: 'a composite action is no workflow',
      after: {
        'action.yml':
          'name: setup\nruns:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n',
      },
    },
  ],
};
