import type { Guard } from '../guard.ts';

const path = '.github/workflows/ci.yml';

function flow(permissions: string, job = ''): Readonly<Record<string, string>> {
  return {
    [path]: `name: ci\non: push\n${permissions}jobs:\n  build:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - run: make\n`,
  };
}

function target(trigger: string, ref: string): Readonly<Record<string, string>> {
  return {
    [path]: `name: pr\non:\n  ${trigger}:\n    types: [opened]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${ref}\n      - run: make\n`,
  };
}

const head = '${{ github.event.pull_request.head.sha }}';

/** Cases of `workflow/permission-widened`. */
export const permissionWidenedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'contents turns from read to write',
      before: flow('permissions:\n  contents: read\n'),
      after: flow('permissions:\n  contents: write\n'),
    },
    {
      name: 'a scope is added to a job',
      before: flow('', '    permissions:\n      contents: read\n'),
      after: flow('', '    permissions:\n      contents: read\n      packages: write\n'),
    },
    { name: 'a new workflow asks for everything', after: flow('permissions: write-all\n') },
    {
      name: 'the restriction is removed',
      before: flow('permissions:\n  contents: read\n'),
      after: flow(''),
    },
    {
      name: 'a new workflow runs strangers code with secrets',
      after: target('pull_request_target', head),
    },
    {
      name: 'the trigger becomes the one with secrets',
      before: target('pull_request', head),
      after: target('pull_request_target', head),
    },
  ],
  passed: [
    {
      name: 'a workflow that said nothing names its scopes',
      before: flow(''),
      after: flow('permissions:\n  contents: write\n'),
    },
    {
      name: 'everything is narrowed to one scope',
      before: flow('permissions: write-all\n'),
      after: flow('permissions:\n  contents: write\n'),
    },
    {
      name: 'a new workflow releases with the scope it needs',
      after: flow('permissions:\n  contents: write\n'),
    },
    {
      name: 'the triggered workflow checks out its own branch',
      after: target('pull_request_target', '${{ github.event.pull_request.base.sha }}'),
    },
    { name: 'strangers code runs without secrets', after: target('pull_request', head) },
    {
      name: 'it was so before and another step is added',
      before: target('pull_request_target', head),
      after: {
        [path]: `${target('pull_request_target', head)[path] ?? ''}      - run: make test\n`,
      },
    },
    {
      name: 'a job may write checks, which only show results',
      before: flow('permissions:\n  contents: read\n'),
      after: flow('permissions:\n  contents: read\n  checks: write\n'),
    },
  ],
};
