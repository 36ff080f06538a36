import type { Example } from '../guard.ts';

/** Assertions that demand less in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'RSpec: equality becomes presence',
    before: {
      'spec/cart_spec.rb': `describe Cart do
  it "adds" do
    expect(total).to eq(3)
  end
end
`,
    },
    after: {
      'spec/cart_spec.rb': `describe Cart do
  it "adds" do
    expect(total).to be_present
  end
end
`,
    },
  },
  {
    name: 'xUnit: equality becomes not null',
    before: {
      'test/CartTests.cs': `public class CartTests {
  [Fact]
  public void Adds() {
    var sum = Total();
    Assert.Equal(3, sum);
  }
}
`,
    },
    after: {
      'test/CartTests.cs': `public class CartTests {
  [Fact]
  public void Adds() {
    var sum = Total();
    Assert.NotNull(sum);
  }
}
`,
    },
  },
  {
    name: 'PHPUnit: an assertion that cannot fail',
    before: {
      'tests/CartTest.php': `<?php
class CartTest extends TestCase {
    public function test_adds() {
        $sum = total();
        $this->assertSame(3, $sum);
    }
}
`,
    },
    after: {
      'tests/CartTest.php': `<?php
class CartTest extends TestCase {
    public function test_adds() {
        $sum = total();
        $this->assertTrue(true);
    }
}
`,
    },
  },
  {
    name: 'Kotlin: the only assertion goes',
    before: {
      'src/test/kotlin/CartTest.kt': `class CartTest {
    @Test
    fun adds() {
        val sum = total()
        assertEquals(3, sum)
    }
}
`,
    },
    after: {
      'src/test/kotlin/CartTest.kt': `class CartTest {
    @Test
    fun adds() {
        val sum = total()
    }
}
`,
    },
  },
  {
    name: 'Rust: equality becomes is_ok',
    before: {
      'tests/cart.rs': `#[test]
fn adds() {
    let sum = total();
    assert_eq!(sum, 3);
}
`,
    },
    after: {
      'tests/cart.rs': `#[test]
fn adds() {
    let sum = total();
    assert!(sum > 0);
    assert!(true);
}
`,
    },
  },
  {
    name: 'TypeScript: the only line of a test goes',
    before: {
      'cart.test.ts': `it('adds up the prices of all lines', () => {
  expect(sum([line(1), line(2)])).toBe(3);
});
`,
    },
    after: {
      'cart.test.ts': `it('adds up the prices of all lines', () => {
});
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'RSpec: the wording of the matcher changes',
    before: {
      'spec/cart_spec.rb': `describe Cart do
  it "adds" do
    expect(total).to eq(3)
  end
end
`,
    },
    after: {
      'spec/cart_spec.rb': `describe Cart do
  it "adds" do
    expect(total).to eql(3)
  end
end
`,
    },
  },
  {
    name: 'C#: Assert.Equal becomes FluentAssertions',
    before: {
      'test/CartTests.cs': `public class CartTests {
  [Fact]
  public void Adds() {
    Assert.Equal(3, Total());
  }
}
`,
    },
    after: {
      'test/CartTests.cs': `public class CartTests {
  [Fact]
  public void Adds() {
    Total().Should().Be(3);
  }
}
`,
    },
  },
  {
    name: 'Rust: another expected value',
    before: {
      'tests/cart.rs': `#[test]
fn adds() {
    assert_eq!(total(), 3);
}
`,
    },
    after: {
      'tests/cart.rs': `#[test]
fn adds() {
    assert_eq!(total(), 4);
}
`,
    },
  },
];
