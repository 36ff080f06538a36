import { numberOf } from '../config/replaced.ts';
import type { Severity } from '../guard.ts';

/** A setting of a tool that can be made less strict: where it stands, what it is called, and what is worse. */
export interface Strictness {
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

/** Whether a setting says that something is on. */
export function isOn(value: string): boolean {
  return /^(?:true|on|yes|1|enable[d]?|error|warn(?:ing)?|2)$/i.test(value);
}

/** Whether a number becomes smaller. */
export function falls(was: string, now: string): boolean {
  const [old, value] = [numberOf(was), numberOf(now)];
  return old !== null && value !== null && value < old && old > 0;
}

const typescript = /(?:^|\/)(?:tsconfig|jsconfig)[\w.-]*\.json$/;
const python =
  /(?:^|\/)(?:mypy\.ini|\.mypy\.ini|setup\.cfg|pyproject\.toml|tox\.ini|pyrightconfig\.json)$/;
const coverage =
  /(?:^|\/)(?:jest|vitest|vite|karma|nyc|ava|wallaby)[\w.-]*\.(?:[cm]?[jt]s|json)$|(?:^|\/)\.(?:nycrc|c8rc|coveragerc)[\w.]*$|(?:^|\/)package\.json$|(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini|pytest\.ini|codecov\.ya?ml|\.codecov\.ya?ml|pom\.xml|build\.gradle(?:\.kts)?|spec_helper\.rb|rails_helper\.rb|test_helper\.rb|\.simplecov|phpunit\.xml(?:\.dist)?|Makefile|sonar-project\.properties|coverlet[\w.]*|Directory\.Build\.props)$/;

/** Settings by tool. */
export const strictnesses: readonly Strictness[] = [
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
    isWorse: (was, now) =>
      rank(now, ['off', 'basic', 'standard', 'strict']) <
      rank(was, ['off', 'basic', 'standard', 'strict']),
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
    files:
      /(?:^|\/)(?:\.eslintrc[\w.]*|eslint\.config\.[cm]?[jt]s|biome\.jsonc?|\.oxlintrc\.json|package\.json)$/,
    key: /^(?:@?[\w-]+\/)*[\w-]+$/,
    isWorse: (was, now) =>
      rank(word(now), levels) < rank(word(was), levels) && rank(word(now), levels) >= 0,
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
