import type { Example } from '../guard.ts';

/** The same in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'Ruby: &. becomes a dot',
    before: {
      'app/models/user.rb': `class User
  def city
    none = 1
    address&.city
  end
end
`,
    },
    after: {
      'app/models/user.rb': `class User
  def city
    none = 1
    address.city
  end
end
`,
    },
  },
  {
    name: 'Ruby: the guard in front of a use goes',
    before: {
      'app/services/total.rb': `class Total
  def call(cart)
    return 0 if cart.nil?
    rate = 3
    cart.items.size * rate
  end
end
`,
    },
    after: {
      'app/services/total.rb': `class Total
  def call(cart)
    rate = 3
    cart.items.size * rate
  end
end
`,
    },
  },
  {
    name: 'C#: the null check goes',
    before: {
      'src/Cart.cs': `public class Carts {
  public int Total(Cart cart) {
    if (cart == null) {
      return 0;
    }
    var rate = 3;
    return cart.Items.Count * rate;
  }
}
`,
    },
    after: {
      'src/Cart.cs': `public class Carts {
  public int Total(Cart cart) {
    var rate = 3;
    return cart.Items.Count * rate;
  }
}
`,
    },
  },
  {
    name: 'C#: is null in front of a use goes',
    before: {
      'src/Names.cs': `public class Names {
  public string Of(User user) {
    if (user is null) return "";
    _count++;
    return user.Name.Trim();
  }
}
`,
    },
    after: {
      'src/Names.cs': `public class Names {
  public string Of(User user) {
    _count++;
    return user.Name.Trim();
  }
}
`,
    },
  },
  {
    name: 'PHP: ?-> becomes ->',
    before: {
      'app/User.php': `<?php
class Users {
    public function city($user) {
        $none = 1;
        return $user->address?->city;
    }
}
`,
    },
    after: {
      'app/User.php': `<?php
class Users {
    public function city($user) {
        $none = 1;
        return $user->address->city;
    }
}
`,
    },
  },
  {
    name: 'PHP: the early return goes',
    before: {
      'app/Cart.php': `<?php
class Carts {
    public function total($cart) {
        if ($cart === null) {
            return 0;
        }
        $rate = 3;
        return $cart->total * $rate;
    }
}
`,
    },
    after: {
      'app/Cart.php': `<?php
class Carts {
    public function total($cart) {
        $rate = 3;
        return $cart->total * $rate;
    }
}
`,
    },
  },
  {
    name: 'Kotlin: a safe call becomes !!',
    before: {
      'src/main/kotlin/Users.kt': `class Users(private val store: Store) {
    fun city(id: String): String? {
        val user = store.find(id)
        return user?.address?.city
    }
}
`,
    },
    after: {
      'src/main/kotlin/Users.kt': `class Users(private val store: Store) {
    fun city(id: String): String? {
        val user = store.find(id)
        return user!!.address?.city
    }
}
`,
    },
  },
  {
    name: 'Rust: if let becomes unwrap',
    before: {
      'src/users.rs': `pub fn city(users: &Users, id: &str) -> String {
    let none = 1;
    if let Some(user) = users.find(id) {
        return user.city.clone();
    }
    String::new()
}
`,
    },
    after: {
      'src/users.rs': `pub fn city(users: &Users, id: &str) -> String {
    let none = 1;
    let user = users.find(id).unwrap();
    return user.city.clone();
}
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'Ruby: the check is made by another word',
    before: {
      'app/services/total.rb': `class Total
  def call(cart)
    return 0 if cart.nil?
    cart.items.size
  end
end
`,
    },
    after: {
      'app/services/total.rb': `class Total
  def call(cart)
    return 0 unless cart.present?
    cart.items.size
  end
end
`,
    },
  },
  {
    name: 'C#: a guard clause throws instead',
    before: {
      'src/Cart.cs': `public class Carts {
  public int Total(Cart cart) {
    if (cart == null) {
      throw new ArgumentNullException(nameof(cart));
    }
    return cart.Items.Count;
  }
}
`,
    },
    after: {
      'src/Cart.cs': `public class Carts {
  public int Total(Cart cart) {
    ArgumentNullException.ThrowIfNull(cart);
    return cart.Items.Count;
  }
}
`,
    },
  },
  {
    name: 'Kotlin: the type lost its question mark, so the compiler knows',
    before: {
      'src/main/kotlin/Users.kt': `class Users {
    private fun city(user: User?): String? {
        return user?.city
    }
}
`,
    },
    after: {
      'src/main/kotlin/Users.kt': `class Users {
    private fun city(user: User): String? {
        return user.city
    }
}
`,
    },
  },
  {
    name: 'PHP: the parameter cannot be null any more',
    before: {
      'app/Cart.php': `<?php
class Carts {
    private function total(?Cart $cart) {
        if ($cart === null) {
            return 0;
        }
        return $cart->total;
    }
}
`,
    },
    after: {
      'app/Cart.php': `<?php
class Carts {
    private function total(Cart $cart) {
        return $cart->total;
    }
}
`,
    },
  },
  {
    name: 'Rust: if let becomes let else',
    before: {
      'src/users.rs': `pub fn city(users: &Users, id: &str) -> Option<String> {
    if let Some(user) = users.find(id) {
        return Some(user.city.clone());
    }
    None
}
`,
    },
    after: {
      'src/users.rs': `pub fn city(users: &Users, id: &str) -> Option<String> {
    let Some(user) = users.find(id) else { return None };
    Some(user.city.clone())
}
`,
    },
  },
];
