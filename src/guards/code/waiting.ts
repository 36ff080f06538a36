import type { Tree } from '../guard.ts';
import type { Grammar } from './grammar.ts';
import { fieldOf } from './nodes.ts';

/** What happens to the promise of a call that is not awaited where it stands. */
export type Fate = 'dropped' | 'used as a value' | 'kept' | 'passed on' | 'waited for';

const gathers =
  /^(?:all|allSettled|race|any|gather|create_task|ensure_future|wait|wait_for|shield|as_completed|waitUntil|push|add|append|spawn|join|join_all|try_join|WhenAll|WhenAny|ContinueWith|then|catch|finally|pipe|run|run_until_complete|Run|Add|void|from|resolve|defer|after|start_soon|toPromise|expect|launch|track|register|enqueue|schedule|submit|unwrap|use|lazy|cache|memo\w*|with\w*)$/;

/** Says what becomes of a call's promise, from where the call stands. */
export function fateOf(call: Tree, grammar: Grammar): Fate {
  let inside = call;
  for (const node of call.ancestors()) {
    const kind = String(node.kind());
    if (/^(?:expression_statement|statements)$/.test(kind)) return 'dropped';
    if (/^(?:await\w*|yield\w*|unary_expression|for_\w+)$/.test(kind)) return 'waited for';
    if (
      /^(?:return\w*|jump_expression|arrow_function|lambda\w*|arrow_expression_clause)$/.test(kind)
    )
      return 'passed on';
    if (
      /^(?:array|list|tuple|set|array_expression|spread_element|pair|object|list_comprehension|generator_expression|dictionary)$/.test(
        kind,
      )
    )
      return 'kept';
    if (
      /^(?:variable_declarator|assignment\w*|let_declaration|property_declaration|augmented_assignment\w*|field_definition|public_field_definition)$/.test(
        kind,
      )
    )
      return 'kept';
    if (grammar.calls.includes(kind)) return inCall(node, inside);
    if (grammar.members.includes(kind)) {
      const rest = node.parent();
      const name = /[\w$]+$/.exec(node.text())?.[0] ?? '';
      if (rest !== null && grammar.calls.includes(String(rest.kind())) && gathers.test(name))
        return 'waited for';
      return 'used as a value';
    }
    if (grammar.ifs.includes(kind) || grammar.binaries.includes(kind)) return 'used as a value';
    inside = node;
  }
  return 'passed on';
}

function inCall(outer: Tree, inside: Tree): Fate {
  const callee = fieldOf(outer, 'function')?.text() ?? fieldOf(outer, 'constructor')?.text() ?? '';
  const name = /[\w$]+$/.exec(callee)?.[0] ?? '';
  const called = fieldOf(outer, 'function');
  if (called !== null && called.range().start.index === inside.range().start.index)
    return gathers.test(name) ? 'waited for' : 'used as a value';
  return gathers.test(name) ? 'waited for' : 'used as a value';
}

/** The name a kept promise gets; null when it is kept in another way. */
export function keptAs(call: Tree): string | null {
  for (const node of call.ancestors().slice(0, 3)) {
    const kind = String(node.kind());
    if (/^(?:array|list|pair|object|dictionary|tuple)$/.test(kind)) return null;
    if (!/^(?:variable_declarator|assignment\w*|let_declaration|property_declaration)$/.test(kind))
      continue;
    const name = (
      fieldOf(node, 'name') ??
      fieldOf(node, 'left') ??
      fieldOf(node, 'pattern')
    )?.text();
    if (name === undefined) return null;
    return /^[\w$]+$/.test(name) ? name : /^[{[]/.test(name) ? '{}' : null;
  }
  return null;
}

/** Whether a function's text waits for, gives back or hands on what it keeps under a name. */
export function isWaitedLater(text: string, name: string): boolean {
  if (name === '{}') return false;
  const word = name.replaceAll('$', String.raw`\$`);
  const read = new RegExp(
    `(?<![\\w.])${word}\\s*(?:\\?\\.|\\[|\\.\\s*(?!(?:then|catch|finally|await|GetAwaiter|Result|ContinueWith|join|cancel|add_done_callback|done)\\b)\\w)`,
  );
  if (read.test(text)) return false;
  const later = new RegExp(
    `await\\s+\\(?${word}\\b(?!\\s*[.([])|\\b${word}\\s*\\.\\s*(?:then|catch|finally|await|GetAwaiter|Result|ContinueWith|join|cancel|add_done_callback)\\b|return\\s+${word}\\b\\s*[;\\n}]|\\b(?:all|allSettled|race|any|gather|wait\\w*|push|add|append|then|with\\w*|\\w*[tT]imeout\\w*|WhenAll|WhenAny|join\\w*|track\\w*|from|resolve|use|expect|void)\\s*\\([^;{}]{0,200}?\\b${word}\\b|\\[[^\\]=;]{0,200}\\b${word}\\b[^\\]=;]{0,200}\\]|=\\s*${word}\\s*[;\\n}]|\\breturn\\s*[({][^;{}]{0,300}\\b${word}\\b|\\b(?:in|of)\\s+${word}\\b`,
  );
  return later.test(text);
}
