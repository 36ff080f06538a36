import type { Language } from '../guard.ts';

/** Languages in which migrations are written; `other` holds the XML of Liquibase. */
export const migrationLanguages: readonly Language[] = [
  'sql',
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'ruby',
  'php',
  'csharp',
  'yaml',
  'json',
  'other',
];
