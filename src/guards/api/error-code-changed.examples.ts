import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const express =
  "app.get('/orders/:id', async (req, res) => {\n  const order = await find(req.params.id);\n  if (!order) return res.status(404).json({ code: 'order_not_found' });\n  if (!req.user) return res.status(401).json({ code: 'no_session' });\n  res.status(200).json(order);\n});\n";
const go =
  'package api\n\nfunc get(w http.ResponseWriter, r *http.Request) {\n\tif !ok(r) {\n\t\thttp.Error(w, "no", http.StatusUnauthorized)\n\t\treturn\n\t}\n}\n';
const django =
  "def get(request, id):\n    if not allowed(request):\n        raise HTTPException(status_code=403, detail='no')\n    return JsonResponse({}, status=200)\n";
const script = { path: 'src/orders.ts', text: express };

export const caught: readonly Example[] = [
  edited('an answer that now is a success', {
    ...script,
    from: 'res.status(404)',
    to: 'res.status(200)',
  }),
  edited('an answer that no longer logs out', {
    ...script,
    from: 'res.status(401)',
    to: 'res.status(403)',
  }),
  edited('a named status of Go', {
    path: 'api/get.go',
    text: go,
    from: 'StatusUnauthorized',
    to: 'StatusForbidden',
  }),
  edited('a status of FastAPI', {
    path: 'app/api.py',
    text: django,
    from: 'status_code=403',
    to: 'status_code=404',
  }),
  edited('the name of an error', { ...script, from: "'order_not_found'", to: "'missing_order'" }),
];

export const passed: readonly Example[] = [
  {
    name: 'lines of a catalogue of translations',
    before: {
      'src/a.py': 'x = 1\n',
      'locale/da/django.po':
        '#: views/error.py:556 views/response.py(492)\nmsgid "No"\nmsgstr ""\n',
    },
    after: {
      'src/a.py': 'x = 2\n',
      'locale/da/django.po':
        '#: views/error.py:557 views/response.py(493)\nmsgid "No"\nmsgstr ""\n',
    },
  },
  edited('a success of another kind', {
    ...script,
    from: 'res.status(200)',
    to: 'res.status(201)',
  }),
  edited('a status that somebody else answered', {
    path: 'src/client.ts',
    text: 'if (response.status === 404) return null;\n',
    from: '404',
    to: '410',
  }),
  edited('a number that is no status', {
    path: 'src/a.ts',
    text: 'export const width = 400;\nres.setHeader("x", 300);\n',
    from: '400',
    to: '500',
  }),
  edited('a test', {
    path: 'src/orders.test.ts',
    text: express,
    from: 'res.status(404)',
    to: 'res.status(200)',
  }),
  edited('a text beside it', { ...script, from: 'json(order)', to: 'json({ order })' }),
];
