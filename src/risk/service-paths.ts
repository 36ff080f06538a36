import { githubPattern, matchesPath } from '../people/path-pattern.ts';

/** Patterns as in CODEOWNERS on GitHub; the last one that matches decides, and `!` takes paths out. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.flatMap((pattern) => {
    const takesOut = pattern.startsWith('!');
    const compiled = githubPattern(takesOut ? pattern.slice(1) : pattern);
    return 'problem' in compiled ? [] : [{ takesOut, compiled }];
  });
  return (path) => {
    const levels = path.split('/');
    return rules.findLast(({ compiled }) => matchesPath(compiled, levels))?.takesOut === false;
  };
}
