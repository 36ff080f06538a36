import { codeLinesOf } from '../code/faults.ts';
import type { ChangedFile, Sighting } from '../guard.ts';
import { isOtherEnvironment } from '../language.ts';
import { isAside } from './sightings.ts';

const strength =
  /\b(?:salt_?rounds|bcrypt_?(?:cost|rounds)|hash_?rounds|pbkdf2_?iterations|iterations|bcrypt_?work_?factor|work_?factor|key_?size|key_?length|modulusLength|rounds|DefaultCost|cost|min_?password_?length|password_?min_?length)\b["']?\s*(?::=|[:=(,])\s*(\d[\d_]{0,11})\b/i;
const inCall =
  /\b(?:bcrypt\.(?:hash|hashSync|genSalt|genSaltSync|gensalt|GenerateFromPassword)|BCryptPasswordEncoder|PBEKeySpec|pbkdf2(?:Sync|_hmac)?|Rfc2898DeriveBytes|generate_private_key|GenerateKey|BCrypt::Password\.create)\b[^\n]{0,120}?[(,=:]\s*(\d[\d_]{0,11})\s*[,)]/i;
const meant = /bcrypt|pbkdf|hash|crypt|rsa|\bkey|passw|scrypt|argon/i;
const longestLine = 1_000;

/** Rounds, costs, key sizes and shortest passwords that the change made smaller. */
export function loweredStrength(file: ChangedFile): readonly Sighting[] {
  const { before, after } = file;
  if (before === null || after === null || file.removed.size === 0) return [];
  if (!strength.test(after.text) && !inCall.test(after.text)) return [];
  const old = codeLinesOf(before);
  const lines = codeLinesOf(after);
  const removed = [...file.removed].map((line) => read(old[line - 1] ?? ''));
  return [...file.added].flatMap((line) => {
    const text = lines[line - 1] ?? '';
    const now = read(text);
    if (now === null || !meant.test(text)) return [];
    const was = removed.find((one) => one !== null && one.frame === now.frame);
    if (was === undefined || was === null || was.value <= now.value) return [];
    const isQuiet = isAside(file.path) || isOtherEnvironment(file.path);
    return [
      {
        path: file.path,
        line,
        says: `lowers what makes guessing slow from ${was.value} to ${now.value}`,
        subject: now.frame,
        severity: isQuiet ? ('note' as const) : ('warn' as const),
      },
    ];
  });
}

interface Strength {
  /** The line without its number. */
  readonly frame: string;
  readonly value: number;
}

function read(text: string): Strength | null {
  if (text.length > longestLine) return null;
  const found = strength.exec(text) ?? inCall.exec(text);
  const number = found?.[1];
  if (found === null || number === undefined) return null;
  const at = found.index + found[0].lastIndexOf(number);
  const frame = `${text.slice(0, at)}#${text.slice(at + number.length)}`.replace(/\s+/g, '');
  return { frame, value: Number(number.replaceAll('_', '')) };
}
