import { numberOf, replacedIn, writtenIn } from '../config/replaced.ts';
import type { Replaced } from '../config/replaced.ts';
import type { ChangedFile, Severity } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import type { Opening } from './opening.ts';

/** A setting of a tool that can be made less strict: where it stands, what it is called, and what is worse. */
interface Strictness {
  readonly files: RegExp;
  readonly key: RegExp;
  readonly isWorse: (was: string, now: string) => boolean;
  readonly says: string;
  readonly severity?: Severity;
  /** The file must say this too, for names that others use as well. */
  readonly beside?: RegExp;
  /** Taken away it is worse as well, for what is off where nothing is said. */
  readonly gone?: boolean;
}

function turnsOff(was: string, now: string): boolean {
  return isOn(was) && /^(?:false|off|no|0|disable[d]?|none|never|"?off"?)$/i.test(now);
}

function turnsOn(was: string, now: string): boolean {
  return turnsOff(now, was) || (was === '' && isOn(now));
}

function isOn(value: string): boolean {
  return /^(?:true|on|yes|1|enable[d]?|error|warn(?:ing)?|2)$/i.test(value);
}

function falls(was: string, now: string): boolean {
  const [old, value] = [numberOf(was), numberOf(now)];
  return old !== null && value !== null && value < old && old > 0;
}

const typescript = /(?:^|\/)(?:tsconfig|jsconfig)[\w.-]*\.json$/;
const python = /(?:^|\/)(?:mypy\.ini|\.mypy\.ini|setup\.cfg|pyproject\.toml|tox\.ini|pyrightconfig\.json)$/;
const coverage =
  /(?:^|\/)(?:jest|vitest|vite|karma|nyc|ava|wallaby)[\w.-]*\.(?:[cm]?[jt]s|json)$|(?:^|\/)\.(?:nycrc|c8rc|coveragerc)[\w.]*$|(?:^|\/)package\.json$|(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini|pytest\.ini|codecov\.ya?ml|\.codecov\.ya?ml|pom\.xml|build\.gradle(?:\.kts)?|spec_helper\.rb|rails_helper\.rb|test_helper\.rb|\.simplecov|phpunit\.xml(?:\.dist)?|Makefile|sonar-project\.properties|coverlet[\w.]*|Directory\.Build\.props)$/;

