import type { Guard } from '../guard.ts';

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

/** Cases of `config/flag-default`. */
export const flagDefaultExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a flag file turns a flag on',
      ...becomes(
        'config/feature-flags.json',
        '{ "newCheckout": false, "x": 1 }\n',
        '{ "newCheckout": true, "x": 1 }\n',
      ),
    },
    {
      name: 'the fallback of a call is the other way round',
      ...becomes(
        'src/checkout.ts',
        "if (client.boolVariation('new-checkout', user, false)) pay();\n",
        "if (client.boolVariation('new-checkout', user, true)) pay();\n",
      ),
    },
    {
      name: 'a constant of Python turns',
      ...becomes(
        'app/settings.py',
        'FEATURE_NEW_CHECKOUT = False\n',
        'FEATURE_NEW_CHECKOUT = True\n',
      ),
    },
    {
      name: 'a list of flags in code changes a default',
      ...becomes(
        'src/flags.ts',
        'export const flags = {\n  newCheckout: {\n    description: "x",\n    defaultValue: false,\n  },\n};\n',
        'export const flags = {\n  newCheckout: {\n    description: "x",\n    defaultValue: true,\n  },\n};\n',
      ),
    },
    {
      name: 'a section of a configuration holds flags',
      ...becomes(
        'config/app.yaml',
        'features:\n  x: 1\nfeatureFlags:\n  checkout: true\n',
        'features:\n  x: 1\nfeatureFlags:\n  checkout: false\n',
      ),
    },
  ],
  passed: [
    {
      name: 'an ordinary boolean changes',
      ...becomes('src/cart.ts', 'const open = false;\n', 'const open = true;\n'),
    },
    {
      name: 'a new flag appears',
      ...becomes('config/feature-flags.json', '{ "a": true }\n', '{ "a": true, "b": true }\n'),
    },
    {
      name: 'the flag goes together with its dead branch',
      ...becomes(
        'src/checkout.ts',
        "if (isFeatureEnabled('new-checkout', false)) {\n  pay();\n}\n",
        'pay();\n',
      ),
    },
    {
      name: 'a test sets a flag',
      ...becomes('test/checkout.test.ts', "setFlag('x', false);\n", "setFlag('x', true);\n"),
    },
    {
      name: 'the flags of a development environment turn',
      ...becomes('config/dev/feature-flags.json', '{ "a": true }\n', '{ "a": false }\n'),
    },
  ],
};
