import type { Example } from '../guard.ts';

// Put together at run time, so that nobody's scanner takes the examples for the real thing.
const github = ['ghp', 'R8tZk2LwQ9vXn4Bc7YdH1sJm6PfG3uEaT5oK'].join('_');
const stripe = ['sk', 'live', '51HqLyz8KdTw3Vx7NbR2mPc4'].join('_');
const aws = ['wJ4lrXUtnFEMIK7MDENGbPxR', 'fiCY2k9TqLz0Wv8a'].join('');
const body = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw', 'ggSjAgEAAoIBAQC7VJTUt9Us8cKj'].join('');
const head = ['-----BEGIN ', 'PRIVATE KEY-----'].join('');
const password = ['q7Rk2', 'Lw9vX'].join('');
const random = ['u7Zq1Lk9', 'Xw3Rt8Nv5Bc2Mh6Pd4'].join('');

/** Credentials that were added. */
export const caught: readonly Example[] = [
  {
    name: 'a GitHub token in code',
    after: { 'src/deploy.ts': `const github = '${github}';\n` },
  },
  {
    name: 'a live payment key in a settings file',
    before: { 'config/app.yaml': `stripe:\n  key: \${STRIPE_KEY}\n` },
    after: { 'config/app.yaml': `stripe:\n  key: ${stripe}\n` },
  },
  {
    name: 'an AWS secret key in an environment file',
    after: { '.env': `AWS_SECRET_ACCESS_KEY=${aws}\n` },
  },
  {
    name: 'a private key',
    after: { 'deploy/server.pem': `${head}\n${body}\n` },
  },
  {
    name: 'a database address with its password',
    after: {
      'src/db.py': `URL = "postgresql://shop:${password}@db.shop.eu-west-1.rds.amazonaws.com/shop"\n`,
    },
  },
  {
    name: 'a random value under a telling name',
    after: { 'src/mail.py': `MAIL_API_KEY = "${random}"\n` },
  },
  {
    name: 'a cell of a notebook',
    after: {
      'analysis/load.ipynb': `{\n "cells": [\n  {\n   "source": [\n    "key = \\"${github}\\"\\n",\n    "load(key)"\n   ]\n  }\n ]\n}\n`,
    },
  },
  {
    name: 'a password of a command line',
    after: { 'bin/backup.sh': `curl -u "backup:${password}x1" https://files.shop.eu/dump\n` },
  },
];

/** Lines that speak of credentials and hold none. */
export const passed: readonly Example[] = [
  {
    name: 'a value from the environment',
    after: {
      'src/a.ts': `const apiKey = process.env.API_KEY ?? '';\nconst token = "\${GITHUB_TOKEN}";\n`,
    },
  },
  {
    name: 'stand-ins',
    after: {
      '.env.example': `GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nAPI_KEY=your-api-key-here-please\n`,
      'src/a.ts': `const key = 'AKIAIOSFODNN7EXAMPLE';\n`,
    },
  },
  {
    name: 'hashes and identifiers',
    after: {
      'src/a.ts': `const token_id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';\nconst secret = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';\nconst integrity = 'sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';\n`,
    },
  },
  {
    name: 'a head that keys are recognised by',
    after: { 'src/a.ts': `if (text.startsWith('${head}')) return 'pem';\n` },
  },
  {
    name: 'a database on this machine',
    after: { 'src/a.ts': `const url = 'postgres://postgres:postgres@localhost:5432/shop';\n` },
  },
  {
    name: 'names of secrets',
    after: {
      'k8s/app.yaml': `secretName: payment-gateway-credentials\npasswordKey: database-password-2024\n`,
    },
  },
  {
    name: 'a credential that only moved',
    before: { 'src/a.ts': `const github = '${github}';\n`, 'src/b.ts': `` },
    after: { 'src/a.ts': ``, 'src/b.ts': `const github = '${github}';\n` },
  },
  {
    name: 'a picture of a notebook, and a variable in a command line',
    after: {
      'analysis/plot.ipynb': `{\n "image/png": "iVBORw0KGgo${'AKIAQ7RkLw9vXEAAA+zP'.repeat(40)}"\n}\n`,
      'bin/get.sh': 'curl -u "$USER:$PASSWORD" https://files.shop.eu/dump\n',
    },
  },
];
