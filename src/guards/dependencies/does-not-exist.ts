import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { goDeclared, npmDeclared, pythonDeclared } from './declared.ts';
import type { Declared } from './declared.ts';
import { caught, passed } from './does-not-exist.examples.ts';
import type { Dependency } from './dependency.ts';
import { importsOf } from './imports.ts';
import type { Import } from './imports.ts';
import { locksOf } from './lock.ts';
import { isPublic } from './asked-packages.ts';
import { newDependencies } from './new-dependencies.ts';
import { answerOn } from './registry.ts';
import { unlocked } from './unlocked.ts';

export const doesNotExist: Guard = guard({
  id: 'dependencies/does-not-exist',
  severity: 'block',
  protects: 'code that can be loaded at all',
  breaks:
    'The import fails at build or start; and whoever registers the free name has code of theirs run here.',
  fix: 'Check that the package exists and is the one you mean, then add it to the manifest and the lock file.',
  languages: [
    'typescript',
    'tsx',
    'javascript',
    'python',
    'go',
    'ruby',
    'kotlin',
    'json',
    'toml',
    'other',
  ],
  cwe: [1104, 829],
  confidence: 0.85,
  // Lock files are the facts here: what one holds was once fetched, so it exists.
  readsGenerated: true,
  caught,
  passed,
  look(scene) {
    const known = modulesBefore(scene);
    const imported = scene.files
      .filter(
        (file) =>
          file.after !== null &&
          file.change.generated === null &&
          (file.isTest || isProductionPath(file.path)) &&
          !elsewhere.test(file.path),
      )
      .flatMap((file) => lookAt(scene, file, known));
    return [...imported, ...unknownToRegistry(scene)];
  },
  gaps(scene) {
    const open = unlocked(scene).flatMap((one) => {
      const answer = answerOn(scene.registry, one.registry, one.name);
      return answer.kind === 'not-asked' ? [{ one, why: answer.why }] : [];
    });
    return open.slice(0, mostGaps).map(({ one, why }) => ({
      what: `${one.registry} package ${one.name} (${one.file.path})`,
      why: `no lock file holds it, and ${scene.registry === undefined ? 'no registry was asked whether it exists' : why}`,
    }));
  },
});

// A lock file only shows that a name was fetched once; what its registry says today counts more.
function unknownToRegistry(scene: Scene): readonly Sighting[] {
  const { registry } = scene;
  if (registry === undefined) return [];
  return newDependencies(scene)
    .filter((one) => one.was === null && registry.of(one.registry, one.name).kind === 'absent')
    .filter((one) => isPublic(one, scene))
    .map(({ file, line, name, registry: place }) => {
      // Names under a scope or a host may be private, and a registry does not tell strangers of those.
      const mayBePrivate = name.startsWith('@') || place === 'go' || place === 'maven';
      return {
        path: file.path,
        line,
        says: `asks for ${name}, which ${titles[place]} does not know`,
        subject: `${place} ${name}`,
        ...(mayBePrivate ? { severity: 'warn' as const, confidence: 0.7 } : { confidence: 0.95 }),
      };
    });
}

const titles: Readonly<Record<Dependency['registry'], string>> = {
  npm: 'npm',
  pypi: 'PyPI',
  go: 'the Go module proxy',
  maven: 'Maven Central',
  crates: 'crates.io',
  rubygems: 'RubyGems',
};

/** Packages told as not checked in one change; whoever reads ten of them knows. */
const mostGaps = 10;

const elsewhere =
  /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-data|templates?|examples?|supabase\/functions|docs)\/|\.d\.ts$/;
const importing = /\bimport\b|\brequire\b|\bfrom\b|^\s*(?:\w+\s+)?"[\w./-]+"\s*$/;

function registryOf(file: ChangedFile): Dependency['registry'] {
  if (file.language === 'python') return 'pypi';
  return file.language === 'go' ? 'go' : 'npm';
}

// A module that some file of the change imported before is not news.
function modulesBefore(scene: Scene): ReadonlySet<string> {
  return new Set(
    scene.files.flatMap((file) =>
      file.before === null ||
      !file.change.hunks.some((hunk) => hunk.removed.some((line) => importing.test(line)))
        ? []
        : importsOf(file.before).map((one) => packageOf(file, one)),
    ),
  );
}

function lookAt(scene: Scene, file: ChangedFile, known: ReadonlySet<string>): readonly Sighting[] {
  const { after, before, change } = file;
  if (
    after === null ||
    !change.hunks.some((hunk) => hunk.added.some((line) => importing.test(line)))
  )
    return [];
  const fresh = new Map<string, Import>();
  for (const one of importsOf(after)) {
    const name = packageOf(file, one);
    if (name === '' || !file.added.has(one.line) || known.has(name) || fresh.has(name)) continue;
    if (!one.isOptional && !(before?.text.includes(name) ?? false)) fresh.set(name, one);
  }
  return [...fresh].flatMap(([name, one]) => sighting(scene, file, { name, line: one.line }));
}

/** Name of the package an import belongs to; empty when it is no package: a path, an alias, a virtual module. */
function packageOf(file: ChangedFile, { module }: Import): string {
  if (file.language === 'go' || file.language === 'python') return module;
  if (!/^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(?:\/|$)/.test(module) || module.includes(':'))
    return '';
  const [first = '', second] = module.split('/');
  return first.startsWith('@') ? `${first}/${second ?? ''}` : first;
}

function declared(scene: Scene, file: ChangedFile, name: string): Declared {
  if (file.language === 'python') return pythonDeclared(scene, file.path, name);
  return file.language === 'go'
    ? goDeclared(scene, file.path, name)
    : npmDeclared(scene, file.path, name);
}

interface Missing {
  readonly name: string;
  readonly line: number;
}

function sighting(scene: Scene, file: ChangedFile, { name, line }: Missing): readonly Sighting[] {
  if (declared(scene, file, name) !== 'absent') return [];
  const registry = registryOf(file);
  const locks =
    registry === 'npm' ? locksOf(scene, file.path.replace(/[^/]*$/, 'package.json'), 'npm') : [];
  const carrier = locks.find((lock) => lock.mentions(name));
  return [
    {
      path: file.path,
      line,
      says:
        carrier === undefined
          ? `imports ${name}, which no manifest of the project asks for${locks.length > 0 ? ' and no lock file holds' : ''}`
          : `imports ${name}, which is only here because something else needs it (${carrier.path})`,
      subject: `${registry} ${name}`,
      ...judged({ registry, isCarried: carrier !== undefined, isLocked: locks.length > 0, file }),
    },
  ];
}

interface Case {
  readonly registry: Dependency['registry'];
  readonly isCarried: boolean;
  readonly isLocked: boolean;
  readonly file: ChangedFile;
}

function judged({ registry, isCarried, isLocked, file }: Case): {
  readonly severity: Severity;
  readonly confidence: number;
} {
  if (isCarried) return { severity: 'note', confidence: 0.5 };
  if (registry === 'go') return { severity: 'block', confidence: 0.9 };
  if (registry === 'pypi') return { severity: file.isTest ? 'note' : 'warn', confidence: 0.55 };
  if (file.isTest) return { severity: 'warn', confidence: 0.6 };
  return { severity: isLocked ? 'block' : 'warn', confidence: isLocked ? 0.85 : 0.6 };
}