/** Settings by tool. */
const table: readonly Strictness[] = [
  {
    files: typescript,
    key: /^(?:strict|noImplicitAny|strictNullChecks|strictFunctionTypes|strictBindCallApply|strictPropertyInitialization|noImplicitThis|useUnknownInCatchVariables|alwaysStrict|noUncheckedIndexedAccess|exactOptionalPropertyTypes|noImplicitReturns|noFallthroughCasesInSwitch|noImplicitOverride|checkJs)$/,
    isWorse: turnsOff,
    says: 'turns a check of types off',
    gone: true,
  },
  {
    files: /(?:^|\/)next\.config\.[cm]?[jt]s$/,
    key: /^(?:ignoreBuildErrors|ignoreDuringBuilds)$/,
    isWorse: turnsOn,
    says: 'builds although checks fail',
  },
  {
    files: python,
    key: /^(?:strict|disallow_untyped_defs|disallow_any_generics|check_untyped_defs|disallow_incomplete_defs|no_implicit_optional|strict_optional|warn_return_any|strict_equality|reportGeneralTypeIssues|reportOptionalMemberAccess)$/,
    isWorse: turnsOff,
    says: 'turns a check of types off',
    beside: /mypy|pyright/,
    gone: true,
  },
  {
    files: python,
    key: /^(?:typeCheckingMode)$/,
    isWorse: (was, now) => rank(now, ['off', 'basic', 'standard', 'strict']) < rank(was, ['off', 'basic', 'standard', 'strict']),
    says: 'lowers how strictly types are checked',
  },
  {
    files: /(?:^|\/)(?:phpstan|psalm)[\w.-]*\.(?:neon|xml)(?:\.dist)?$/,
    key: /^level$/,
    isWorse: falls,
    says: 'lowers how strictly types are checked',
  },
  {
    files: coverage,
    key: /^(?:(?:[\w.]*\.)?(?:fail_under|fail-under|cov-fail-under|minimum_coverage(?:_by_file)?|minimum_coverage|coverageThreshold|check-coverage|COVERAGE_(?:MIN(?:IMUM)?|THRESHOLD)|Threshold|--cov-fail-under))$/i,
    isWorse: falls,
    says: 'lowers the coverage that tests must reach',
  },
  {
    files: coverage,
    key: /^(?:branches|functions|lines|statements)$/,
    isWorse: falls,
    says: 'lowers the coverage that tests must reach',
    beside: /coverageThreshold|thresholds?|check-coverage/,
  },
  {
    files: /(?:^|\/)\.?codecov\.ya?ml$/,
    key: /^target$/,
    isWorse: falls,
    says: 'lowers the coverage that tests must reach',
  },
  {
    files: /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/,
    key: /^minimum$/,
    isWorse: falls,
    says: 'lowers the coverage that tests must reach',
    beside: /jacoco|coverage/i,
  },
  {
    files: /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?|[\w.-]+\.csproj|Directory\.Build\.props)$/,
    key: /^(?:testFailureIgnore|ignoreFailures|skipTests|maven\.test\.skip|skipITs|isIgnoreFailures)$/,
    isWorse: turnsOn,
    says: 'lets the build pass although its checks fail',
  },
  {
    files: /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?|[\w.-]+\.csproj|Directory\.Build\.props)$/,
    key: /^(?:failOnError|failsOnError|haltOnFailure|failOnViolation|failOnWarning|TreatWarningsAsErrors|allWarningsAsErrors|abortOnError|warningsAsErrors)$/,
    isWorse: turnsOff,
    says: 'lets the build pass although its checks fail',
  },
  {
    files: /(?:^|\/)(?:\.eslintrc[\w.]*|eslint\.config\.[cm]?[jt]s|biome\.jsonc?|\.oxlintrc\.json|package\.json)$/,
    key: /^(?:@?[\w-]+\/)*[\w-]+$/,
    isWorse: (was, now) => rank(word(now), levels) < rank(word(was), levels) && rank(word(now), levels) >= 0,
    says: 'weakens a lint rule',
    severity: 'note',
  },
  {
    files: /(?:^|\/)(?:\.rubocop[\w.]*\.yml)$/,
    key: /^Enabled$/,
    isWorse: turnsOff,
    says: 'turns a lint rule off',
    severity: 'note',
  },
  {
    files: /(?:^|\/)(?:package\.json|Makefile|[\w.-]+\.ya?ml)$/,
    key: /^(?:--max-warnings)$/,
    isWorse: (was, now) => falls(now, was),
    says: 'lets more warnings pass',
    severity: 'note',
  },
  {
    files: /\.ya?ml$/,
    key: /^(?:fail_ci_if_error|fail-on-error|fail_on_error|failOnStderr|fail-fast-on-error)$/,
    isWorse: turnsOff,
    says: 'lets CI pass although this step fails',
    severity: 'note',
  },
  {
    files: /sonar-project\.properties$|\.ya?ml$/,
    key: /^sonar\.qualitygate\.wait$/,
    isWorse: turnsOff,
    says: 'no longer waits for the quality gate',
  },
];

const levels = ['off', 'warn', 'error'];

