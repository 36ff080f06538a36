import type { Example } from '../guard.ts';

function one(name: string, path: string, [before, after]: readonly [string, string]): Example {
  return { name, before: { [path]: before }, after: { [path]: after } };
}

/** Checks that go while what they protect stays. */
export const caught: readonly Example[] = [
  one('an early return in JavaScript goes', 'src/cart.js', [
    `function total(cart) {
  if (!cart) {
    return 0;
  }
  const rate = 3;
  return cart.items.length * rate;
}
`,
    `function total(cart) {
  const rate = 3;
  return cart.items.length * rate;
}
`,
  ]),
  one('?. becomes a dot', 'src/user.js', [
    `function city(user) {\n  const none = 1;\n  return user.address?.city;\n}\n`,
    `function city(user) {\n  const none = 1;\n  return user.address.city;\n}\n`,
  ]),
  one('an is None check in Python goes', 'app/user.py', [
    `def name(user):
    if user is None:
        return "guest"
    log(user.id)
    return user.name
`,
    `def name(user):
    log(user.id)
    return user.name
`,
  ]),
  one('a length check in Python goes', 'app/head.py', [
    `def head(rows):
    if len(rows) == 0:
        return None
    print("rows")
    return rows[0]
`,
    `def head(rows):
    print("rows")
    return rows[0]
`,
  ]),
  one('a nil check in Go goes', 'store/a.go', [
    `package store

func Name(o *Order) string {
	if o == nil {
		return ""
	}
	trace("name")
	return o.Customer
}
`,
    `package store

func Name(o *Order) string {
	trace("name")
	return o.Customer
}
`,
  ]),
  one('a bounds check in Go goes', 'store/b.go', [
    `package store

func First(rows []string) string {
	trace("first")
	if len(rows) > 0 {
		return rows[0]
	}
	return ""
}
`,
    `package store

func First(rows []string) string {
	trace("first")
	return rows[0]
}
`,
  ]),
  one('a null check in Java goes', 'src/main/java/shop/A.java', [
    `class A {
    String city(User user) {
        if (user == null) {
            return "";
        }
        trace("city");
        return user.getCity();
    }
}
`,
    `class A {
    String city(User user) {
        trace("city");
        return user.getCity();
    }
}
`,
  ]),
  one('a bounds check in TypeScript goes', 'src/first.ts', [
    `function first(rows: string[]): string {
  if (rows.length === 0) {
    return '';
  }
  trace('first');
  return rows[0].trim();
}
`,
    `function first(rows: string[]): string {
  trace('first');
  return rows[0].trim();
}
`,
  ]),
];

/** The value cannot be missing, is not used any more, or is checked in another way. */
export const passed: readonly Example[] = [
  one('the parameter cannot be null any more', 'src/a.ts', [
    `function total(cart: Cart | null) {\n  if (!cart) return 0;\n  const n = 1;\n  return cart.items.length;\n}\n`,
    `function total(cart: Cart) {\n  const n = 1;\n  return cart.items.length;\n}\n`,
  ]),
  one('the check becomes another check', 'app/a.py', [
    `def name(user):\n    if user is None:\n        return "guest"\n    trace(1)\n    return user.name\n`,
    `def name(user):\n    if not user:\n        return "guest"\n    trace(1)\n    return user.name\n`,
  ]),
  one('the check moves to the caller', 'store/a.go', [
    `package store

func Name(o *Order) string {
	if o == nil {
		return ""
	}
	trace("name")
	return o.Customer
}

func Show(o *Order) {
	print(Name(o))
}
`,
    `package store

func Name(o *Order) string {
	trace("name")
	return o.Customer
}

func Show(o *Order) {
	if o == nil {
		return
	}
	print(Name(o))
}
`,
  ]),
  one('the use goes with the check', 'src/a.js', [
    `function show(user) {\n  if (user) {\n    greet(user.name);\n  }\n  render();\n  wait();\n}\n`,
    `function show(user) {\n  render();\n  wait();\n}\n`,
  ]),
  one('a flag is not a null check', 'src/b.js', [
    `function show(options) {\n  if (options.fast) {\n    skip();\n  }\n  render(options.name);\n}\n`,
    `function show(options) {\n  skip();\n  render(options.name);\n}\n`,
  ]),
  one('the value comes from elsewhere now', 'src/main/java/shop/A.java', [
    `class A {
    String city(String id) {
        User user = users.find(id);
        if (user == null) {
            return "";
        }
        trace("city");
        return user.getCity();
    }
}
`,
    `class A {
    String city(String id) {
        User user = users.require(id);
        trace("city");
        return user.getCity();
    }
}
`,
  ]),
  {
    name: 'the function moves with its check',
    before: {
      'app/a.py': `def name(user):\n    if user is None:\n        return "guest"\n    trace(1)\n    return user.name\n\n\nA = 1\n`,
    },
    after: {
      'app/a.py': 'A = 1\n',
      'app/b.py': `def name(user):\n    if user is None:\n        return "guest"\n    trace(1)\n    return user.name\n`,
    },
  },
];
