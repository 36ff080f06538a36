/** A name that mixes alphabets so that a letter passes for another. */
export interface MixedName {
  readonly text: string;
  readonly letter: string;
  /** Code point in hexadecimal. */
  readonly code: string;
}

// Letters of other alphabets that look like a Latin one in most fonts.
const lookAlikes =
  /[\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u0570\u0578\u057d\u0585\u2170\u217c\u217d\u217e\u217f]|[\uff21-\uff3a\uff41-\uff5a]/u;

/** Names in a line that are Latin but for letters that only look so; names in one alphabet are left alone. */
export function mixedNames(text: string): readonly MixedName[] {
  if (!lookAlikes.test(text)) return [];
  return (text.match(/[\p{L}\p{N}_$]+/gu) ?? []).flatMap((name) => {
    const letter = lookAlikes.exec(name)?.[0];
    if (letter === undefined || !/[A-Za-z]{2,}/.test(name)) return [];
    // A letter with no Latin double shows that the writer meant the other alphabet: `Δt`, `user_имя`.
    const others = Array.from(name).filter(
      (char) => /\p{L}/u.test(char) && !/\p{Script=Latin}/u.test(char),
    );
    if (others.some((char) => !lookAlikes.test(char))) return [];
    const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return [{ text: name, letter, code }];
  });
}
