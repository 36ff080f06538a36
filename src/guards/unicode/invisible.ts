import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { mixedNames } from './mixed-names.ts';

export const invisible: Guard = guard({
  id: 'unicode/invisible',
  severity: 'block',
  protects: 'what a reviewer reads is what runs',
  breaks:
    'The compiler runs something else than the reviewer sees, so a hidden change gets through review.',
  fix: 'Delete the character; where it is wanted, write it as an escape such as \\u200b.',
  languages: 'any',
  cwe: [1007],
  confidence: 0.95,
  caught: [
    {
      name: 'a comment that turns the rest of the line around',
      after: {
        'src/auth.ts': `const level = 'user'; /*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */\n`,
      },
    },
    {
      name: 'a zero-width space inside a name',
      before: { 'src/auth.py': `def is_admin(user):\n    return user.role == 'admin'\n` },
      after: { 'src/auth.py': `def is_admin(user):\n    return user.role == 'ad\u200bmin'\n` },
    },
    {
      name: 'a Cyrillic letter in a Latin name',
      after: { 'src/pay.ts': `const p\u0430yment = makePayment();\n` },
    },
    {
      name: 'text in tag characters that only a model reads',
      after: { 'AGENTS.md': `Be brief.\u{e0049}\u{e0067}\u{e006e}\u{e006f}\u{e0072}\u{e0065}\n` },
    },
  ],
  passed: [
    {
      name: 'an emoji made of several',
      after: { 'src/a.ts': `const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';\n` },
    },
    {
      name: 'a mark at the start of the file',
      after: { 'src/a.cs': `\ufeffusing System;\n` },
    },
    {
      name: 'prose written from right to left',
      after: {
        'docs/fa.md': `# \u0631\u0627\u0647\u0646\u0645\u0627\n\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u200eHallmonitor\u200f\n`,
      },
    },
    {
      name: 'a zero-width space in a translation',
      after: { 'lang/nl/actions.php': `<?php\nreturn ['undo' => '\u200bOngedaan maken'];\n` },
    },
    {
      name: 'translations',
      after: { 'locales/ar.json': `{ "hello": "\u202b\u0645\u0631\u062d\u0628\u0627\u202c" }\n` },
    },
    {
      name: 'a name wholly in Greek or Cyrillic, and a Greek sign beside Latin ones',
      after: {
        'src/math.py': `\u03b1 = 0.5\n\u0446\u0435\u043d\u0430 = 3\n\u0394t = 2\n\u03bcm = 1e-6\n`,
      },
    },
    {
      name: 'the character written as an escape',
      after: { 'src/a.ts': `const zeroWidth = '\\u200b';\n` },
    },
  ],
  look(scene) {
    return scene.files.flatMap((file) =>
      file.after === null || bytes.test(file.path) ? [] : lookAt(file),
    );
  },
});

const suspect =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0]|\u034f|\u17b4|\u17b5|[\u{e0000}-\u{e007f}]|\p{Variation_Selector}/gu;
const quick = /[^ -~\t\r]/;
const translated =
  /(?:^|\/)(?:locales?|i18n|l10n|lang|langs|languages?|translations?|messages|intl|strings|po)(?:\/|[._-])|[._-](?:ar|he|fa|ur|fa-IR|ar-SA|he-IL)\.\w+$|\.(?:po|pot|xlf|xliff|arb|strings|ftl|resx|lproj|svg|csv|tsv|ipynb)$/i;
// Text by its first bytes, yet nobody reads or runs it as such.
const bytes = /\.(?:pdf|e?ps|ai|xmp|rtf)$/i;
const prose = /\.(?:md|mdx|rst|txt|adoc|html?|vtt|srt)$/i;
/** Sightings told per file: whoever looks at one sees the rest. */
const mostPerFile = 10;
/** Characters of one line that are looked at. */
const mostPerLine = 100;
/** Longest line that is read. */
const longestLine = 20_000;

function lookAt(file: ChangedFile): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const hunk of file.change.hunks) {
    hunk.added.forEach((text, index) => {
      // U+FFFD stands for bytes that were not text, as in a PDF.
      if (found.length >= mostPerFile || !quick.test(text) || text.includes('\ufffd')) return;
      const line = hunk.newStart + index;
      const one = inLine(file, {
        text: text.slice(0, longestLine),
        line,
        stood: hunk.removed.join('\n'),
      });
      if (one !== null) found.push(one);
    });
  }
  return found;
}

