import type { Language, Tree } from '../guard.ts';
import { fieldOf } from './nodes.ts';

interface Deciding {
  readonly node: Tree;
  readonly statement: Tree | null;
}

const nothing = '(?:null|undefined|nil|None)';

/** What a condition now says against its own branch: "reads user.name where user is null"; null when nothing does. */
export function contradicts({ statement }: Deciding, language: Language): string | null {
  if (statement === null) return null;
  const condition = (fieldOf(statement, 'condition')?.text() ?? '').replace(/^\(|\)$/g, '').trim();
  const body = (fieldOf(statement, 'consequence') ?? fieldOf(statement, 'body'))?.text() ?? '';
  if (condition === '' || body === '') return null;
  return (
    readsNothing(condition, body) ??
    failsOnSuccess(condition, body, language) ??
    refusesTheGood(condition, body)
  );
}

// `if (user == null) { return user.name }`, `if (!user) user.save()`.
function readsNothing(condition: string, body: string): string | null {
  const name =
    new RegExp(`^([\\w$.]{1,60})\\s*(?:===?|is)\\s*${nothing}$`).exec(condition)?.[1] ??
    /^(?:!|not )\s*([\w$.]{1,60})$/.exec(condition)?.[1];
  if (name === undefined) return null;
  const word = name.replace(/[.$]/g, String.raw`\$&`);
  const set = new RegExp(`(?<![\\w.])${word}\\s*(?::?=(?!=)|\\?\\?=|\\|\\|=)`).test(body);
  const read = new RegExp(`(?<![\\w.])${word}\\.(\\w+)`).exec(body);
  return read === null || set ? null : `it reads ${name}.${read[1]} where ${name} is empty`;
}

// Go: `if err == nil { return err }`.
function failsOnSuccess(condition: string, body: string, language: Language): string | null {
  if (language !== 'go') return null;
  const name = /^(?:[^;{}]*;\s*)?(\w*[eE]rr\w*)\s*==\s*nil$/.exec(condition)?.[1];
  if (name === undefined || !new RegExp(`\\breturn\\b[^\\n]*\\b${name}\\b`).test(body)) return null;
  return `it returns ${name} where there is none, and goes on where there is one`;
}

// `if (response.ok) throw …`.
function refusesTheGood(condition: string, body: string): string | null {
  const good =
    /^(?:[\w$.]{1,60}\.)?(?:ok|success|isSuccess|IsSuccessStatusCode|isValid|is_valid(?:\(\))?|isAuthenticated|is_authenticated)(?:\(\))?$/.exec(
      condition,
    )?.[0];
  if (good === undefined || !/^\W*(?:throw|raise)\b/.test(body)) return null;
  return `it fails where ${good} holds`;
}
