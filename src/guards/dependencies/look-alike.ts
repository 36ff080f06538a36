import type { Guard, Scene, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import {
  foldersAbove,
  inFolder,
  knownNames,
  newDependencies,
  textAfter,
} from './new-dependencies.ts';
import type { NewDependency } from './new-dependencies.ts';
import { resemblanceOf } from './resemblance.ts';

export const lookAlike: Guard = guard({
  id: 'dependencies/look-alike',
  severity: 'warn',
  protects: 'what runs with our rights',
  breaks:
    'A package that imitates a popular one runs its author’s code wherever it is installed or imported.',
  fix: 'Check the spelling and who publishes it; if it is the right one, say so in a suppression with the reason.',
  languages: ['json', 'toml', 'ruby', 'kotlin', 'other'],
  cwe: [1357, 829],
  confidence: 0.7,
  caught: [
    {
      name: 'two letters swapped',
      before: { 'package.json': `{\n  "dependencies": {\n    "react": "^19.0.0"\n  }\n}\n` },
      after: {
        'package.json': `{\n  "dependencies": {\n    "expresss": "^5.0.0",\n    "react": "^19.0.0"\n  }\n}\n`,
      },
    },
    {
      name: 'the hyphen left out',
      before: { 'package.json': `{\n  "dependencies": {}\n}\n` },
      after: { 'package.json': `{\n  "dependencies": { "crossenv": "^7.0.0" }\n}\n` },
    },
    {
      name: 'a letter missing from a Python package',
      before: { 'requirements.txt': `flask==3.0.0\n` },
      after: { 'requirements.txt': `flask==3.0.0\nreqests==2.32.0\n` },
    },
    {
      name: 'a borrowed name on GitHub',
      before: { 'go.mod': `module shop\n\nrequire github.com/spf13/cobra v1.8.0\n` },
      after: {
        'go.mod': `module shop\n\nrequire github.com/spf13/cobra v1.8.0\nrequire github.com/sirupsem/logrus v1.9.0\n`,
      },
    },
    {
      name: 'a scope one letter off',
      before: { 'package.json': `{\n  "dependencies": {}\n}\n` },
      after: { 'package.json': `{\n  "dependencies": { "@tanstak/react-query": "^5.0.0" }\n}\n` },
    },
  ],
  passed: [
    {
      name: 'popular packages that resemble each other',
      before: { 'package.json': `{\n  "dependencies": {}\n}\n` },
      after: {
        'package.json': `{\n  "dependencies": { "preact": "^10.0.0", "mysql2": "^3.0.0", "lodash-es": "^4.0.0" }\n}\n`,
      },
    },
    {
      name: 'another version of a package that was there',
      before: { 'package.json': `{\n  "dependencies": { "expresso": "^1.0.0" }\n}\n` },
      after: { 'package.json': `{\n  "dependencies": { "expresso": "^2.0.0" }\n}\n` },
    },
    {
      name: 'a major version of Go',
      before: { 'go.mod': `module shop\n` },
      after: { 'go.mod': `module shop\n\nrequire github.com/labstack/echo/v5 v5.0.0\n` },
    },
    {
      name: 'a package of the same workspace',
      before: { 'package.json': `{\n  "dependencies": {}\n}\n` },
      after: { 'package.json': `{\n  "dependencies": { "expres": "workspace:*" }\n}\n` },
    },
    {
      name: 'PyPI’s other spelling of the same name',
      before: { 'requirements.txt': `flask==3.0.0\n` },
      after: { 'requirements.txt': `flask==3.0.0\nTyping_Extensions==4.12.0\nscikit_learn==1.5\n` },
    },
  ],
  look(scene) {
    const known = knownNames(scene);
    return newDependencies(scene)
      .filter(
        (one) =>
          one.was === null &&
          !known.has(one.name) &&
          !/^(?:workspace|file|link|portal):/.test(one.wanted),
      )
      .flatMap((one) => sighting(scene, one));
  },
});

function sighting(scene: Scene, one: NewDependency): readonly Sighting[] {
  const like = resemblanceOf(one.registry, one.name);
  if (like === null || isUsedAbove(scene, one)) return [];
  return [
    {
      path: one.file.path,
      line: one.line,
      says: `asks for ${one.name}, which ${like.says}`,
      subject: `${one.registry} ${one.name}`,
    },
  ];
}

// A manifest further up that knows the name had it before: the change only spreads it.
function isUsedAbove(scene: Scene, { file, name }: NewDependency): boolean {
  const base = file.path.slice(file.path.lastIndexOf('/') + 1);
  return foldersAbove(file.path)
    .map((folder) => inFolder(folder, base))
    .filter((path) => !scene.files.some((changed) => changed.path === path))
    .some((path) => (textAfter(scene, path) ?? '').includes(`"${name}"`));
}
