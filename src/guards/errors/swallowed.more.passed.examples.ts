import type { Example } from '../guard.ts';

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'Ruby: the rescue says why it may be silent',
    before: {
      'app/jobs/sync.rb': `class Sync
  def perform(user)
    crm.update(user)
  end
end
`,
    },
    after: {
      'app/jobs/sync.rb': `class Sync
  def perform(user)
    crm.update(user)
  rescue StandardError
    # The nightly run sends it again.
    nil
  end
end
`,
    },
  },
  {
    name: 'Ruby: a missing record is answered by name',
    before: {
      'app/models/find.rb': `class Find
  def call(id)
    Order.find(id)
  end
end
`,
    },
    after: {
      'app/models/find.rb': `class Find
  def call(id)
    Order.find(id)
  rescue ActiveRecord::RecordNotFound
    nil
  end
end
`,
    },
  },
  {
    name: 'C#: a cancelled wait is no failure',
    before: {
      'src/Jobs/Loop.cs': `public class Loop {
  public async Task Run(CancellationToken token) {
    await Task.Delay(1000, token);
  }
}
`,
    },
    after: {
      'src/Jobs/Loop.cs': `public class Loop {
  public async Task Run(CancellationToken token) {
    try {
      await Task.Delay(1000, token);
    } catch (OperationCanceledException) {
    }
  }
}
`,
    },
  },
  {
    name: 'PHP: the catch reports and answers',
    before: {
      'app/Services/Settle.php': `<?php
class Settle {
    public function run($order) {
        $this->gateway->charge($order);
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
            report($e);
            $order->markFailed();
        }
    }
}
`,
    },
  },
  {
    name: 'Kotlin: the failure is looked at',
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
        runCatching { gateway.charge(order.total) }.onFailure { order.fail(it) }
        order.close()
    }
}
`,
    },
  },
  {
    name: 'Rust: nobody listens on a closed channel',
    before: {
      'src/worker.rs': `pub fn stop(tx: Sender<Stop>) {
    tx.send(Stop).unwrap();
}
`,
    },
    after: {
      'src/worker.rs': `pub fn stop(tx: Sender<Stop>) {
    let _ = tx.send(Stop);
}
`,
    },
  },
  {
    name: 'Rust: a lock file is cleaned up as far as possible',
    before: {
      'src/lock.rs': `pub fn release(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}
`,
    },
    after: {
      'src/lock.rs': `pub fn release(path: &Path) -> io::Result<()> {
    let _ = fs::remove_file(path);
    Ok(())
}
`,
    },
  },
];
