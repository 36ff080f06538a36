import { edited } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const text = `export async function notify(users: User[]) {
  // all
  return users.length;
}
`;
const path = 'src/notify.ts';
const from = '  // all';

/** Callbacks nobody waits for. */
export const caught: readonly Example[] = [
  edited('forEach', {
    path,
    text,
    from,
    to: '  users.forEach(async (user) => {\n    await mail(user);\n  });',
  }),
  edited('map without Promise.all', {
    path,
    text,
    from,
    to: '  users.map(async (user) => {\n    await mail(user);\n  });',
  }),
  edited('await of a list of promises', {
    path,
    text,
    from,
    to: '  await users.map(async (user) => mail(user));',
  }),
  edited('filter', {
    path,
    text,
    from,
    to: '  const open = users.filter(async (user) => await mayMail(user));',
  }),
  edited('some, in JavaScript', {
    path: 'src/notify.js',
    text,
    from,
    to: '  if (users.some(async (user) => (await load(user)).late)) return 0;',
  }),
];

/** Callbacks somebody waits for. */
export const passed: readonly Example[] = [
  edited('Promise.all', {
    path,
    text,
    from,
    to: '  await Promise.all(users.map(async (user) => mail(user)));',
  }),
  edited('a plain forEach', { path, text, from, to: '  users.forEach((user) => log(user));' }),
  edited('promises that are kept', {
    path,
    text,
    from,
    to: '  const sent = users.map(async (user) => mail(user));\n  await Promise.allSettled(sent);',
  }),
  edited('for…of', { path, text, from, to: '  for (const user of users) await mail(user);' }),
  edited('a test', {
    path: 'src/notify.spec.ts',
    text,
    from,
    to: '  users.forEach(async (user) => {\n    await mail(user);\n  });',
  }),
];
