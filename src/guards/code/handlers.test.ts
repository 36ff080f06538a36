import { describe, expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import type { Language } from '../guard.ts';
import { source } from '../scene.ts';
import { codeLanguages } from './grammar.ts';
import { handlersOf } from './quiet-handlers.ts';
import { unitsOf } from './units.ts';

const parsers = await loadParsers(codeLanguages);
const paths: Readonly<Partial<Record<Language, string>>> = {
  typescript: 'a.ts',
  python: 'a.py',
  go: 'a.go',
  java: 'A.java',
};

function check(language: Language, text: string) {
  const read = source(paths[language] ?? '', text, parsers);
  const handler = read === null ? undefined : unitsOf(read).flatMap(handlersOf)[0];
  return handler === undefined
    ? null
    : `${handler.kind}${handler.isExplained ? ', explained' : ''}${handler.isBroad ? '' : ', narrow'}`;
}

const go = (body: string): string =>
  `package a\nfunc f() error {\n\terr := g()\n\tif err != nil {\n\t\t${body}\n\t}\n\treturn nil\n}\n`;
const java = (clause: string): string => `class A { void f() { try { g(); } ${clause} } }`;

describe('what a handler does', () => {
  test.each<[Language, string, string]>([
    ['typescript', 'try { f() } catch {}', 'empty'],
    ['typescript', 'try { f() } catch (e) { throw e }', 'passes-on'],
    ['typescript', 'try { f() } catch (e) { throw new Bad(e) }', 'raises'],
    ['typescript', 'try { f() } catch (e) { console.error(e) }', 'logs'],
    ['typescript', 'try { f() } catch (e) { show(e) }', 'handles'],
    ['typescript', 'function x() { try { f() } catch { return [] } }', 'defaults'],
    [
      'typescript',
      'function x() { try { f() } catch (e) { logger.warn(e); return null } }',
      'logs',
    ],
    ['typescript', 'try { f() } catch { /* the cache is optional */ }', 'empty, explained'],
    ['typescript', 'f().catch(() => {})', 'empty'],
    ['typescript', 'f().catch(noop)', 'empty'],
    ['typescript', 'f().catch(report)', 'handles'],
    ['python', 'try:\n    f()\nexcept:\n    pass\n', 'empty'],
    ['python', 'try:\n    f()\nexcept KeyError:\n    pass\n', 'empty, narrow'],
    ['python', 'try:\n    f()\nexcept Exception:\n    raise\n', 'passes-on'],
    [
      'python',
      'try:\n    import fast\nexcept ImportError:\n    fast = None\n',
      'handles, explained, narrow',
    ],
    ['go', go('return err'), 'handles'],
    ['go', go('return nil'), 'defaults'],
    ['go', go('log.Println(err)'), 'logs'],
    ['java', java('catch (Exception e) { }'), 'empty'],
    ['java', java('catch (ParseException e) { }'), 'empty, narrow'],
    ['java', java('catch (Exception ignored) { }'), 'empty, explained'],
    ['java', java('catch (IOException e) { throw new UncheckedIOException(e); }'), 'raises'],
  ])('%s: %s', (language, text, kind) => {
    expect(check(language, text)).toBe(kind);
  });
});
