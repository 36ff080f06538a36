import type { Guard } from '../guard.ts';

const path = '.github/workflows/ci.yml';
const commit = 'a81bbbf8298c0fa03ea29cdc473d45769f953675';
const other = '5e21ff4d9bc1a8cf6de233a3057d20ec6b3fb69d';

function flow(...uses: readonly string[]): Readonly<Record<string, string>> {
  const steps = uses.map((one) => `      - uses: ${one}\n`).join('');
  return {
    [path]: `name: ci\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${steps}      - run: make\n`,
  };
}

/** Cases of `workflow/action-unpinned`. */
export const actionUnpinnedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a commit becomes a tag',
      before: flow(`docker/login-action@${commit} # v3.4.0`),
      after: flow('docker/login-action@v3'),
    },
    {
      name: 'a commit becomes a branch',
      before: flow(`tj-actions/changed-files@${commit}`),
      after: flow('tj-actions/changed-files@main'),
    },
    {
      name: 'a new action is named by tag where all others are named by commit',
      before: flow(`docker/login-action@${commit}`, `codecov/codecov-action@${other}`),
      after: flow(
        `docker/login-action@${commit}`,
        `codecov/codecov-action@${other}`,
        'someone/deploy@v1',
      ),
    },
    {
      name: 'a reusable workflow of others is followed by branch',
      after: {
        [path]:
          'name: release\non: push\njobs:\n  ship:\n    uses: someone/flows/.github/workflows/ship.yml@main\n    secrets: inherit\n',
      },
    },
  ],
  passed: [
    {
      name: 'a commit is raised to another commit',
      before: flow(`docker/login-action@${commit} # v3.4.0`),
      after: flow(`docker/login-action@${other} # v3.5.0`),
    },
    {
      name: 'a repository that names tags adds one more tag',
      before: flow('actions/checkout@v4', 'pnpm/action-setup@v3'),
      after: flow('actions/checkout@v4', 'pnpm/action-setup@v4', 'docker/login-action@v3'),
    },
    {
      name: 'actions of the repository itself and images',
      before: flow(`docker/login-action@${commit}`, `codecov/codecov-action@${other}`),
      after: flow(
        `docker/login-action@${commit}`,
        `codecov/codecov-action@${other}`,
        './.github/actions/setup',
        'docker://alpine:3.20',
      ),
    },
    {
      name: 'a tag becomes a commit',
      before: flow('docker/login-action@v3'),
      after: flow(`docker/login-action@${commit} # v3`),
    },
    {
      name: 'the owner was followed by branch before',
      before: flow('our-company/actions/build@main'),
      after: flow('our-company/actions/build@main', 'our-company/actions/deploy@main'),
    },
    {
      name: 'the unpinned action only moves to another job',
      before: flow('docker/login-action@v3', `codecov/codecov-action@${other}`),
      after: flow(`codecov/codecov-action@${other}`, 'docker/login-action@v3'),
    },
  ],
};
