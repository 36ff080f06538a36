import type { Example } from '../guard.ts';

/** New calls that wait for ever. */
export const caught: readonly Example[] = [
  {
    name: 'requests without a timeout',
    after: {
      'app/rates.py': `import requests\n\n\ndef rate(c):\n    return requests.get(f"https://rates.example/{c}").json()\n`,
    },
  },
  {
    name: 'urlopen without a timeout',
    before: {
      'app/page.py': `from urllib.request import urlopen\n\n\ndef page():\n    return None\n`,
    },
    after: {
      'app/page.py': `from urllib.request import urlopen\n\n\ndef page():\n    return urlopen("https://shop.example").read()\n`,
    },
  },
  {
    name: 'http.Get',
    after: {
      'rates/rates.go': `package rates\n\nimport "net/http"\n\nfunc Rate(c string) (*http.Response, error) {\n	return http.Get("https://rates.example/" + c)\n}\n`,
    },
  },
  {
    name: 'a Java connection without a read timeout',
    after: {
      'src/main/java/shop/Rates.java': `class Rates {
    InputStream read(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        return connection.getInputStream();
    }
}
`,
    },
  },
  {
    name: 'axios without a timeout',
    after: {
      'src/rates.ts': `import axios from 'axios';\n\nexport const rate = (c: string) => axios.get('/rates/' + c);\n`,
    },
  },
];

/** Bounded, bounded elsewhere, old, or not production. */
export const passed: readonly Example[] = [
  {
    name: 'a timeout is given',
    after: {
      'app/rates.py': `import requests\n\n\ndef rate(c):\n    return requests.get(url(c), timeout=5)\n`,
    },
  },
  {
    name: 'options are passed through',
    after: {
      'app/rates.py': `import requests\n\n\ndef rate(c, **options):\n    return requests.get(url(c), **options)\n`,
    },
  },
  {
    name: 'the call was there before and moved down',
    before: {
      'app/rates.py': `import requests\n\n\ndef rate(c):\n    return requests.get(url(c))\n`,
    },
    after: {
      'app/rates.py': `import requests\n\n\ndef rate(c):\n    if c:\n        return requests.get(url(c))\n`,
    },
  },
  {
    name: 'a test may wait',
    after: {
      'tests/test_rates.py': `import requests\n\n\ndef test_rate():\n    assert requests.get("http://localhost")\n`,
    },
  },
  {
    name: 'the Go request carries a context',
    after: {
      'rates/rates.go': `package rates

import "net/http"

func Rate(ctx context.Context) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, "GET", base, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(request)
}
`,
    },
  },
  {
    name: 'both Java timeouts are set',
    after: {
      'src/main/java/shop/Rates.java': `class Rates {
    InputStream read(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setConnectTimeout(1000);
        connection.setReadTimeout(5000);
        return connection.getInputStream();
    }
}
`,
    },
  },
  {
    name: 'httpx has a limit of its own',
    after: { 'app/rates.py': `import httpx\n\n\ndef rate(c):\n    return httpx.get(url(c))\n` },
  },
];
