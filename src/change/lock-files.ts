/** Files in which package managers record what they resolved, by the ecosystem that writes them. */
export const lockFiles: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json', '.package-lock.json'],
  yarn: ['yarn.lock'],
  pnpm: ['pnpm-lock.yaml'],
  bun: ['bun.lock', 'bun.lockb'],
  deno: ['deno.lock'],
  python: ['poetry.lock', 'Pipfile.lock', 'pdm.lock', 'uv.lock', 'pylock.toml', 'pixi.lock'],
  conda: ['conda-lock.yml', 'conda-lock.yaml'],
  go: ['go.sum', 'go.work.sum', 'Gopkg.lock', 'glide.lock'],
  rust: ['Cargo.lock'],
  ruby: ['Gemfile.lock', 'gems.locked'],
  php: ['composer.lock', 'symfony.lock'],
  jvm: ['gradle.lockfile', 'buildscript-gradle.lockfile', 'maven_install.json'],
  dotnet: ['packages.lock.json', 'paket.lock', 'project.assets.json'],
  swift: ['Package.resolved', 'Podfile.lock', 'Cartfile.resolved'],
  dart: ['pubspec.lock'],
  elixir: ['mix.lock', 'rebar.lock'],
  haskell: ['stack.yaml.lock', 'cabal.project.freeze'],
  cpp: ['conan.lock'],
  crystal: ['shard.lock'],
  d: ['dub.selections.json'],
  nim: ['nimble.lock'],
  lean: ['lake-manifest.json'],
  purescript: ['spago.lock'],
  r: ['renv.lock', 'packrat.lock'],
  julia: ['Manifest.toml'],
  nix: ['flake.lock', 'devbox.lock'],
  terraform: ['.terraform.lock.hcl'],
  helm: ['Chart.lock'],
  bazel: ['MODULE.bazel.lock'],
  protobuf: ['buf.lock'],
  chef: ['Berksfile.lock', 'Policyfile.lock.json'],
  tools: ['mise.lock', 'aqua-checksums.json'],
};

const names: ReadonlySet<string> = new Set(Object.values(lockFiles).flat());

/** True for a lock file, by its name. */
export function isLockFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return names.has(name) || /^pylock\.[^/]+\.toml$/.test(name) || name.endsWith('.opam.locked');
}
