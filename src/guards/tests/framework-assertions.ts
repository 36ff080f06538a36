import { grammarOf } from '../code/grammar.ts';
import { compact, fieldOf, pointed } from '../code/nodes.ts';
import type { Language, Tree } from '../guard.ts';
import type { Assertion, Strength } from './assertion.ts';
import { collapsed, splitArguments, strengthOf } from './compare.ts';
import { lineOf, nodesOf } from './tree-walk.ts';

/** How a language's assertions are written, as data. */
interface Style {
  /** Names of assertions that stand alone. */
  readonly plain: RegExp;
  /** Whole beginnings of chains whose links assert: `expect(`, `assertThat(`, `.Should().`. */
  readonly chain: RegExp;
  /** Comparisons of two values; the second one is looked at, unless `actualFirst`. */
  readonly pair: RegExp;
  readonly actualFirst: boolean;
}

const styles: Readonly<Partial<Record<Language, Style>>> = {
  kotlin: {
    plain: /^(?:assert\w*|fail|verify|coVerify|confirmVerified|shouldThrow\w*|expectThrows)$/,
    chain: /^(?:assertThat|expectThat|expect)\(/,
    pair: /^assert(?:Equals|Same|ContentEquals|ArrayEquals)$/,
    actualFirst: false,
  },
  ruby: {
    plain: /^(?:assert\w*|refute\w*|must_\w+|wont_\w+|flunk|should\w*)$/,
    chain: /^(?:expect|is_expected|expect_any_instance_of)\b/,
    pair: /^assert_(?:equal|same|in_delta|in_epsilon)$/,
    actualFirst: false,
  },
  csharp: {
    plain: /^(?:\w*Assert\.\w+|\w+\.(?:Verify\w*|Received|DidNotReceive))$/,
    chain: /\.Should\(\)\./,
    pair: /^(?:Equal|AreEqual|AreSame|Same|StrictEqual|Equivalent)$/,
    actualFirst: false,
  },
  php: {
    plain: /^(?:assert\w*|expectException\w*|fail|shouldHaveReceived|shouldHaveBeenCalled)$/,
    chain: /^expect\(/,
    pair: /^assert(?:Same|Equals|EqualsWithDelta|EqualsCanonicalizing|JsonStringEqualsJsonString)$/,
    actualFirst: false,
  },
  rust: {
    plain: /^(?:\w+::)*(?:assert\w*|debug_assert\w*|prop_assert\w*|panic|unreachable)$/,
    chain: /(?!)/,
    pair: /^(?:\w+::)*(?:debug_|prop_)?assert_eq$/,
    actualFirst: true,
  },
};

const presence =
  /^(?:assert|assertTrue|assertNotNull|assertDoesNotThrow|assertNotEmpty|assertIsArray|assertIsString|assertInstanceOf|True|IsTrue|NotNull|IsNotNull|NotEmpty|NotBeNull|BeTrue|NotBeNullOrEmpty|NotThrow|toBeTruthy|not\.toBeNull|toBeArray|toBeString|isNotNull|isTrue|isNotEmpty|to be_truthy|to be_present|not_to be_nil|to_not be_nil|to be|not_to raise_error|assert_not_nil|refute_nil|assert_nothing_raised|assert_predicate|must_be|debug_assert|shouldNotBeNull)$/;
const part =
  /contain|include|match|instance|kind_of|greater|less|start|end_?with|count|length|size|not_?equal|assertNot|^Not|_ne$|toHave|within|closeTo|InRange|approx/i;

/** Gives the reader of assertions for a language whose style is in the table. */
export function assertionsByTable(language: Language): (body: Tree) => readonly Assertion[] {
  return (body) => {
    const style = styles[language];
    const grammar = grammarOf(language);
    if (style === undefined || grammar === null) return [];
    const infix = language === 'kotlin' ? nodesOf(body, 'infix_expression') : [];
    return [
      ...nodesOf(body, ...grammar.calls).flatMap((call) => asserted(call, style)),
      ...infix.flatMap(shouldBe),
    ].toSorted((a, b) => a.line - b.line);
  };
}

function asserted(call: Tree, style: Style): readonly Assertion[] {
  const owner = fieldOf(call, 'object')?.text() ?? '';
  const own = fieldOf(call, 'function')?.text() ?? fieldOf(call, 'name')?.text() ?? '';
  const callee = pointed(compact(owner === '' ? own : `${owner}.${own}`));
  const name = /[\w]+(?:::\w+)*$/.exec(callee)?.[0] ?? '';
  const list = fieldOf(call, 'arguments')?.text() ?? '';
  const given = splitArguments(list.startsWith('(') ? list : `(${list})`);
  if (style.chain.test(callee)) return linked(call, callee, { name, given });
  if (!style.plain.test(callee) && !style.plain.test(name)) return [];
  const isPair = style.pair.test(name) && given.length > 1;
  const [first = '', second = ''] = given;
  const [left, right] = isPair ? [first, second] : [first, null];
  const compared = /[^=!<>]==[^=]/.test(first) && name === 'assert';
  const strength: Strength =
    /^(?:assertTrue|True|IsTrue|assert)$/.test(name) && /^(?:true|TRUE)$/.test(first)
      ? 'nothing'
      : compared
        ? 'value'
        : strengthOfName(name, left, right);
  const tolerance = /(?:Equals|EqualsWithDelta|AreEqual|in_delta|in_epsilon)$/.test(name)
    ? numberOf(given[2])
    : null;
  const subject = isPair && !style.actualFirst ? second : first;
  return [{ line: lineOf(call), text: textOf(call), subject, matcher: name, strength, tolerance }];
}

// `expect(x).to eq(1)`, `expect($x)->toBe(1)`, `x.Should().Be(1)`, `assertThat(x).isEqualTo(1)`.
function linked(
  call: Tree,
  callee: string,
  { name, given }: { readonly name: string; readonly given: readonly string[] },
): readonly Assertion[] {
  if (/^(?:expect|assertThat|expectThat|Should|and|each|not|is_expected|And|Which)$/.test(name))
    return [];
  const isRspec = /^(?:to|not_to|to_not)$/.test(name);
  const [matcher = ''] = given;
  const word = isRspec ? `${name} ${/^[\w]+/.exec(matcher)?.[0] ?? ''}` : name;
  const isNegated = /\.not\.\w+$/.test(callee);
  const subject = collapsed(
    /^(?:expect|assertThat|expectThat)\((.*?)\)\.[\w.]*$/s.exec(callee)?.[1] ??
      callee.replace(/\.Should\(\).*$/, ''),
  );
  const expected = isRspec ? /^eq\((.*)\)$/.exec(matcher)?.[1] : given[0];
  const isPair = /^(?:to eq|toBe|toEqual|Be|BeEquivalentTo|isEqualTo)$/.test(word);
  const full = isNegated ? `not.${word}` : word;
  return [
    {
      line: lineOf(call),
      text: textOf(call),
      subject,
      matcher: full,
      strength: strengthOfName(full, subject, isPair ? (expected ?? null) : null),
      tolerance: null,
    },
  ];
}

// Kotest's `total shouldBe 3`.
function shouldBe(node: Tree): readonly Assertion[] {
  const [left, word, right] = node.children();
  const name = word?.text() ?? '';
  if (!/^should\w*$/.test(name)) return [];
  const subject = collapsed(left?.text() ?? '');
  const expected = name === 'shouldBe' ? collapsed(right?.text() ?? '') : null;
  return [
    {
      line: lineOf(node),
      text: textOf(node),
      subject,
      matcher: name,
      strength: strengthOfName(name, subject, expected),
      tolerance: null,
    },
  ];
}

function strengthOfName(name: string, left: string, right: string | null): Strength {
  const demands = {
    presence: new Set(presence.test(name) ? [name] : []),
    part: new Set(part.test(name) ? [name] : []),
  };
  return strengthOf(name, [left, right], demands);
}

function textOf(node: Tree): string {
  return collapsed(node.text());
}

function numberOf(text: string | undefined): number | null {
  const value = Number((text ?? '').replace(/[fFdDmM]$/, ''));
  return text === undefined || !Number.isFinite(value) ? null : value;
}
