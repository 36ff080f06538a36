import type { Run } from '../command.ts';
import { readArgs } from '../read-args.ts';
import type { Rule } from '../rule.ts';

/** Things that strangers can download from then on. */
export const publish: Rule = {
  id: 'commands/publish',
  title: 'Publishing packages, images and releases',
  why: 'A published version is copied by others within minutes and most registries never give the number back.',
  decision: 'ask',
  loses: 'the version number, and the trust of who installs it',
  instead: 'Prepare the release and let a person or the pipeline publish it.',
  programs: [
    'npm',
    'pnpm',
    'yarn',
    'bun',
    'cargo',
    'twine',
    'poetry',
    'uv',
    'hatch',
    'flit',
    'gem',
    'gh',
    'glab',
    'docker',
    'podman',
    'mvn',
    'gradle',
    'gradlew',
    'nuget',
    'dotnet',
    'helm',
    'goreleaser',
    'semantic-release',
    'lerna',
    'changeset',
    'jsr',
    'deno',
    'vsce',
    'ovsx',
    'mix',
    'pod',
    'python',
    'python3',
    'vercel',
    'netlify',
    'firebase',
    'eas',
    'fastlane',
    'wrangler',
    'fly',
    'flyctl',
    'gcloud',
    'npm-publish',
  ],
  caught: [
    'npm publish',
    'npm publish --access public',
    'pnpm -r publish',
    'cargo publish',
    'twine upload dist/*',
    'gh release create v1',
    'docker push ann/shop',
    'gem push a.gem',
    'poetry publish',
    'npm unpublish a',
    'vsce publish',
    'npx semantic-release',
    'python -m twine upload dist/*',
    'yarn npm publish',
    'npm deprecate a x',
    'vercel --prod',
    'fly deploy',
    'docker buildx build --push .',
    'mvn deploy',
    'cargo yank --version 1',
  ],
  passed: [
    'npm pack',
    'npm publish --dry-run',
    'cargo package',
    'cargo publish --dry-run',
    'gh release list',
    'docker build -t a .',
    'docker pull a',
    'npm view a',
    'poetry build',
    'python -m build',
    'mvn package',
    'vercel dev',
    'gh pr create',
    'npm version patch',
  ],
  look: (run) => (publishes(run) ? [{ says: `It publishes with ${run.name}.` }] : []),
};

function publishes({ name, args }: Run): boolean {
  if (args.some((arg) => /^(?:--dry-run(?:=true)?|--help|-h|-n|--snapshot)$/.test(arg)))
    return false;
  const { operands } = readArgs(args, [
    '-C',
    '--filter',
    '-F',
    '-p',
    '--registry',
    '-w',
    '--workspace',
  ]);
  const [first = '', second = ''] = operands;
  if (name === 'semantic-release' || name === 'goreleaser')
    return name === 'semantic-release' || first === 'release';
  if (/^python3?$/.test(name)) return args[1] === 'twine' && args.includes('upload');
  if (name === 'twine') return first === 'upload';
  if (name === 'gh' || name === 'glab')
    return first === 'release' && /^(?:create|delete|edit|upload)$/.test(second);
  if (name === 'docker' || name === 'podman')
    return (
      first === 'push' ||
      (second === 'push' && /^(?:image|compose|manifest)$/.test(first)) ||
      (operands.includes('build') && args.includes('--push'))
    );
  if (/^(?:mvn|gradlew?|dotnet|nuget|gem|helm|pod)$/.test(name))
    return (
      args.some((arg) =>
        /^(?:deploy|publish|publish\w{1,40}|:?\w{0,40}:?publish|push|trunk|yank|release:perform)$/.test(
          arg,
        ),
      ) && !/^(?:list|search)$/.test(first)
    );
  if (name === 'vercel' || name === 'netlify')
    return args.includes('--prod') || args.includes('--production') || first === 'promote';
  if (/^(?:firebase|eas|fly|flyctl|wrangler|gcloud)$/.test(name))
    return (
      /^(?:deploy|submit|publish)$/.test(first) ||
      (name === 'gcloud' && operands.includes('deploy'))
    );
  return (
    operands
      .slice(0, 3)
      .some((word) => /^(?:publish|unpublish|deprecate|yank|hex\.publish)$/.test(word)) &&
    !['run', 'help', 'view', 'info'].includes(first)
  );
}