interface Line {
  readonly text: string;
  readonly line: number;
  /** What the added lines replace: a character that stood there before is not the change's. */
  readonly stood: string;
}

function inLine(file: ChangedFile, { text, line, stood }: Line): Sighting | null {
  const around = { text, isFirst: line === 1, file, isOwnScript: ownScripts.test(text) };
  const marks = [...text.matchAll(suspect)].slice(0, mostPerLine).flatMap((match) => {
    const kind = kindOf(match[0], match.index, around);
    return kind === null || stood.includes(match[0]) ? [] : [{ char: match[0], kind }];
  });
  const [mark] = marks;
  if (mark !== undefined) {
    const code = (mark.char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const times = marks.length > 1 ? ` and ${marks.length - 1} more` : '';
    return {
      path: file.path,
      line,
      says: `adds ${mark.kind.name} (U+${code})${times} that no reviewer can see`,
      subject: text.replace(suspect, '\u00bf').trim().slice(0, 200),
      severity: mark.kind.severity,
    };
  }
  if (prose.test(file.path) || translated.test(file.path) || file.language === 'other') return null;
  const [mixed] = mixedNames(text).filter((name) => !stood.includes(name.text));
  if (mixed === undefined) return null;
  return {
    path: file.path,
    line,
    says: `writes "${mixed.text}" with a letter that only looks Latin (${mixed.letter}, U+${mixed.code})`,
    subject: mixed.text,
    severity: 'block',
    confidence: 0.9,
  };
}

interface Kind {
  readonly name: string;
  readonly severity: Severity;
}

// Scripts whose own spelling needs joiners and direction marks.
const ownScripts =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}\p{Script=Thai}\p{Script=Hangul}\p{Script=Gujarati}]/u;

interface Around {
  readonly text: string;
  readonly isFirst: boolean;
  readonly file: ChangedFile;
  readonly isOwnScript: boolean;
}

function kindOf(
  char: string,
  at: number,
  { text, isFirst, file, isOwnScript }: Around,
): Kind | null {
  const code = char.codePointAt(0) ?? 0;
  const isText = prose.test(file.path) || translated.test(file.path);
  // Translators bring such signs along from their editors; they stand in text that is only shown.
  if (breaks.has(code) && wordings.test(file.path)) return null;
  if (code === 0xfeff) return isFirst && at === 0 ? null : hidden(isText || file.isTest);
  if (code >= 0xe0000 && code <= 0xe007f)
    return isFlag(text, at) ? null : { name: 'a tag character', severity: 'block' };
  // The ordinary selectors choose between a letter's forms, as in emoji; the supplement can carry hidden bytes.
  if (code >= 0xfe00 && code <= 0xfe0f) return null;
  if (code >= 0xe0100) return isIdeographic(text, at) ? null : hidden(isText);
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
    return isText || isOwnScript
      ? null
      : { name: 'a control that turns text around', severity: file.isTest ? 'note' : 'block' };
  if (isOwnScript) return null;
  if (code === 0x200d || code === 0x200c)
    return joinsEmoji(text, at) ? null : hidden(isText || file.isTest);
  return hidden(isText || file.isTest || code === 0x00ad);
}

/** Where a word may be broken, and where not: soft hyphen, zero-width space and joiners. */
const breaks: ReadonlySet<number> = new Set([0x00ad, 0x200b, 0x200c, 0x200d, 0x2060]);
const wordings =
  /(?:^|\/)(?:locales?|i18n|l10n|lang|translations?)\/|\.(?:po|pot|xlf|xliff|arb|strings|ftl|resx)$/i;

function hidden(isMild: boolean): Kind {
  return { name: 'an invisible character', severity: isMild ? 'note' : 'block' };
}

function joinsEmoji(text: string, at: number): boolean {
  const left = Array.from(text.slice(Math.max(0, at - 4), at)).at(-1) ?? '';
  const right = Array.from(text.slice(at + 1, at + 5))[0] ?? '';
  return (
    /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u.test(left) &&
    /\p{Extended_Pictographic}|\p{Emoji}/u.test(right)
  );
}

// The flags of England, Scotland and Wales are a black flag followed by tag characters.
function isFlag(text: string, at: number): boolean {
  return /\u{1f3f4}[\u{e0000}-\u{e007f}]*$/u.test(text.slice(Math.max(0, at - 20), at));
}

function isIdeographic(text: string, at: number): boolean {
  return /[\p{Script=Han}\p{Script=Mongolian}]$/u.test(text.slice(Math.max(0, at - 2), at));
}