function word(value: string): string {
  const bare = value.replace(/^[["'\s]+/, '').split(/["',\]\s]/)[0] ?? '';
  return { '0': 'off', '1': 'warn', '2': 'error' }[bare] ?? bare;
}

function rank(value: string, order: readonly string[]): number {
  return order.indexOf(value.toLowerCase());
}

/** A coverage floor that falls by no more than this many points is told, but asks nobody. */
const smallFall = 2;

/** Settings of test, lint, type and coverage tools that the change makes less strict. */
export function settingsLoosened(file: ChangedFile): readonly Opening[] {
  const rules = table.filter(({ files }) => files.test(file.path));
  if (rules.length === 0 || file.before === null || file.after === null) return [];
  const { text } = file.after;
  const beside = rules.filter((rule) => rule.beside === undefined || rule.beside.test(text));
  const changed = replacedIn(file).flatMap((one) => {
    const rule = beside.find(({ key, isWorse }) => key.test(one.key) && isWorse(one.was, one.now));
    return rule === undefined ? [] : [opening(rule, one)];
  });
  return [...changed, ...inline(file), ...gone(file, beside)];
}

function opening({ says, severity }: Strictness, { key, was, now, line }: Replaced): Opening {
  const told = /coverage/.test(says) && isSmall(was, now) ? 'note' : severity;
  return {
    line,
    says: `${says}: ${key} from ${was.slice(0, 40)} to ${now.slice(0, 40)}`,
    subject: `${key} ${now.slice(0, 40)}`,
    ...(told === undefined ? {} : { severity: told, confidence: 0.5 }),
  };
}

function isSmall(was: string, now: string): boolean {
  const [old, value] = [numberOf(was) ?? 0, numberOf(now) ?? 0];
  const points = old <= 1 ? 100 : 1;
  return value > 0 && (old - value) * points <= smallFall;
}

const inOptions = /--(cov-fail-under|coverage-threshold|min-coverage|fail-under|threshold|max-warnings)[= ](\d+(?:\.\d+)?)/g;

// The same inside the options of a command: `--cov-fail-under=80`.
function inline({ change }: ChangedFile): readonly Opening[] {
  return change.hunks.flatMap(({ removed, added, newStart }) => {
    const old = new Map(removed.flatMap((text) => [...text.slice(0, 2_000).matchAll(inOptions)]).map(([, key = '', value = '']) => [key, value]));
    return added.flatMap((text, index) =>
      [...text.slice(0, 2_000).matchAll(inOptions)].flatMap(([, key = '', value = '']) => {
        const was = old.get(key);
        const isWorse = was !== undefined && (key === 'max-warnings' ? falls(value, was) || (was === '0' && value !== '0') : falls(was, value));
        if (was === undefined || !isWorse) return [];
        const says = key === 'max-warnings' ? 'lets more warnings pass' : 'lowers the coverage that tests must reach';
        const isMild = key === 'max-warnings' || isSmall(was, value);
        return [{ line: newStart + index, says: `${says}: --${key} from ${was} to ${value}`, subject: `${key} ${value}`, ...(isMild ? { severity: 'note' as const, confidence: 0.5 } : {}) }];
      }),
    );
  });
}

// `"strict": true` that only goes away leaves the tool at its lax default, unless the file now inherits.
function gone(file: ChangedFile, rules: readonly Strictness[]): readonly Opening[] {
  const able = rules.filter((rule) => rule.gone === true);
  if (able.length === 0) return [];
  const now = new Set((file.after?.lines ?? []).flatMap((text) => writtenIn(text)?.key ?? []));
  if (file.change.hunks.some(({ added }) => added.some((text) => /"extends"|"strict"\s*:\s*true|^strict\s*=\s*true/i.test(text)))) return [];
  return file.change.hunks.flatMap(({ removed, oldStart }) =>
    removed.flatMap((text, index) => {
      const one = writtenIn(text);
      if (one === null || !isOn(one.value) || now.has(one.key)) return [];
      const rule = able.find(({ key }) => key.test(one.key));
      if (rule === undefined || (now.has('strict') && one.key !== 'strict' && one.key.startsWith('strict'))) return [];
      const line = lineAfter(file, oldStart + index);
      return [{ line, says: `${rule.says}: takes ${one.key} away`, subject: `${one.key} gone` }];
    }),
  );
}
