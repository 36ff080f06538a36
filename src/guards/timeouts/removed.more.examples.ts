import type { Example } from '../guard.ts';

/** Limits on waiting that go in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'JavaScript: the limit of a call to a literal address goes',
    before: {
      'src/rates.js': `async function rates() {
  const answer = await axios.get("https://rates.example.com/latest", { timeout: 5000 });
  return answer.data;
}
`,
    },
    after: {
      'src/rates.js': `async function rates() {
  const answer = await axios.get("https://rates.example.com/latest");
  return answer.data;
}
`,
    },
  },
  {
    name: 'Ruby: the limits of Net::HTTP go',
    before: {
      'app/services/rates.rb': `class Rates
  def latest
    http = Net::HTTP.new(host, 443)
    http.use_ssl = true
    http.open_timeout = 2
    http.read_timeout = 5
    http.get("/latest")
  end
end
`,
    },
    after: {
      'app/services/rates.rb': `class Rates
  def latest
    http = Net::HTTP.new(host, 443)
    http.use_ssl = true
    http.get("/latest")
  end
end
`,
    },
  },
  {
    name: 'Guzzle: the limit goes',
    before: {
      'app/Rates.php': `<?php
class Rates {
    public function latest() {
        $client = new Client(['base_uri' => $this->base, 'timeout' => 5]);
        return $client->get('/latest');
    }
}
`,
    },
    after: {
      'app/Rates.php': `<?php
class Rates {
    public function latest() {
        $client = new Client(['base_uri' => $this->base]);
        return $client->get('/latest');
    }
}
`,
    },
  },
  {
    name: 'C#: the limit of an HttpClient goes',
    before: {
      'src/Rates.cs': `public class Rates {
  public HttpClient Make() {
    var client = new HttpClient(_handler);
    client.Timeout = TimeSpan.FromSeconds(5);
    client.DefaultRequestHeaders.Add("a", "b");
    return client;
  }
}
`,
    },
    after: {
      'src/Rates.cs': `public class Rates {
  public HttpClient Make() {
    var client = new HttpClient(_handler);
    client.DefaultRequestHeaders.Add("a", "b");
    return client;
  }
}
`,
    },
  },
  {
    name: 'reqwest: the limit of a request goes',
    before: {
      'src/rates.rs': `pub async fn latest(client: &Client) -> Result<Rate> {
    let answer = client
        .get("https://rates.example.com")
        .timeout(Duration::from_secs(5))
        .send()
        .await?;
    answer.json().await
}
`,
    },
    after: {
      'src/rates.rs': `pub async fn latest(client: &Client) -> Result<Rate> {
    let answer = client
        .get("https://rates.example.com")
        .send()
        .await?;
    answer.json().await
}
`,
    },
  },
  {
    name: 'Kotlin: withTimeout goes',
    before: {
      'src/main/kotlin/Rates.kt': `class Rates(private val client: Client) {
    suspend fun latest(): Rate {
        return withTimeout(5000) { client.fetch("/latest") }
    }
}
`,
    },
    after: {
      'src/main/kotlin/Rates.kt': `class Rates(private val client: Client) {
    suspend fun latest(): Rate {
        return client.fetch("/latest")
    }
}
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'Ruby: the limit moves to the client',
    before: {
      'app/services/rates.rb': `class Rates
  def latest
    conn = Faraday.new(url: base)
    conn.options.timeout = 5
    conn.get("/latest")
  end
end
`,
    },
    after: {
      'app/services/rates.rb': `class Rates
  def latest
    conn = Faraday.new(url: base, request: { timeout: 5 })
    conn.get("/latest")
  end
end
`,
    },
  },
  {
    name: 'Guzzle: another limit',
    before: {
      'app/Rates.php': `<?php
class Rates {
    public function latest() {
        $client = new Client(['timeout' => 5]);
        return $client->get('/latest');
    }
}
`,
    },
    after: {
      'app/Rates.php': `<?php
class Rates {
    public function latest() {
        $client = new Client(['timeout' => 10]);
        return $client->get('/latest');
    }
}
`,
    },
  },
];
