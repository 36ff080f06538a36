import { readCodeowners } from '../../people/codeowners.ts';
import type { CodeownersDialect, Owner, OwnerRule } from '../../people/codeowners.ts';
import { globComplaint } from '../areas.ts';
import { addRule, enterArea, enterWho, note, printDraft, startDraft } from './draft.ts';
import type { Draft, Imported } from './draft.ts';
import { onlyTheFile } from './path-globs.ts';

/** Limits of our language: patterns of one area, areas of one condition, areas and rules of one policy. */
const MAX_PATTERNS = 400;
const MAX_TOUCHED = 100;
const MAX_AREAS = 480;
const MAX_RULES = 280;

/** Translates a CODEOWNERS file: what each line decides becomes an area, who owns it becomes a rule. */
export function importCodeowners(text: string, dialect: CodeownersDialect): Imported {
  const codeowners = readCodeowners(text, dialect);
  const draft = startDraft();
  for (const { line, message } of codeowners.problems) note(draft, `line ${line}`, message);
  const groups = groupsOf(draft, codeowners.rules);
  const areas = groups.reduce((sum, group) => sum + group.rules.length, 0);
  if (codeowners.gaps.length > 0 || groups.length > MAX_RULES || areas > MAX_AREAS) {
    note(draft, null, 'the file is too long to be written out; the rule asks the file itself');
    addRule(draft, 'Code owners approve', { require: { approvals: 1, from: 'owner' } });
    return printDraft(draft, 'Imported from a CODEOWNERS file.');
  }
  for (const group of groups) importGroup(draft, group, { rules: codeowners.rules, codeowners });
  note(draft, null, 'a renamed file counts under its old name too');
  return printDraft(draft, 'Imported from a CODEOWNERS file.');
}

/** Rules that ask the same people for the same number of approvals. */
interface Group {
  readonly section: number;
  readonly required: number;
  readonly owners: readonly Owner[];
  readonly rules: readonly OwnerRule[];
}

function groupsOf(draft: Draft, rules: readonly OwnerRule[]): readonly Group[] {
  const groups = new Map<string, Group & { readonly rules: OwnerRule[] }>();
  for (const rule of rules) {
    if (rule.excludes || rule.owners.length === 0) continue;
    if (rule.required === 0) {
      note(draft, `line ${rule.line}`, 'its section is optional, so nothing is asked');
      continue;
    }
    const { section, required, owners } = rule;
    const names = owners.map(({ kind, name }) => `${kind} ${name}`).toSorted();
    const key = JSON.stringify([section, required, names]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { section, required, owners, rules: [rule] });
    else group.rules.push(rule);
  }
  return [...groups.values()];
}

interface Whole {
  readonly rules: readonly OwnerRule[];
  readonly codeowners: ReturnType<typeof readCodeowners>;
}

function importGroup(draft: Draft, group: Group, { rules, codeowners }: Whole): void {
  const section = codeowners.sections[group.section]?.name ?? null;
  const who = group.owners.map(ownerWords).join(', ');
  const about = section === null ? who : `${section}: ${who}`;
  const areas = group.rules.map((rule) => areaOf(draft, rule, rules));
  const touched = [...new Set(areas.filter((area) => area !== null))];
  const from = enterOwners(draft, group.owners, codeowners.dialect);
  const require = { approvals: Math.min(group.required, 20), from };
  if (group.required > 20)
    note(draft, about, `${group.required} approvals cannot be asked; 20 are`);
  if (areas.includes(null)) return addRule(draft, `Owned by ${about}`, { require });
  for (let at = 0; at < touched.length; at += MAX_TOUCHED) {
    const touches = touched.slice(at, at + MAX_TOUCHED);
    addRule(draft, `Owned by ${about}`, { when: { touches }, require });
  }
  return undefined;
}

function ownerWords({ kind, name }: Owner): string {
  return kind === 'email' ? name : kind === 'role' ? `@@${name}` : `@${name}`;
}

