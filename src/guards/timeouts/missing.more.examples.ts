import type { Example } from '../guard.ts';

/** Calls that wait for ever in the other languages. */
export const caughtElsewhere: readonly Example[] = [
  {
    name: 'Guzzle without a limit',
    after: {
      'app/Rates.php': `<?php
use GuzzleHttp\\Client;
class Rates {
    public function latest() {
        $client = new Client(['base_uri' => 'https://rates.example.com']);
        return $client->get('/latest');
    }
}
`,
    },
  },
  {
    name: 'curl without a limit',
    after: {
      'app/Rates.php': `<?php
function latest() {
    $handle = curl_init('https://rates.example.com');
    curl_setopt($handle, CURLOPT_RETURNTRANSFER, true);
    return curl_exec($handle);
}
`,
    },
  },
  {
    name: 'reqwest without a limit',
    after: {
      'src/rates.rs': `pub async fn latest() -> Result<Rate> {
    reqwest::get("https://rates.example.com").await?.json().await
}
`,
    },
  },
];

/** What looks like it in the other languages, and is none. */
export const passedElsewhere: readonly Example[] = [
  {
    name: 'curl with a limit',
    after: {
      'app/Rates.php': `<?php
function latest() {
    $handle = curl_init('https://rates.example.com');
    curl_setopt($handle, CURLOPT_TIMEOUT, 5);
    return curl_exec($handle);
}
`,
    },
  },
  {
    name: 'reqwest with a limit',
    after: {
      'src/rates.rs': `pub async fn latest() -> Result<Rate> {
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    client.get("https://rates.example.com").send().await?.json().await
}
`,
    },
  },
];
