import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { caught, passed } from './unpinned-install-script.examples.ts';
import { dependenciesOf } from './dependency.ts';
import { changedManifests, newDependencies } from './new-dependencies.ts';
import type { NewDependency } from './new-dependencies.ts';
import { installScripts } from './npm-manifest.ts';

export const unpinnedInstallScript: Guard = guard({
  id: 'dependencies/unpinned-install-script',
  severity: 'warn',
  gravest: 'block',
  protects: 'what runs on every machine that installs',
  breaks:
    'Whoever controls that place can run other code tomorrow, on build machines and in production, without a change here.',
  fix: 'Pin a version from the registry or a full commit id, and keep work out of install scripts.',
  languages: ['json', 'toml', 'ruby', 'kotlin', 'other'],
  cwe: [829, 494],
  confidence: 0.8,
  caught,
  passed,
  look(scene) {
    return [
      ...newDependencies(scene).flatMap(riskySource),
      ...changedManifests(scene).flatMap((file) => [...newScripts(file), ...otherIndex(file)]),
    ];
  },
});

function riskySource(one: NewDependency): readonly Sighting[] {
  const risk = riskOf(one);
  if (
    risk === null ||
    (one.was !== null && riskOf({ ...one, wanted: one.was })?.what === risk.what)
  )
    return [];
  return [
    {
      path: one.file.path,
      line: one.line,
      says: `asks for ${one.name} ${risk.what}`,
      subject: `${one.registry} ${one.name} ${one.wanted}`,
      severity: risk.severity,
    },
  ];
}

interface Risk {
  readonly what: string;
  readonly severity: Severity;
}

function riskOf({ wanted, registry, use, file }: NewDependency): Risk | null {
  const isTold = use === 'run' ? 'warn' : 'note';
  if (/^(?:workspace|file|link|portal|catalog|npm|patch):/.test(wanted)) return null;
  const address = wanted.replace(/^@\s*/, '');
  if (
    /^(?:git[+:@]|git:\/\/|github:|gitlab:|bitbucket:|ssh:|[\w.-]+\/[\w.-]+(?:#|$))|\.git(?:[#@]|$)/.test(
      address,
    ) &&
    (registry === 'npm' || !/^[~=<>!^\d]/.test(wanted))
  ) {
    const isPinned = /[#@](?:[^#@]*=)?[0-9a-f]{40}\b/.test(address);
    return {
      what: isPinned
        ? 'from a git repository, at one commit'
        : 'from a git repository, at whatever its branch holds',
      severity: isPinned ? 'note' : isTold,
    };
  }
  if (address.startsWith('http://'))
    return { what: 'over an unencrypted connection', severity: 'warn' };
  if (address.startsWith('https://'))
    return { what: 'from an address outside the registry', severity: isTold };
  if (registry === 'go' || registry === 'maven' || use === 'peer') return null;
  if (
    registry === 'npm'
      ? /^(?:\*|latest|x|next|canary|nightly|>=?\s*0|)$/.test(wanted)
      : wanted === '*'
  )
    return {
      what: `in any version (\`${wanted === '' ? 'no version' : wanted}\`)`,
      severity: isTold,
    };
  if (registry === 'pypi' && wanted === '' && isPinnedElsewhere(file))
    return { what: 'in any version, where its neighbours are pinned', severity: 'note' };
  return null;
}

function isPinnedElsewhere(file: ChangedFile): boolean {
  const others = dependenciesOf(file.before).filter((one) => one.registry === 'pypi');
  return (
    others.length >= 3 &&
    others.filter((one) => one.wanted.startsWith('==')).length / others.length >= 0.8
  );
}

// What common tools ask their users to run at install; it touches nothing outside the project.
const usual =
  /^(?:(?:npx|pnpm|yarn|npm|bun)\s+(?:exec\s+|run\s+|dlx\s+)?)?(?:husky(?: install)?|only-allow \w+|is-ci|patch-package|prisma generate|node-gyp[\w-]*(?: \w+)?|prebuild-install|electron-builder install-app-deps|electron-rebuild|nuxi? prepare|nuxt prepare|lerna (?:bootstrap|run [\w:-]+)|simple-git-hooks|lefthook install|ngcc|svelte-kit sync|fumadocs-mdx|contentlayer build|panda codegen|playwright install(?: [\w-]+)*|puppeteer browsers install|opencollective[\w-]*|bootstrap|build(?::\w+)*|postinstall:[\w:-]+|codegen|generate|setup|prepare|tsc(?: -\w+)*|rimraf [\w./-]+|echo [\w "'.!-]+|exit 0|true)(?:\s+--?[\w-]+(?:=\S+)?)*$/;
const reachesOut =
  /\bcurl\b|\bwget\b|https?:\/\/|\|\s*(?:ba|z)?sh\b|\beval\b|base64|\bnode\s+-e\b|powershell|\bInvoke-/i;

function newScripts(file: ChangedFile): readonly Sighting[] {
  if (file.after === null || !file.path.endsWith('package.json')) return [];
  const before = new Map(
    (file.before === null ? [] : installScripts(file.before)).map(({ name, wanted }) => [
      name,
      wanted,
    ]),
  );
  return installScripts(file.after)
    .filter(({ name, wanted }) => before.get(name) !== wanted)
    .map(({ name, wanted, line }) => {
      const isHarmless = wanted
        .split(/\s*(?:&&|\|\||;)\s*/)
        .every((step) => usual.test(step.trim()));
      const isRisky = reachesOut.test(wanted);
      return {
        path: file.path,
        line,
        says: `${before.has(name) ? 'changes' : 'adds'} the ${name} script, which every install runs: \`${wanted.slice(0, 80)}\``,
        subject: `${name} ${wanted}`,
        severity: isRisky
          ? ('block' as const)
          : isHarmless || before.has(name)
            ? ('note' as const)
            : ('warn' as const),
        confidence: isRisky ? 0.85 : 0.6,
      };
    });
}

// pip then takes whichever index offers the highest version, the public one included.
function otherIndex(file: ChangedFile): readonly Sighting[] {
  if (!/\.(?:txt|in)$/.test(file.path)) return [];
  return file.change.hunks.flatMap((hunk) =>
    hunk.added.flatMap((text, index) => {
      const option = /^\s*(--extra-index-url|--trusted-host|--find-links)\b/.exec(text)?.[1];
      if (
        option === undefined ||
        hunk.removed.some((old) => old.includes(option)) ||
        /https:\/\/download\.pytorch\.org/.test(text)
      )
        return [];
      return [
        {
          path: file.path,
          line: hunk.newStart + index,
          says: `lets packages come from a second place (${option})`,
          subject: option,
        },
      ];
    }),
  );
}
