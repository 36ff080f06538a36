import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const script =
  'export async function save(order) {\n  try {\n    await orders.insert(order);\n    return { ok: true };\n  } catch (error) {\n    throw new Error("no", { cause: error });\n  }\n}\n';
const python =
  'def save(order):\n    try:\n        orders.insert(order)\n    except Exception as error:\n        raise SaveError() from error\n    return {"success": True}\n';

const inScript = {
  path: 'src/save.ts',
  text: script,
  from: 'throw new Error("no", { cause: error });',
};
const inPython = { path: 'app/save.py', text: python, from: 'raise SaveError() from error' };

export const caught: readonly Example[] = [
  edited('the handler says ok', {
    ...inScript,
    to: 'console.error(error);\n    return { ok: true };',
  }),
  edited('the handler answers 200', { ...inScript, to: 'res.status(200).json({ id: order.id });' }),
  edited('the handler of Python says success', { ...inPython, to: 'return {"success": True}' }),
  exampleOf('a new function of Java', 'src/main/java/A.java', [
    'class A {\n}\n',
    'class A {\n  Result save(Order o) {\n    try {\n      db.insert(o);\n    } catch (Exception e) {\n      log.warn("x", e);\n      return Result.of("status", status = "ok");\n    }\n    return null;\n  }\n}\n',
  ]),
  exampleOf('a new function of PHP', 'src/A.php', [
    '<?php\n',
    "<?php\nfunction save($o) {\n  try {\n    insert($o);\n  } catch (Exception $e) {\n    return ['success' => true];\n  }\n  return [];\n}\n",
  ]),
];

export const passed: readonly Example[] = [
  edited('the handler says no', { ...inScript, to: 'return { ok: false, error };' }),
  edited('the answer names the error beside it', {
    ...inScript,
    to: 'return { ok: true, warnings: [error] };',
  }),
  edited('only where it was there already', {
    ...inScript,
    to: "if (error.code === 'P2002') return { ok: true };\n    throw error;",
  }),
  edited('an expected error of Python', {
    path: 'app/save.py',
    text: python,
    from: 'except Exception as error:\n        raise SaveError() from error',
    to: 'except FileNotFoundError:\n        return {"success": True}',
  }),
  exampleOf('a handler that was so before', 'src/save.ts', [
    script.replace(inScript.from, 'return { ok: true };'),
    `${script.replace(inScript.from, 'return { ok: true };')}\nexport const a = 1;\n`,
  ]),
];
