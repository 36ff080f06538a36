import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const policy =
  'version: 1\nmode: enforce\nobligations:\n  - require: approval\n    level: senior\n';
const owners = '* @team\n/billing/ @payments\n';

export const caught: readonly Example[] = [
  {
    name: 'a policy that only observes, in the same change as code',
    before: { '.hallmonitor/policy.yml': policy, 'src/a.ts': 'export const a = 1;\n' },
    after: {
      '.hallmonitor/policy.yml': policy.replace('enforce', 'observe'),
      'src/a.ts': 'export const a = 2;\n',
    },
  },
  exampleOf('a demand that goes', '.hallmonitor/policy.yml', [
    policy,
    'version: 1\nmode: enforce\nobligations: []\n',
  ]),
  exampleOf('findings accepted in advance', '.hallmonitor/baseline.json', [
    '{\n  "accepted": {}\n}\n',
    '{\n  "accepted": {\n    "abc": "known"\n  }\n}\n',
  ]),
  exampleOf('a folder without owners', '.github/CODEOWNERS', [owners, '* @team\n']),
  exampleOf('a hook that no longer asks', '.husky/pre-commit', [
    'npx hallmonitor check\nnpm test\n',
    'npm test\n',
  ]),
];

export const passed: readonly Example[] = [
  exampleOf('an owner more', '.github/CODEOWNERS', [owners, `${owners}/docs/ @writers\n`]),
  exampleOf('the same owners by a wider pattern', '.github/CODEOWNERS', [
    '* @team\nsrc/services/Pay @pay-team\ntest/Pay.Test @pay-team\n',
    '* @team\n**/Pay* @pay-team\n',
  ]),
  exampleOf('another owner', 'CODEOWNERS', [owners, owners.replace('@payments', '@finance')]),
  exampleOf('a step of a workflow that has nothing to do with it', '.github/workflows/ci.yml', [
    'steps:\n  - run: npm test\n  - run: npx hallmonitor check\n',
    'steps:\n  - run: npm run build\n  - run: npx hallmonitor check --format json\n',
  ]),
  exampleOf('an example of a policy', 'examples/.hallmonitor/policy.yml', [
    policy,
    policy.replace('enforce', 'observe'),
  ]),
];
