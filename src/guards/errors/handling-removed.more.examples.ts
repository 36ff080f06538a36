import type { Example } from '../guard.ts';

/** The same in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'Ruby: the rescue around a call goes',
    before: {
      'app/services/rates.rb': `class Rates
  def current
    client.fetch("/rates")
  rescue Faraday::Error => e
    Rails.logger.warn(e.message)
    cached
  end
end
`,
    },
    after: {
      'app/services/rates.rb': `class Rates
  def current
    client.fetch("/rates")
  end
end
`,
    },
  },
  {
    name: 'Ruby: begin and rescue go',
    before: {
      'app/services/rates.rb': `class Rates
  def current
    begin
      client.fetch("/rates")
    rescue StandardError
      FALLBACK
    end
  end
end
`,
    },
    after: {
      'app/services/rates.rb': `class Rates
  def current
    client.fetch("/rates")
  end
end
`,
    },
  },
  {
    name: 'C#: the catch with a fallback goes',
    before: {
      'src/Rates.cs': `public class Rates {
  public async Task<Rate> Current() {
    try {
      return await _client.GetAsync("/rates");
    } catch (HttpRequestException e) {
      _logger.LogWarning(e, "no rates");
      return _cache.Last();
    }
  }
}
`,
    },
    after: {
      'src/Rates.cs': `public class Rates {
  public async Task<Rate> Current() {
    return await _client.GetAsync("/rates");
  }
}
`,
    },
  },
  {
    name: 'PHP: the catch goes',
    before: {
      'app/Rates.php': `<?php
class Rates {
    public function current() {
        try {
            return $this->client->get('/rates');
        } catch (RequestException $e) {
            return $this->cached();
        }
    }
}
`,
    },
    after: {
      'app/Rates.php': `<?php
class Rates {
    public function current() {
        return $this->client->get('/rates');
    }
}
`,
    },
  },
  {
    name: 'Kotlin: the catch goes',
    before: {
      'src/main/kotlin/Rates.kt': `class Rates(private val client: Client) {
    fun current(): Rate {
        return try {
            client.fetch("/rates")
        } catch (e: IOException) {
            cached()
        }
    }
}
`,
    },
    after: {
      'src/main/kotlin/Rates.kt': `class Rates(private val client: Client) {
    fun current(): Rate {
        return client.fetch("/rates")
    }
}
`,
    },
  },
  {
    name: 'Rust: a question mark becomes unwrap',
    before: {
      'src/rates.rs': `pub fn current(client: &Client) -> Result<Rate, Error> {
    let answer = client.fetch("/rates")?;
    Ok(answer.rate)
}
`,
    },
    after: {
      'src/rates.rs': `pub fn current(client: &Client) -> Result<Rate, Error> {
    let answer = client.fetch("/rates").unwrap();
    Ok(answer.rate)
}
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'Ruby: the rescue moves to the controller as rescue_from',
    before: {
      'app/controllers/rates_controller.rb': `class RatesController < ApplicationController
  def show
    client.fetch("/rates")
  rescue Faraday::Error
    head :bad_gateway
  end
end
`,
    },
    after: {
      'app/controllers/rates_controller.rb': `class RatesController < ApplicationController
  rescue_from Faraday::Error, with: :bad_gateway

  def show
    client.fetch("/rates")
  end
end
`,
    },
  },
  {
    name: 'Kotlin: try becomes runCatching',
    before: {
      'src/main/kotlin/Rates.kt': `class Rates(private val client: Client) {
    fun current(): Rate {
        return try {
            client.fetch("/rates")
        } catch (e: IOException) {
            cached()
        }
    }
}
`,
    },
    after: {
      'src/main/kotlin/Rates.kt': `class Rates(private val client: Client) {
    fun current(): Rate {
        return runCatching { client.fetch("/rates") }.getOrElse { cached() }
    }
}
`,
    },
  },
  {
    name: 'Rust: unwrap stood there before',
    before: {
      'src/rates.rs': `pub fn current(client: &Client) -> Rate {
    let answer = client.fetch("/rates").unwrap();
    answer.rate
}
`,
    },
    after: {
      'src/rates.rs': `pub fn current(client: &Client) -> Rate {
    let answer = client.fetch("/rates").unwrap();
    answer.rate.rounded()
}
`,
    },
  },
  {
    name: 'C#: the handler moves around the caller',
    before: {
      'src/Rates.cs': `public class Rates {
  public Rate Current() {
    return Load();
  }
  private Rate Load() {
    try {
      return _client.Get("/rates");
    } catch (IOException) {
      return _cache.Last();
    }
  }
}
`,
    },
    after: {
      'src/Rates.cs': `public class Rates {
  public Rate Current() {
    try {
      return Load();
    } catch (IOException) {
      return _cache.Last();
    }
  }
  private Rate Load() {
    return _client.Get("/rates");
  }
}
`,
    },
  },
];
