import type { Example } from '../guard.ts';

/** Tests kept from running in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'an RSpec example is switched off by an x',
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
  xit "adds" do
    expect(total).to eq(3)
  end
end
`,
    },
  },
  {
    name: 'an RSpec example is focused',
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
  fit "adds" do
    expect(total).to eq(3)
  end
end
`,
    },
  },
  {
    name: 'a Minitest test skips itself',
    before: {
      'test/cart_test.rb': `class CartTest < Minitest::Test
  def test_adds
    assert_equal 3, total
  end
end
`,
    },
    after: {
      'test/cart_test.rb': `class CartTest < Minitest::Test
  def test_adds
    skip
    assert_equal 3, total
  end
end
`,
    },
  },
  {
    name: 'an xUnit fact is skipped',
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
  [Fact(Skip = "flaky")]
  public void Adds() {
    Assert.Equal(3, Total());
  }
}
`,
    },
  },
  {
    name: 'a PHPUnit test is skipped',
    before: {
      'tests/CartTest.php': `<?php
class CartTest extends TestCase {
    public function test_adds() {
        $this->assertSame(3, total());
    }
}
`,
    },
    after: {
      'tests/CartTest.php': `<?php
class CartTest extends TestCase {
    public function test_adds() {
        $this->markTestSkipped();
        $this->assertSame(3, total());
    }
}
`,
    },
  },
  {
    name: 'a Kotlin test is ignored',
    before: {
      'src/test/kotlin/CartTest.kt': `class CartTest {
    @Test
    fun adds() {
        assertEquals(3, total())
    }
}
`,
    },
    after: {
      'src/test/kotlin/CartTest.kt': `class CartTest {
    @Ignore
    @Test
    fun adds() {
        assertEquals(3, total())
    }
}
`,
    },
  },
  {
    name: 'a Rust test beside its code is ignored',
    before: {
      'src/cart.rs': `pub fn total() -> i32 { 3 }

#[cfg(test)]
mod tests {
    #[test]
    fn adds() {
        assert_eq!(super::total(), 3);
    }
}
`,
    },
    after: {
      'src/cart.rs': `pub fn total() -> i32 { 3 }

#[cfg(test)]
mod tests {
    #[test]
    #[ignore]
    fn adds() {
        assert_eq!(super::total(), 3);
    }
}
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'a Minitest test that is skipped where it cannot run',
    before: {
      'test/cart_test.rb': `class CartTest < Minitest::Test
  def test_adds
    assert_equal 3, total
  end
end
`,
    },
    after: {
      'test/cart_test.rb': `class CartTest < Minitest::Test
  def test_adds
    skip "no fork" if windows?
    assert_equal 3, total
  end
end
`,
    },
  },
  {
    name: 'a PHPUnit test that needs an extension',
    before: {
      'tests/CartTest.php': `<?php
class CartTest extends TestCase {
    public function test_adds() {
        $this->assertSame(3, total());
    }
}
`,
    },
    after: {
      'tests/CartTest.php': `<?php
class CartTest extends TestCase {
    public function test_adds() {
        if (! extension_loaded('redis')) {
            $this->markTestSkipped('needs redis');
        }
        $this->assertSame(3, total());
    }
}
`,
    },
  },
];
