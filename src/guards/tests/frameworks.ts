import type { Language } from '../guard.ts';

/** How a language's test frameworks declare tests, as data. */
export interface Frameworks {
  /** Functions that may be tests, and what groups them. */
  readonly functions: readonly string[];
  readonly suites: readonly string[];
  /** Marks on a function: where they stand, which make it a test, and which switch it off. */
  readonly marks: 'modifiers' | 'attribute_list' | 'siblings' | null;
  readonly test: RegExp;
  readonly skip: RegExp;
  /** Names that make a function a test without a mark. */
  readonly name: RegExp | null;
  /** Calls that declare a test or a group by a title and a function, with what a prefix does. */
  readonly calls: readonly string[];
  readonly cases: RegExp | null;
  readonly groups: RegExp | null;
  readonly focus: RegExp;
  readonly silent: RegExp;
  /** A call in the body, outside of branches, that ends the test at once. */
  readonly ends: RegExp;
  /** Nodes between a body and a call under which the call is made only sometimes. */
  readonly branches: readonly string[];
}

const never = /(?!)/;

export const frameworks: Readonly<Partial<Record<Language, Frameworks>>> = {
  // JUnit, kotlin.test, TestNG; Kotest.
  kotlin: {
    functions: ['function_declaration'],
    suites: ['class_declaration', 'object_declaration'],
    marks: 'modifiers',
    test: /^@(?:[\w.]+\.)?(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property)\b/,
    skip: /^@(?:[\w.]+\.)?(?:Disabled|Ignore)\b/,
    name: null,
    calls: ['call_expression'],
    cases: /^[xf]?(?:test|it|should|then|scenario|expect)$|^"/,
    groups: /^[xf]?(?:describe|context|given|when|feature|Given|When)$|^`(?:given|when)`$/,
    focus: /^f(?:test|it|describe|context)$|^"f:/,
    silent: /^x(?:test|it|should|then|describe|context|given|when|feature|scenario|expect)$|^"!/,
    ends: never,
    branches: ['if_expression', 'when_expression'],
  },
  // Minitest and its spec style, RSpec, Rails.
  ruby: {
    functions: ['method'],
    suites: ['class'],
    marks: null,
    test: never,
    skip: never,
    name: /^test_/,
    calls: ['call'],
    cases: /^[xf]?(?:it|specify|example|scenario|test|should)$|^pending$/,
    groups: /^[xf]?(?:describe|context|feature)$/,
    focus: /^f(?:it|specify|example|scenario|describe|context|feature)$/,
    silent: /^x(?:it|specify|example|scenario|test|describe|context|feature)$|^pending$/,
    ends: /^(?:skip|pending)$/,
    branches: ['if', 'unless', 'if_modifier', 'unless_modifier', 'case', 'rescue'],
  },
  // xUnit, NUnit, MSTest, TUnit.
  csharp: {
    functions: ['method_declaration'],
    suites: ['class_declaration'],
    marks: 'attribute_list',
    test: /^(?:[\w.]+\.)?(?:\w*Fact|\w*Theory|Test|TestCase|TestCaseSource|TestMethod|DataTestMethod|TheoryData)(?:Attribute)?\b/,
    skip: /^(?:[\w.]+\.)?(?:Ignore|Explicit)(?:Attribute)?\b|\bSkip\s*=\s*["$@]|\bIgnore\s*=\s*"/,
    name: null,
    calls: [],
    cases: null,
    groups: null,
    focus: never,
    silent: never,
    ends: /^(?:Assert\.(?:Ignore|Inconclusive|Skip)|Skip\.(?:Test|Always))$/,
    branches: ['if_statement', 'switch_statement', 'catch_clause', 'lambda_expression'],
  },
  // PHPUnit and Pest.
  php: {
    functions: ['method_declaration'],
    suites: ['class_declaration'],
    marks: 'attribute_list',
    test: /^(?:\\?[\w\\]+\\)?(?:Test|DataProvider|TestWith)\b/,
    skip: never,
    name: /^test/,
    calls: ['function_call_expression'],
    cases: /^(?:it|test|todo)$/,
    groups: /^describe$/,
    focus: never,
    silent: /^todo$/,
    ends: /^(?:\$this|self|static)\.(?:markTestSkipped|markTestIncomplete)$/,
    branches: ['if_statement', 'switch_statement', 'catch_clause', 'anonymous_function'],
  },
  // The language's own, tokio, rstest, test-case.
  rust: {
    functions: ['function_item'],
    suites: ['mod_item'],
    marks: 'siblings',
    test: /^#\[(?:\w+::)*(?:test|rstest|test_case|bench|quickcheck|proptest)\b/,
    skip: /^#\[ignore\b/,
    name: null,
    calls: [],
    cases: null,
    groups: null,
    focus: never,
    silent: never,
    ends: never,
    branches: ['if_expression', 'match_expression'],
  },
};