/** What a line decides: its pattern without what later lines, or exclusions, decide. Null: everything. */
function areaOf(draft: Draft, rule: OwnerRule, rules: readonly OwnerRule[]): string | null {
  const about = `line ${rule.line}`;
  const own = globsFor(rule, 'wider');
  if (own === null) {
    note(draft, about, `the pattern ${rule.pattern} cannot be said; the rule always applies`);
    return null;
  }
  if (!own.exact) {
    note(
      draft,
      about,
      `the pattern ${rule.pattern} is asked a little wider, with "?" for special letters`,
    );
  }
  const at = rules.indexOf(rule);
  const over = rules.filter((other, place) => {
    return (
      other.section === rule.section && (place > at || other.excludes) && mayOverlap(rule, other)
    );
  });
  const taken = over.flatMap((other) => {
    const globs = globsFor(other, 'exact');
    // Left in, a file is asked of the owners of both lines: more than the forge asks, never less.
    if (globs === null) note(draft, about, `line ${other.line} is asked besides, not instead`);
    return globs?.globs ?? [];
  });
  const out = [...new Set(taken)].map((glob) => `!${glob}`);
  const patterns = [...own.globs, ...out];
  if (patterns.length <= MAX_PATTERNS) return enterArea(draft, rule.pattern, patterns);
  note(draft, about, 'too many later lines; their owners are asked besides, not instead');
  return enterArea(draft, rule.pattern, own.globs);
}

interface Globs {
  readonly globs: readonly string[];
  readonly exact: boolean;
}

type Step = OwnerRule['compiled']['steps'][number];
type Word = string | Extract<Step, { kind: 'glob' }>['tokens'][number];

function globsFor(rule: OwnerRule, want: 'wider' | 'exact'): Globs | null {
  const { steps, tail } = rule.compiled;
  let exact = true;
  const levels = steps.map((step) => {
    if (step.kind === 'deep') return '**';
    const words: readonly Word[] = step.kind === 'literal' ? Array.from(step.text) : step.tokens;
    const level = words.map((word) => {
      if (typeof word !== 'string' && word.kind === 'any') return '*';
      const char = typeof word === 'string' ? word : word.kind === 'char' ? word.char : '';
      if (char !== '' && !/[*?[\]{}()!\\|+@]/.test(char)) return char;
      // A set of letters, or a letter with a meaning of its own, is one letter at least.
      if (typeof word === 'string' || word.kind !== 'one') exact = false;
      return '?';
    });
    return level.join('').replace('?*', '*');
  });
  const globs = withTail(levels.join('/'), tail);
  // A plain name is a folder as well, where the file speaks of one path.
  if (tail === 'exact' && globs.some((glob) => !/[*?[]/.test(glob))) exact = false;
  if (!exact && want === 'exact') return null;
  const usable = globs.every((glob) => glob !== '' && globComplaint(glob) === null);
  return usable ? { globs, exact } : null;
}

function withTail(base: string, tail: OwnerRule['compiled']['tail']): readonly string[] {
  if (tail === 'inside') return [base === '' ? '**' : `${base}/**/*`];
  return tail === 'descend' ? [base, `${base}/**`] : [onlyTheFile(base)];
}

/** False only when the two can have no path in common: their leading folders part ways. */
function mayOverlap(one: OwnerRule, other: OwnerRule): boolean {
  for (const [at, step] of one.compiled.steps.entries()) {
    const across = other.compiled.steps[at];
    if (step.kind !== 'literal' || across?.kind !== 'literal') return true;
    if (step.text !== across.text) return false;
  }
  return true;
}

function enterOwners(draft: Draft, owners: readonly Owner[], dialect: CodeownersDialect): string {
  const named = owners.filter(({ kind }) => kind === 'login' || kind === 'email');
  // On GitLab an account's name may be that of a group.
  const groups = owners.filter(
    ({ kind }) => kind === 'team' || (kind === 'login' && dialect === 'gitlab'),
  );
  const roles = owners.filter(({ kind }) => kind === 'role').map(({ name }) => `role/${name}`);
  const teams = [...groups.map(({ name }) => name), ...roles];
  const wish = owners.map(({ name }) => name).join(' ');
  const names: string[] = [];
  if (named.length > 0) {
    names.push(enterWho(draft, `${wish} people`, { people: named.map(ownerWords) }));
  }
  if (teams.length > 0) {
    names.push(enterWho(draft, `${wish} teams`, { teams }));
    note(
      draft,
      null,
      'list the members of teams in .hallmonitor/people.yml, with the names used here',
    );
  }
  if (roles.length > 0) {
    note(draft, null, 'roles of GitLab are asked as teams such as role/maintainer');
  }
  return names.join(' or ');
}
