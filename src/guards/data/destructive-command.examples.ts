import type { Guard } from '../guard.ts';

/** What the guard on destructive commands catches and passes. */
export const destructiveExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a pipeline destroys infrastructure',
      after: {
        '.github/workflows/deploy.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: terraform destroy -auto-approve\n',
      },
    },
    {
      name: 'a container lets Prisma drop what does not fit when it starts',
      after: {
        Dockerfile: 'FROM node:24\nCMD npx prisma db push --accept-data-loss && node server.js\n',
      },
    },
    {
      name: 'the build script of a package does so',
      before: { 'package.json': '{\n  "scripts": {\n    "build": "tsc"\n  }\n}\n' },
      after: {
        'package.json':
          '{\n  "scripts": {\n    "build": "prisma db push --accept-data-loss && tsc"\n  }\n}\n',
      },
    },
    {
      name: 'a script deletes under a variable that may be empty',
      after: {
        'scripts/update.sh':
          '#!/bin/bash\nTARGET=$1\nrm -rf "$TARGET"/*\ncp -r build/* "$TARGET"\n',
      },
    },
    {
      name: 'a deployment script deletes a namespace and a bucket',
      after: {
        'deploy/release.sh':
          'set -e\nkubectl delete namespace shop\naws s3 rm s3://shop-uploads --recursive\nkubectl apply -f k8s/\n',
      },
    },
    {
      name: 'a program drops its database when it starts',
      after: {
        'src/db.ts':
          'export async function start() {\n  await sequelize.sync({ force: true });\n  await mongoose.connection.dropDatabase();\n}\n',
      },
    },
    {
      name: 'a Makefile empties the cache of the shop in deploy',
      after: { Makefile: 'deploy:\n\tredis-cli -h $(REDIS) FLUSHALL\n\t./release.sh\n' },
    },
    {
      name: 'a pipeline resets the database',
      after: {
        '.gitlab-ci.yml':
          'deploy:\n  script:\n    - bundle exec rails db:reset\n    - git push --force origin main\n',
      },
    },
  ],
  passed: [
    {
      name: 'the command was there and moves',
      before: {
        'scripts/a.sh': 'set -e\nterraform destroy -auto-approve\n',
        'scripts/b.sh': 'set -e\n',
      },
      after: {
        'scripts/a.sh': 'set -e\n',
        'scripts/b.sh': 'set -e\nterraform destroy -auto-approve\n',
      },
    },
    {
      name: 'a document explains the command',
      after: { 'docs/ops.md': 'Never run `terraform destroy` or `rails db:drop`.\n' },
    },
    {
      name: 'the variable is checked, or has a value',
      after: {
        'scripts/a.sh': 'rm -rf "${TARGET:?}"/*\n',
        'scripts/b.sh': 'set -euo pipefail\nrm -rf "$TARGET"/*\n',
        'scripts/c.sh':
          'OUT=dist\nrm -rf "$OUT"/*\nDIR=$(mktemp -d)\nrm -rf "$DIR"/\nrm -rf node_modules dist\n',
      },
    },
    {
      name: 'the pipeline tests, with a database of its own',
      after: {
        '.github/workflows/ci.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: bin/rails db:create db:migrate\n      - run: terraform plan\n',
      },
    },
    {
      name: 'a message tells of it',
      after: {
        'scripts/help.sh':
          'echo "run terraform destroy to clean up"\n# terraform destroy\nprintf "drop: dropdb shop\\n"\n',
      },
    },
    {
      name: 'a test drops its database',
      after: { 'test/setup.ts': 'afterAll(() => mongoose.connection.dropDatabase());\n' },
    },
    {
      name: 'a branch that the job made itself is pushed over an older try',
      after: {
        '.github/workflows/pick.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          git checkout -b "$PICK_BRANCH" "origin/$TARGET"\n          git push origin -f "$PICK_BRANCH"\n',
      },
    },
    {
      name: 'pages are published over what was there',
      after: {
        'scripts/pages.sh': 'git push --force origin gh-pages\ngit push --force-with-lease\n',
      },
    },
  ],
};
