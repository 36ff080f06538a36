import type { CodeownersLines, CodeownersProblem, Owner, OwnerRule } from './codeowners.ts';
import { readOwner, splitPattern } from './codeowners-line.ts';
import { githubPattern } from './path-pattern.ts';

/** Reads lines the way GitHub does: the last match wins, and a faulty line is skipped as a whole. */
export function readGithubLines(lines: readonly string[]): CodeownersLines {
  const rules: OwnerRule[] = [];
  const problems: CodeownersProblem[] = [];
  for (const [index, raw] of lines.entries()) {
    const text = raw.trim();
    if (text === '' || text.startsWith('#')) continue;
    const line = index + 1;
    const rule = readRule(text, line);
    if ('message' in rule) problems.push(rule);
    else rules.push(rule);
  }
  return { sections: [{ name: null, optional: false }], rules, problems };
}

function readRule(text: string, line: number): OwnerRule | CodeownersProblem {
  const [pattern, rest] = splitPattern(text);
  if (pattern.startsWith('!')) return { line, message: 'GitHub has no "!"; the line is skipped' };
  if (pattern.startsWith('\\#')) {
    return { line, message: 'GitHub cannot escape "#"; the line is skipped' };
  }
  if (/^\^?\[[^\]]*\](?:\[\d*\])?$/.test(pattern)) {
    return { line, message: 'GitHub has no sections; the line is skipped' };
  }
  const compiled = githubPattern(pattern);
  if ('problem' in compiled) return { line, message: `${compiled.problem}; the line is skipped` };
  const owners: Owner[] = [];
  for (const word of rest.split(/\s+/)) {
    if (word.startsWith('#')) break;
    if (word === '') continue;
    const owner = readOwner(word, 'github');
    if (owner === null) {
      const wanted = 'write @user, @org/team or an e-mail address';
      return {
        line,
        message: `"${word.slice(0, 60)}" is no owner; the line is skipped (${wanted})`,
      };
    }
    owners.push(owner);
  }
  // Any one owner suffices, however many there are.
  const required = owners.length > 0 ? 1 : 0;
  return { line, pattern, compiled, owners, section: 0, required, excludes: false };
}
