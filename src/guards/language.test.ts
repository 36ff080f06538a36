import { describe, expect, test } from 'vitest';
import {
  isMigrationPath,
  isOtherEnvironment,
  isProductionPath,
  isTestPath,
  languageOf,
} from './language.ts';

test.each([
  ['src/a.mts', null, 'typescript'],
  ['a.tsx', null, 'tsx'],
  ['a.jsx', null, 'javascript'],
  ['Dockerfile.prod', null, 'dockerfile'],
  ['.env.production', null, 'dotenv'],
  ['infra/prod.tfvars', null, 'terraform'],
  ['src/A.kt', null, 'kotlin'],
  ['build.gradle.kts', null, 'kotlin'],
  ['app/a.rb', null, 'ruby'],
  ['Gemfile', null, 'ruby'],
  ['lib/tasks/x.rake', null, 'ruby'],
  ['shop.gemspec', null, 'ruby'],
  ['Cart.cs', null, 'csharp'],
  ['Cart.php', null, 'php'],
  ['src/lib.rs', null, 'rust'],
  ['bin/rails', '#!/usr/bin/env ruby\n', 'ruby'],
  ['artisan', '#!/usr/bin/env php\n', 'php'],
  ['bin/deploy', '#!/usr/bin/env bash\n', 'shell'],
  ['bin/run', '#!/usr/bin/python3\n', 'python'],
  ['bin/run', '#!/usr/bin/env node\n', 'javascript'],
  ['bin/run', 'no shebang', 'other'],
  ['LICENSE', null, 'other'],
  ['.gitignore', '#!x', 'other'],
] as const)('%s is %s%s', (path, text, language) => {
  expect(languageOf(path, text)).toBe(language);
});

describe('by its path a file', () => {
  test.each([
    'src/a.test.ts',
    'src/a.spec.tsx',
    'tests/x.py',
    'pkg/a_test.go',
    'test_a.py',
    'src/test/java/A.java',
    'src/main/java/CartTest.java',
    'src/main/java/CartIT.java',
    'spec/a_spec.rb',
    '__tests__/a.js',
    'e2e/login.ts',
    'pkg/testdata/x.json',
  ])('holds tests: %s', (path) => {
    expect(isTestPath(path)).toBe(true);
    expect(isProductionPath(path)).toBe(false);
  });

  test.each([
    'src/latest.ts',
    'src/contest/a.py',
    'src/main/java/Latest.java',
    'attest.go',
    'src/testimonials.tsx',
  ])('holds no tests: %s', (path) => {
    expect(isTestPath(path)).toBe(false);
    expect(isProductionPath(path)).toBe(true);
  });

  test.each([
    'docs/a.ts',
    'examples/x/main.tf',
    'vendor/a.go',
    'README.md',
    'config.example.yaml',
    'src/Button.stories.tsx',
    '.env.sample',
  ])('is not what production runs: %s', (path) => {
    expect(isProductionPath(path)).toBe(false);
  });

  test.each([
    ['overlays/dev/x.yaml', true],
    ['.env.local', true],
    ['values-staging.yaml', true],
    ['overlays/prod/x.yaml', false],
    ['src/device.ts', false],
  ])('%s names an environment that is not production: %s', (path, expected) => {
    expect(isOtherEnvironment(path)).toBe(expected);
  });

  test.each([
    ['db/migrate/2020_x.rb', true],
    ['app/alembic/versions/x.py', true],
    ['src/1700000000000-Coupon.ts', true],
    ['src/migrations/__tests__/x.ts', false],
    ['src/immigration/x.ts', false],
  ])('%s is a step of a migration: %s', (path, expected) => {
    expect(isMigrationPath(path)).toBe(expected);
  });
});
