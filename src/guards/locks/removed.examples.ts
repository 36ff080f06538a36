import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const python = `class Stock:
    def take(self, count):
        with self._lock:
            if self.left < count:
                raise SoldOut()
            self.left -= count
        return self.left
`;
const django = `def pay(order_id):
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        order.paid = True
        order.save()
`;
const go = `package stock

func (s *Stock) Take(n int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left < n {
		return ErrSoldOut
	}
	s.left -= n
	return nil
}
`;
const script = `export class Stock {
  async take(count: number) {
    return await this.mutex.runExclusive(async () => {
      const left = await this.read();
      await this.write(left - count);
      return left - count;
    });
  }
}
`;
const plainScript = `export class Stock {
  async take(count: number) {
    const left = await this.read();
    await this.write(left - count);
    return left - count;
  }
}
`;

/** Code that was held by a lock and is not any more. */
export const caught: readonly Example[] = [
  exampleOf('a Python lock goes', 'shop/stock.py', [
    python,
    `class Stock:
    def take(self, count):
        if self.left < count:
            raise SoldOut()
        self.left -= count
        return self.left
`,
  ]),
  exampleOf('a Django transaction goes', 'shop/pay.py', [
    django,
    `def pay(order_id):
    order = Order.objects.select_for_update().get(pk=order_id)
    order.paid = True
    order.save()
`,
  ]),
  edited('rows are read without a lock', {
    path: 'shop/pay.py',
    text: django,
    from: '.select_for_update()',
    to: '',
  }),
  edited('a Go mutex is not locked', {
    path: 'stock/stock.go',
    text: go,
    from: '\ts.mu.Lock()\n\tdefer s.mu.Unlock()\n',
    to: '',
  }),
  exampleOf('a mutex in TypeScript goes', 'src/stock.ts', [script, plainScript]),
  exampleOf('a Prisma transaction becomes single writes', 'src/transfer.ts', [
    `export async function transfer(from: string, to: string, amount: number) {
  await prisma.$transaction(async (tx) => {
    await tx.account.update({ where: { id: from }, data: { balance: { decrement: amount } } });
    await tx.account.update({ where: { id: to }, data: { balance: { increment: amount } } });
  });
}
`,
    `export async function transfer(from: string, to: string, amount: number) {
  await prisma.account.update({ where: { id: from }, data: { balance: { decrement: amount } } });
  await prisma.account.update({ where: { id: to }, data: { balance: { increment: amount } } });
}
`,
  ]),
  edited('FOR UPDATE goes from a query', {
    path: 'src/accounts.go',
    text: 'package a\n\nconst load = "SELECT balance FROM accounts WHERE id = $1 FOR UPDATE"\n',
    from: ' FOR UPDATE',
    to: '',
  }),
  edited('synchronized goes from a Java method', {
    path: 'src/main/java/Stock.java',
    text: 'class Stock {\n  private int left;\n  synchronized void take(int n) {\n    left -= n;\n  }\n}\n',
    from: 'synchronized void',
    to: 'void',
  }),
  exampleOf('a lock statement in C# goes', 'src/Stock.cs', [
    'class Stock {\n  void Take(int n) {\n    lock (_gate)\n    {\n      left -= n;\n      Write(left);\n    }\n  }\n}\n',
    'class Stock {\n  void Take(int n) {\n      left -= n;\n      Write(left);\n  }\n}\n',
  ]),
  exampleOf('with_lock goes in Ruby', 'app/models/account.rb', [
    'class Account\n  def withdraw(n)\n    with_lock do\n      self.balance -= n\n      save!\n    end\n  end\nend\n',
    'class Account\n  def withdraw(n)\n    self.balance -= n\n    save!\n  end\nend\n',
  ]),
];

/** Locks that only moved, or went with what they held. */
export const passed: readonly Example[] = [
  exampleOf('the lock is taken by the caller now', 'shop/stock.py', [
    python,
    `class Stock:
    def take(self, count):
        with self._lock:
            return self._take(count)

    def _take(self, count):
        if self.left < count:
            raise SoldOut()
        self.left -= count
        return self.left
`,
  ]),
  exampleOf('the code goes together with its lock', 'shop/stock.py', [
    python,
    'class Stock:\n    def take(self, count):\n        raise NotImplementedError("sold elsewhere")\n',
  ]),
  exampleOf('the lock is another one', 'src/stock.ts', [
    script,
    script.replace('this.mutex.runExclusive(async', 'withLock(this.key, async'),
  ]),
  exampleOf('a lock is renamed', 'stock/stock.go', [go, go.replaceAll('s.mu.', 's.guard.')]),
  exampleOf('one statement keeps the two in step', 'shop/pay.py', [
    django,
    `def pay(order_id):
    Order.objects.filter(pk=order_id, paid=False).select_for_update().update(paid=True)
`,
  ]),
  exampleOf('a lock in a test', 'shop/stock_test.go', [
    go,
    go.replace('\ts.mu.Lock()\n\tdefer s.mu.Unlock()\n', ''),
  ]),
  exampleOf('a comment spoke of the lock', 'src/stock.ts', [
    `// withLock(() => {\n${plainScript}`,
    plainScript,
  ]),
  exampleOf('an atomic counter replaces it', 'src/main/java/Stock.java', [
    'class Stock {\n  private int left;\n  synchronized void take(int n) {\n    left -= n;\n  }\n}\n',
    'class Stock {\n  private final AtomicInteger left = new AtomicInteger();\n  void take(int n) {\n    left.addAndGet(-n);\n  }\n}\n',
  ]),
];
