import type { CodeownersDialect, Owner } from './codeowners.ts';

/** Splits a line at its first blank that is not escaped: the pattern, and the rest. */
export function splitPattern(line: string): readonly [pattern: string, rest: string] {
  const found = /^((?:\\.|[^\\\s]|\\$)*)\s*(.*)$/s.exec(line);
  return [found?.[1] ?? line, found?.[2] ?? ''];
}

/** Reads one owner; null for what names nobody. */
export function readOwner(word: string, dialect: CodeownersDialect): Owner | null {
  if (dialect === 'gitlab') {
    const role = /^@@(developer|maintainer|owner)s?$/i.exec(word);
    if (role !== null) return { kind: 'role', name: (role[1] ?? '').toLowerCase() };
  }
  const account = accountPattern[dialect].exec(word);
  if (account !== null) {
    const name = word.slice(1).toLowerCase();
    return { kind: name.includes('/') ? 'team' : 'login', name };
  }
  return isEmail(word) ? { kind: 'email', name: word.toLowerCase() } : null;
}

function isEmail(word: string): boolean {
  const [local = '', domain = '', more] = word.split('@');
  const dot = domain.indexOf('.');
  return local !== '' && more === undefined && dot > 0 && dot < domain.length - 1;
}

const accountPattern: Readonly<Record<CodeownersDialect, RegExp>> = {
  github: /^@[A-Za-z0-9](?:[A-Za-z0-9_-]*)(?:\[bot\])?(?:\/[\w.-]+)?$/,
  gitlab: /^@[A-Za-z0-9_](?:[\w.-]*)(?:\/[A-Za-z0-9_][\w.-]*)*$/,
};
