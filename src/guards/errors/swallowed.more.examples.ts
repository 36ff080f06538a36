import type { Example } from '../guard.ts';

/** The same in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'Ruby: a charge is rescued and forgotten',
    before: {
      'app/services/settle.rb': `class Settle
  def call(order)
    gateway.charge(order.total)
    order.save!
  end
end
`,
    },
    after: {
      'app/services/settle.rb': `class Settle
  def call(order)
    gateway.charge(order.total)
    order.save!
  rescue => e
  end
end
`,
    },
  },
  {
    name: 'Ruby: rescue nil behind a statement that writes',
    before: {
      'app/jobs/sync.rb': `class Sync
  def perform(user)
    crm.update(user)
    user.touch
  end
end
`,
    },
    after: {
      'app/jobs/sync.rb': `class Sync
  def perform(user)
    crm.update(user) rescue nil
    user.touch
  end
end
`,
    },
  },
  {
    name: 'C#: an empty catch around a payment',
    before: {
      'src/Payments/Settle.cs': `public class Settle {
  public async Task Run(Order order) {
    await _gateway.ChargeAsync(order.Total);
  }
}
`,
    },
    after: {
      'src/Payments/Settle.cs': `public class Settle {
  public async Task Run(Order order) {
    try {
      await _gateway.ChargeAsync(order.Total);
    } catch (Exception) {
    }
  }
}
`,
    },
  },
  {
    name: 'PHP: a catch that answers nothing',
    before: {
      'app/Services/Settle.php': `<?php
class Settle {
    public function run($order) {
        $this->gateway->charge($order);
        return true;
    }
}
`,
    },
    after: {
      'app/Services/Settle.php': `<?php
class Settle {
    public function run($order) {
        try {
            $this->gateway->charge($order);
        } catch (\\Exception $e) {
        }
        return true;
    }
}
`,
    },
  },
  {
    name: 'Kotlin: runCatching whose result nobody looks at',
    before: {
      'src/main/kotlin/Settle.kt': `class Settle(private val gateway: Gateway) {
    fun run(order: Order) {
        gateway.charge(order.total)
        order.close()
    }
}
`,
    },
    after: {
      'src/main/kotlin/Settle.kt': `class Settle(private val gateway: Gateway) {
    fun run(order: Order) {
        runCatching { gateway.charge(order.total) }
        order.close()
    }
}
`,
    },
  },
  {
    name: 'Rust: the error of a save is thrown away',
    before: {
      'src/store.rs': `pub fn settle(ledger: &Ledger, order: Order) -> Result<(), Error> {
    ledger.save(order)?;
    notify();
    Ok(())
}
`,
    },
    after: {
      'src/store.rs': `pub fn settle(ledger: &Ledger, order: Order) -> Result<(), Error> {
    let _ = ledger.save(order);
    notify();
    Ok(())
}
`,
    },
  },
  {
    name: 'TypeScript: the throw goes and the log stays',
    before: {
      'src/pay.ts': `export async function settle(order: Order) {
  try {
    await ledger.save(order);
  } catch (error) {
    console.error('save failed', error);
    throw error;
  }
}
`,
    },
    after: {
      'src/pay.ts': `export async function settle(order: Order) {
  try {
    await ledger.save(order);
  } catch (error) {
    console.error('save failed', error);
  }
}
`,
    },
  },
  {
    name: 'Kotlin: the throw goes and the log stays',
    before: {
      'src/main/kotlin/Settle.kt': `class Settle(private val ledger: Ledger) {
    fun run(order: Order) {
        try {
            ledger.save(order)
        } catch (e: Exception) {
            log.warn("save failed", e)
            throw SettleFailed(e)
        }
    }
}
`,
    },
    after: {
      'src/main/kotlin/Settle.kt': `class Settle(private val ledger: Ledger) {
    fun run(order: Order) {
        try {
            ledger.save(order)
        } catch (e: Exception) {
            log.warn("save failed", e)
        }
    }
}
`,
    },
  },
];
