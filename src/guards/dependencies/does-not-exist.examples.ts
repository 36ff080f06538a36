import type { Example } from '../guard.ts';
import { registryOf } from './registry-examples.ts';

const manifest = `{\n  "name": "shop",\n  "dependencies": {\n    "react": "^19.0.0"\n  }\n}\n`;
const lock = `{\n  "packages": {\n    "": {\n      "dependencies": {\n        "react": "^19.0.0"\n      }\n    },\n    "node_modules/react": {},\n    "node_modules/scheduler": {}\n  }\n}\n`;
const project = { 'package.json': manifest, 'package-lock.json': lock };

/** Imports that nothing provides. */
export const caught: readonly Example[] = [
  {
    name: 'a package that nobody asked for',
    before: { ...project, 'src/a.ts': `run();\n` },
    after: { ...project, 'src/a.ts': `import { retry } from 'easy-retry-helper';\nrun();\n` },
  },
  {
    name: 'a package that only another one needs',
    before: { ...project, 'src/a.ts': `run();\n` },
    after: { ...project, 'src/a.ts': `import { now } from 'scheduler';\nrun();\n` },
  },
  {
    name: 'a Go module that go.mod does not require',
    before: {
      'go.mod': `module shop.example/shop\n\nrequire github.com/pkg/errors v0.9.1\n`,
      'a.go': `package shop\n`,
    },
    after: {
      'go.mod': `module shop.example/shop\n\nrequire github.com/pkg/errors v0.9.1\n`,
      'a.go': `package shop\n\nimport "github.com/somebody/retry"\n`,
    },
  },
  {
    name: 'a Python module of no known package',
    before: { 'requirements.txt': `flask==3.0.0\n`, 'shop/a.py': `run()\n` },
    after: { 'requirements.txt': `flask==3.0.0\n`, 'shop/a.py': `import easyretryhelper\nrun()\n` },
  },
  {
    name: 'a dependency that its registry does not know',
    before: project,
    after: {
      ...project,
      'package.json': manifest.replace('"react"', '"easy-retry-helper": "^1.0.0",\n    "react"'),
    },
    registry: registryOf({ react: { versions: {} } }),
  },
];

/** Imports that something provides, or that we cannot judge. */
export const passed: readonly Example[] = [
  {
    name: 'Rails pins the modules of browsers',
    before: {
      'package.json': `{ "devDependencies": { "left-pad": "1" } }\n`,
      'package-lock.json': `{ "packages": { "node_modules/left-pad": { "version": "1.3.0" } } }\n`,
      'config/importmap.rb': `pin "application"\npin "@hotwired/stimulus", to: "stimulus.min.js"\n`,
      'app/components/tip_controller.js': `run();\n`,
    },
    after: {
      'package.json': `{ "devDependencies": { "left-pad": "1" } }\n`,
      'package-lock.json': `{ "packages": { "node_modules/left-pad": { "version": "1.3.0" } } }\n`,
      'config/importmap.rb': `pin "application"\npin "@hotwired/stimulus", to: "stimulus.min.js"\n`,
      'app/components/tip_controller.js': `import { Controller } from "@hotwired/stimulus";\nrun();\n`,
    },
  },
  {
    name: 'packages of Python named almost like their modules',
    before: {
      'requirements.txt': `django-filter==26.1\nstrawberry-graphql-django==0.87.0\n`,
      'shop/views.py': `run()\n`,
    },
    after: {
      'requirements.txt': `django-filter==26.1\nstrawberry-graphql-django==0.87.0\n`,
      'shop/views.py': `import django_filters\nfrom strawberry_django.optimizer import OptimizerStore\nrun()\n`,
    },
  },
  {
    name: 'a package of the manifest, the runtime, a path and an alias',
    before: { ...project, 'src/a.ts': `run();\n` },
    after: {
      ...project,
      'src/a.ts': `import React from 'react';\nimport { join } from 'path';\nimport fs from 'node:fs';\nimport { b } from './b';\nimport { c } from '@/c';\nimport { d } from '~/d';\nimport { e } from '$app/navigation';\nimport 'virtual:theme';\nrun();\n`,
    },
  },
  {
    name: 'an alias that the compiler knows',
    before: {
      ...project,
      'tsconfig.json': `{ "compilerOptions": { "paths": { "@shop/*": ["./src/*"] } } }\n`,
      'src/a.ts': `run();\n`,
    },
    after: {
      ...project,
      'tsconfig.json': `{ "compilerOptions": { "paths": { "@shop/*": ["./src/*"] } } }\n`,
      'src/a.ts': `import { c } from '@shop/cart';\nrun();\n`,
    },
  },
  {
    name: 'a package added together with its import',
    before: { ...project, 'src/a.ts': `run();\n` },
    after: {
      'package-lock.json': lock.replaceAll('react', 'easy-retry'),
      'package.json': manifest.replace('"react"', '"easy-retry": "^1.0.0",\n    "react"'),
      'src/a.ts': `import { retry } from 'easy-retry';\nrun();\n`,
    },
  },
  {
    name: 'an import in a prompt, and one that may fail',
    before: { ...project, 'src/a.ts': `run();\n` },
    after: {
      ...project,
      'src/a.ts':
        "const sample = `import x from 'easy-retry-helper';`;\ntry { require('fast-native-thing'); } catch {}\nrun();\n",
    },
  },
  {
    name: 'a Python module of the project and one under another name',
    before: {
      'requirements.txt': `PyYAML==6.0\n`,
      'shop/cart.py': `x = 1\n`,
      'shop/a.py': `run()\n`,
    },
    after: {
      'requirements.txt': `PyYAML==6.0\n`,
      'shop/cart.py': `x = 1\n`,
      'shop/a.py': `import json\nimport yaml\nfrom shop.cart import x\nfrom . import b\nrun()\n`,
    },
  },
  {
    name: 'a language whose imports we do not follow',
    before: { ...project, 'src/A.java': `class A {}\n` },
    after: { ...project, 'src/A.java': `import org.shop.Cart;\n\nclass A {}\n` },
  },
  {
    name: 'a part of a Go module that go.mod requires',
    before: {
      'go.mod': `module shop.example/shop\n\nrequire (\n\tk8s.io/api v0.30.0\n)\n`,
      'a.go': `package shop\n`,
    },
    after: {
      'go.mod': `module shop.example/shop\n\nrequire (\n\tk8s.io/api v0.30.0\n)\n`,
      'a.go': `package shop\n\nimport (\n\t"fmt"\n\n\tcorev1 "k8s.io/api/core/v1"\n\t"shop.example/shop/cart"\n)\n`,
    },
  },
  {
    name: 'a dependency that its registry knows',
    before: project,
    after: {
      ...project,
      'package.json': manifest.replace('"react"', '"zustand": "^5.0.0",\n    "react"'),
    },
    registry: registryOf({ zustand: { versions: { '5.0.0': {} } } }),
  },
  {
    name: 'a name under a scope of the workspace, which its registry need not know',
    before: { 'package.json': '{\n  "name": "@shop/root",\n  "dependencies": {}\n}\n' },
    after: {
      'package.json':
        '{\n  "name": "@shop/root",\n  "dependencies": {\n    "@shop/ui": "workspace:*"\n  }\n}\n',
    },
    registry: registryOf({}),
  },
];
