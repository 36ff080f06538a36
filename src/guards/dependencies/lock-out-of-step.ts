import type { Guard, Scene, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { locksOf } from './lock.ts';
import type { Lock } from './lock.ts';
import { newDependencies } from './new-dependencies.ts';
import type { NewDependency } from './new-dependencies.ts';

export const lockOutOfStep: Guard = guard({
  id: 'dependencies/lock-out-of-step',
  severity: 'block',
  protects: 'builds that can be repeated',
  breaks: 'An install that obeys the lock file fails, or each machine picks a version of its own.',
  fix: 'Run the package manager once and commit the lock file it writes.',
  languages: ['json', 'toml', 'ruby', 'kotlin', 'other'],
  cwe: [1104],
  confidence: 0.9,
  readsGenerated: true,
  caught: [
    {
      name: 'a new npm package that the lock does not hold',
      before: {
        'package.json': `{\n  "dependencies": {\n    "react": "^19.0.0"\n  }\n}\n`,
        'package-lock.json': `{\n  "packages": {\n    "": {\n      "dependencies": {\n        "react": "^19.0.0"\n      }\n    }\n  }\n}\n`,
      },
      after: {
        'package.json': `{\n  "dependencies": {\n    "left-pad": "^1.3.0",\n    "react": "^19.0.0"\n  }\n}\n`,
        'package-lock.json': `{\n  "packages": {\n    "": {\n      "dependencies": {\n        "react": "^19.0.0"\n      }\n    }\n  }\n}\n`,
      },
    },
    {
      name: 'a new package of a pnpm workspace',
      before: {
        'apps/shop/package.json': `{\n  "dependencies": {}\n}\n`,
        'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  apps/shop:\n    dependencies:\n      react:\n        specifier: ^19.0.0\n        version: 19.0.0\n\npackages:\n`,
      },
      after: {
        'apps/shop/package.json': `{\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n`,
        'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  apps/shop:\n    dependencies:\n      react:\n        specifier: ^19.0.0\n        version: 19.0.0\n\npackages:\n`,
      },
    },
    {
      name: 'another version of a Go module without its checksum',
      before: {
        'go.mod': `module shop\n\nrequire github.com/pkg/errors v0.9.0\n`,
        'go.sum': `github.com/pkg/errors v0.9.0/go.mod h1:x=\n`,
      },
      after: {
        'go.mod': `module shop\n\nrequire github.com/pkg/errors v0.9.1\n`,
        'go.sum': `github.com/pkg/errors v0.9.0/go.mod h1:x=\n`,
      },
    },
  ],
  passed: [
    {
      name: 'manifest and lock changed together',
      before: {
        'go.mod': `module shop\n\nrequire github.com/pkg/errors v0.9.0\n`,
        'go.sum': `github.com/pkg/errors v0.9.0/go.mod h1:x=\n`,
      },
      after: {
        'go.mod': `module shop\n\nrequire github.com/pkg/errors v0.9.1\n`,
        'go.sum': `github.com/pkg/errors v0.9.1/go.mod h1:y=\n`,
      },
    },
    {
      name: 'a repository without a lock file',
      before: { 'package.json': `{\n  "dependencies": {}\n}\n` },
      after: { 'package.json': `{\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n` },
    },
    {
      name: 'an example that the workspace does not hold',
      before: {
        'examples/a/package.json': `{\n  "dependencies": {}\n}\n`,
        'pnpm-lock.yaml': `importers:\n\n  .: {}\n\npackages:\n`,
      },
      after: {
        'examples/a/package.json': `{\n  "dependencies": {\n    "zod": "^4.0.0"\n  }\n}\n`,
        'pnpm-lock.yaml': `importers:\n\n  .: {}\n\npackages:\n`,
      },
    },
    {
      name: 'another script',
      before: { 'package.json': `{\n  "scripts": {}\n}\n`, 'yarn.lock': `# yarn lockfile v1\n` },
      after: {
        'package.json': `{\n  "scripts": {\n    "test": "vitest"\n  }\n}\n`,
        'yarn.lock': `# yarn lockfile v1\n`,
      },
    },
    {
      name: 'a Python package that the lock holds under its other spelling',
      before: {
        'pyproject.toml': `[project]\nname = "shop"\ndependencies = ["flask"]\n`,
        'uv.lock': `[[package]]\nname = "flask"\n`,
      },
      after: {
        'pyproject.toml': `[project]\nname = "shop"\ndependencies = ["flask", "Typing_Extensions>=4"]\n`,
        'uv.lock': `[[package]]\nname = "flask"\n\n[[package]]\nname = "typing-extensions"\n`,
      },
    },
  ],
  look(scene) {
    const known = new Map<string, readonly Lock[]>();
    return newDependencies(scene)
      .filter(isLockable)
      .flatMap((one) => {
        const key = `${one.registry} ${one.file.path}`;
        const locks = known.get(key) ?? locksOf(scene, one.file.path, one.registry);
        known.set(key, locks);
        return isUnread(scene) ? [] : sighting(one, locks);
      });
  },
});

// Peers are optional to lock, and what stands beside us in the workspace is not fetched.
function isLockable({ use, wanted, registry, file }: NewDependency): boolean {
  if (use === 'peer' || /^(?:workspace|file|link|portal|patch):/.test(wanted)) return false;
  if (
    /(?:^|\/)(?:examples?|templates?|fixtures?|samples?|playground)\//.test(file.path) &&
    registry !== 'go'
  )
    return false;
  return !(registry === 'pypi' && /\.(?:txt|in)$/.test(file.path));
}

// A lock file that changed and could not be read may hold it: that gap is told elsewhere.
function isUnread(scene: Scene): boolean {
  return scene.files.some(
    ({ change }) =>
      change.generated === 'lock-file' && change.after === null && change.unread !== null,
  );
}

function sighting(one: NewDependency, locks: readonly Lock[]): readonly Sighting[] {
  const answers = locks.map((lock) => ({
    lock,
    holds: lock.holds(one),
  }));
  const silent = answers.find(({ holds }) => holds === false);
  if (silent === undefined || answers.some(({ holds }) => holds === true) || isReplaced(one))
    return [];
  const version = one.wanted === '' ? '' : ` ${one.wanted}`;
  return [
    {
      path: one.file.path,
      line: one.line,
      says: `asks for ${one.name}${version}, which ${silent.lock.path} does not hold`,
      subject: `${one.registry} ${one.name} ${one.wanted}`,
    },
  ];
}

// Go's `replace` puts another module in the place of the wanted one.
function isReplaced({ registry, name, file }: NewDependency): boolean {
  return (
    registry === 'go' &&
    new RegExp(
      `(?:^|\\s)${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?:\\s+v\\S+)?\\s*=>`,
      'm',
    ).test(file.after?.text ?? '')
  );
}
