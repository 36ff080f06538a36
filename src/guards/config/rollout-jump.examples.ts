import type { Guard } from '../guard.ts';

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

const flags = 'flags:\n  new_checkout:\n    enabled: true\n    rollout: 5\n';
const unleash =
  '{\n  "name": "new-checkout",\n  "strategies": [\n    {\n      "name": "flexibleRollout",\n      "parameters": {\n        "rollout": "10",\n        "stickiness": "default"\n      }\n    }\n  ]\n}\n';
const darkly =
  '{\n  "key": "new-checkout",\n  "fallthrough": {\n    "rollout": {\n      "variations": [\n        {\n          "variation": 0,\n          "weight": 5000\n        },\n        {\n          "variation": 1,\n          "weight": 95000\n        }\n      ]\n    }\n  }\n}\n';

/** Cases of `config/rollout-jump`. */
export const rolloutJumpExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'from five percent to all',
      ...becomes('config/flags.yaml', flags, flags.replace('rollout: 5', 'rollout: 100')),
    },
    {
      name: 'a strategy of Unleash',
      ...becomes('unleash/new-checkout.json', unleash, unleash.replace('"10"', '"100"')),
    },
    {
      name: 'weights of LaunchDarkly change places',
      ...becomes(
        'flags/checkout.json',
        darkly,
        darkly.replace('5000', '100000').replace('95000', '0'),
      ),
    },
    {
      name: 'a share in code',
      ...becomes(
        'src/flags.ts',
        'export const newCheckout = {\n  rolloutPercentage: 1,\n};\n',
        'export const newCheckout = {\n  rolloutPercentage: 50,\n};\n',
      ),
    },
    {
      name: 'the weight of a canary at the ingress',
      ...becomes(
        'deploy/prod/ingress.yaml',
        'metadata:\n  annotations:\n    nginx.ingress.kubernetes.io/canary-weight: "5"\n',
        'metadata:\n  annotations:\n    nginx.ingress.kubernetes.io/canary-weight: "100"\n',
      ),
    },
    {
      name: 'a fraction',
      ...becomes(
        'app/settings.py',
        'NEW_CHECKOUT_ROLLOUT = 0\nEXPERIMENT_ROLLOUT = 0.05\n',
        'NEW_CHECKOUT_ROLLOUT = 0\nEXPERIMENT_ROLLOUT = 1.0\n',
      ),
    },
  ],
  passed: [
    {
      name: 'one step up',
      ...becomes('config/flags.yaml', flags, flags.replace('rollout: 5', 'rollout: 10')),
    },
    {
      name: 'the last step',
      ...becomes('config/flags.yaml', flags.replace('5', '50'), flags.replace('5', '100')),
    },
    { name: 'back down', ...becomes('config/flags.yaml', flags.replace('5', '100'), flags) },
    {
      name: 'at another environment',
      ...becomes('config/staging/flags.yaml', flags, flags.replace('rollout: 5', 'rollout: 100')),
    },
    {
      name: 'the weight of a font',
      ...becomes(
        'src/theme.ts',
        'export const font = {\n  weight: 4,\n};\n',
        'export const font = {\n  weight: 40,\n};\n',
      ),
    },
    {
      name: 'a bar of progress',
      ...becomes(
        'src/bar.ts',
        'const bar = {\n  percent: 0,\n};\n',
        'const bar = {\n  percent: 100,\n};\n',
      ),
    },
    {
      name: 'a new flag',
      ...becomes('config/flags.yaml', flags, `${flags}  search:\n    rollout: 100\n`),
    },
  ],
};
