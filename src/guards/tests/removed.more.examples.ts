import type { Example } from '../guard.ts';

/** Tests that go in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'an RSpec example goes while the code stays',
    before: {
      'app/models/cart.rb': `class Cart
  RATE = 2
end
`,
      'spec/models/cart_spec.rb': `describe Cart do
  it "adds" do
    expect(cart.total).to eq(3)
  end
  it "refunds the shipping" do
    expect(cancelled.total).to eq(4)
  end
end
`,
    },
    after: {
      'app/models/cart.rb': `class Cart
  RATE = 3
end
`,
      'spec/models/cart_spec.rb': `describe Cart do
  it "adds" do
    expect(cart.total).to eq(3)
  end
end
`,
    },
  },
  {
    name: 'a Rust test goes from beside its code',
    before: {
      'src/cart.rs': `pub fn total(lines: &[i32]) -> i32 {
    lines.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds() {
        assert_eq!(total(&[1, 2]), 3);
    }

    #[test]
    fn is_zero_without_lines() {
        assert_eq!(total(&[]), 0);
    }
}
`,
    },
    after: {
      'src/cart.rs': `pub fn total(lines: &[i32]) -> i32 {
    lines.iter().sum::<i32>() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds() {
        assert_eq!(total(&[1, 2]), 3);
    }
}
`,
    },
  },
  {
    name: 'a PHPUnit test goes while the code stays',
    before: {
      'app/Cart.php': `<?php
class Cart { function total() { return 1; } }
`,
      'tests/Unit/CartTest.php': `<?php
class CartTest extends TestCase {
    public function test_adds() {
        $this->assertSame(1, $this->cart->total());
    }
    public function test_refuses_negative() {
        $this->assertSame(0, $this->bad->total());
    }
}
`,
    },
    after: {
      'app/Cart.php': `<?php
class Cart { function total() { return 2; } }
`,
      'tests/Unit/CartTest.php': `<?php
class CartTest extends TestCase {
    public function test_adds() {
        $this->assertSame(1, $this->cart->total());
    }
}
`,
    },
  },
  {
    name: 'a C# test goes while the code stays',
    before: {
      'src/Core/Cart.cs': `class Cart { int Total() { return 1; } }
`,
      'test/Core.Test/CartTests.cs': `public class CartTests {
  [Fact]
  public void Adds() { Assert.Equal(1, cart.Total()); }
  [Fact]
  public void RefusesNegative() { Assert.Equal(0, bad.Total()); }
}
`,
    },
    after: {
      'src/Core/Cart.cs': `class Cart { int Total() { return 2; } }
`,
      'test/Core.Test/CartTests.cs': `public class CartTests {
  [Fact]
  public void Adds() { Assert.Equal(1, cart.Total()); }
}
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'a Rust test goes with the function it tests',
    before: {
      'src/cart.rs': `pub fn total() -> i32 { 3 }
fn shipping_refund() -> i32 { 4 }

#[cfg(test)]
mod tests {
    #[test]
    fn adds() {
        assert_eq!(super::total(), 3);
    }

    #[test]
    fn refunds() {
        assert_eq!(super::shipping_refund(), 4);
    }
}
`,
    },
    after: {
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
  },
  {
    name: 'an RSpec example gets another title',
    before: {
      'app/models/cart.rb': `class Cart
end
`,
      'spec/models/cart_spec.rb': `describe Cart do
  it "adds" do
    cart = make(3, 4)
    expect(cart.total).to eq(7)
  end
end
`,
    },
    after: {
      'app/models/cart.rb': `class Cart
end
`,
      'spec/models/cart_spec.rb': `describe Cart do
  it "adds up the prices" do
    cart = make(3, 4)
    expect(cart.total).to eq(7)
  end
end
`,
    },
  },
  {
    name: 'a test goes that has a twin in a test file which only moves',
    before: {
      'src/CartController.cs': `class CartController {}\n`,
      'test/CartControllerTests.cs': `public class CartControllerTests {\n    [Fact]\n    public async Task Put_ExpiredToken_BadRequest() {\n        var answer = await client.Put(Expired());\n        Assert.Equal(400, answer.Status);\n    }\n}\n`,
      'test/CartTokenTests.cs': `public class CartTokenTests {\n    [Fact]\n    public async Task Put_ExpiredToken_BadRequest() {\n        var answer = await client.Put(Expired());\n        Assert.Equal(400, answer.Status);\n    }\n}\n`,
    },
    after: {
      'src/CartController.cs': `class CartController {}\n`,
      'test/Cart/CartTokenTests.cs': `public class CartTokenTests {\n    [Fact]\n    public async Task Put_ExpiredToken_BadRequest() {\n        var answer = await client.Put(Expired());\n        Assert.Equal(400, answer.Status);\n    }\n}\n`,
    },
  },
  {
    name: 'the method that the test is named after is gone',
    before: {
      'src/Push.java': `class Push {\n    void pushFolder() { send(); }\n    void close() { end(); }\n}\n`,
      'test/PushTest.java': `class PushTest {\n    @Test\n    void pushFolder_NoFolder_Throws() {\n        check(1);\n        assertTrue(sent);\n    }\n}\n`,
    },
    after: {
      'src/Push.java': `class Push {\n    void close() { end(); }\n}\n`,
      'test/PushTest.java': `class PushTest {\n}\n`,
    },
  },
  {
    name: 'a suite of Go becomes plain tests',
    before: {
      'azure/azure.go': `package azure\n\nfunc token() int { return 1 }\n`,
      'azure/azure_test.go': `package azure\n\nfunc TestTokens(t *testing.T) {\n\tsuite.Run(t, new(TokenSuite))\n}\n\nfunc (s *TokenSuite) TestNewToken() {\n\ts.Equal(1, token())\n}\n`,
    },
    after: {
      'azure/azure.go': `package azure\n\nfunc token() int { return 1 }\n`,
      'azure/azure_test.go': `package azure\n\nfunc TestNewToken(t *testing.T) {\n\tt.Parallel()\n\trequire.Equal(t, 1, token())\n}\n`,
    },
  },
];
