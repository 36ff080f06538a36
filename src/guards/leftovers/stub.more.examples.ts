import type { Example } from '../guard.ts';

/** Stubs in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'C#: the body is only an exception',
    after: {
      'src/Cart.cs': `public class Carts {
  public int Total(Cart cart) {
    throw new NotImplementedException();
  }
}
`,
    },
  },
  {
    name: 'Kotlin: TODO()',
    after: {
      'src/main/kotlin/Cart.kt': `class Carts {
    fun total(cart: Cart): Int = TODO("prices")

    fun count(cart: Cart): Int {
        TODO()
    }
}
`,
    },
  },
  {
    name: 'Rust: todo!',
    after: {
      'src/cart.rs': `pub fn total(cart: &Cart) -> i32 {
    todo!()
}
`,
    },
  },
  {
    name: 'PHP: not implemented',
    after: {
      'app/Cart.php': `<?php
class Carts {
    public function total($cart) {
        throw new \\Exception('Not implemented yet');
    }
}
`,
    },
  },
  {
    name: 'Ruby: a function outside of any class',
    after: {
      'lib/cart.rb': `def total(cart)
  raise NotImplementedError
end
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'Ruby: an abstract method',
    after: {
      'app/models/shape.rb': `class Shape
  def area
    raise NotImplementedError, "subclasses say"
  end
end
`,
    },
  },
  {
    name: 'C#: an operation that is not supported',
    after: {
      'src/ReadOnly.cs': `public class ReadOnlyCart : ICart {
  public void Add(Line line) {
    throw new NotSupportedException();
  }
}
`,
    },
  },
  {
    name: 'Rust: a match arm that cannot happen',
    after: {
      'src/cart.rs': `pub fn total(cart: &Cart) -> i32 {
    match cart.kind {
        Kind::Full => cart.sum,
        Kind::Gone => unreachable!(),
    }
}
`,
    },
  },
];
