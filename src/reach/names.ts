import type { Family, Target } from './families.ts';
import type { Mention } from './reach.ts';

/**
 * Languages whose files are used by the name of what they declare: Java, Kotlin, C#, PHP, Ruby, Rust. A name that is a
 * common word would be found everywhere, so that short ones are not followed.
 */
export const namedFamilies: readonly Family[] = [
  { endings: ['java', 'kt', 'kts', 'scala'], target: (path, text) => byName(path, text, /[A-Z]/) },
  { endings: ['cs'], target: (path, text) => byName(path, text, /[A-Z]/) },
  { endings: ['php'], target: (path, text) => byName(path, text, /[A-Z]/) },
  { endings: ['rb'], target: rubyTarget },
  { endings: ['rs'], target: rustTarget },
];

/** Shorter names than this are found by chance. */
const shortestName = 5;
const nobody: Target = { mentions: [], isMeantBy: () => false };

function byName(path: string, text: string, start: RegExp): Target {
  const name = baseOf(path);
  const isDeclared = new RegExp(
    String.raw`\b(?:class|interface|object|enum|record|struct|trait)\s{1,4}${escaped(name)}\b`,
  ).test(text);
  if (name.length < shortestName || !start.test(name.charAt(0)) || !isDeclared) return nobody;
  return wholeWord(name);
}

function wholeWord(name: string): Target {
  const word = new RegExp(String.raw`(?<![\w$])${escaped(name)}(?![\w$])`);
  return { mentions: [name], isMeantBy: ({ text }: Mention) => isCode(text) && word.test(text) };
}

function isCode(text: string): boolean {
  return !/^\s*(?:\/\/|\*|#|\/\*)/.test(text);
}

/** `payment_service.rb` declares `PaymentService`, as Rails and its loader want it. */
function rubyTarget(path: string): Target {
  const base = baseOf(path);
  const name = base
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return name.length < shortestName ? nobody : wholeWord(name);
}

/** `src/pay/card.rs` is `pay::card`; a file `mod.rs` or `lib.rs` is its folder. */
function rustTarget(path: string): Target {
  const names = path.replace(/\.rs$/, '').split('/');
  if (['mod', 'lib', 'main'].includes(names.at(-1) ?? '')) names.pop();
  const base = names.at(-1) ?? '';
  if (base.length < 3 || base === 'src') return nobody;
  const used = new RegExp(
    String.raw`\bmod\s{1,4}${escaped(base)}\b|\b${escaped(base)}\s{0,2}::|::\s{0,2}\{?[^;]{0,200}\b${escaped(base)}\b`,
  );
  return {
    mentions: [`${base}::`, `::${base}`, `mod ${base}`],
    isMeantBy: ({ text }) => isCode(text) && used.test(text),
  };
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
