/** Longer patterns are left alone. */
const longestPattern = 500;
const deepest = 20;

interface Group {
  readonly start: number;
  readonly end: number;
  readonly body: string;
  /** It may be repeated without end. */
  readonly repeats: boolean;
}

/** Whether a pattern repeats a group whose parts can be split in many ways: `(a+)+`, `(a|a)*`, `(\w+\s?)*`. */
export function backtracks(pattern: string): boolean {
  if (pattern.length > longestPattern || !/\)(?:[*+]|\{\d*,\})/.test(pattern)) return false;
  return groupsOf(pattern).some(({ body, repeats }) => repeats && isAmbiguous(body));
}

function groupsOf(pattern: string): readonly Group[] {
  const groups: Group[] = [];
  const open: number[] = [];
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at];
    if (letter === '\\') at += 1;
    else if (inClass) inClass = letter !== ']';
    else if (letter === '[') inClass = true;
    else if (letter === '(') open.push(at);
    else if (letter === ')') {
      const start = open.pop();
      if (start === undefined || open.length > deepest) continue;
      const body = pattern.slice(start + 1, at).replace(/^\?(?::|<\w+>|P<\w+>)/, '');
      const isLook = /^\?[=!<>]/.test(pattern.slice(start + 1, at));
      const repeats = !isLook && /^(?:[*+](?!\+)|\{\d*,\})/.test(pattern.slice(at + 1));
      groups.push({ start, end: at, body, repeats });
    }
  }
  return groups;
}

// One repeated atom alone, or with atoms that may be left out: nothing says where a round ends.
function isAmbiguous(body: string): boolean {
  const branches = body.split('|');
  if (branches.length > 1) {
    if (/[()[\]]/.test(body)) return false;
    return new Set(branches).size < branches.length;
  }
  const atoms = atomsOf(body);
  if (atoms === null || atoms.length === 0) return false;
  return atoms.some(
    (atom) =>
      /^(?:[*+]|\{\d*,\})$/.test(atom.count) &&
      atoms.every((other) => other === atom || /^(?:[*?]|\{0?,)/.test(other.count)),
  );
}

interface Atom {
  readonly text: string;
  readonly count: string;
}

function atomsOf(body: string): readonly Atom[] | null {
  const atoms: Atom[] = [];
  const atom = /(\\.|\[(?:\\.|[^\]\\])*\]|[^\\[\](){}*+?|])((?:[*+?]|\{\d*,?\d*\})?[?+]?)/y;
  for (let at = 0; at < body.length;) {
    atom.lastIndex = at;
    const found = atom.exec(body);
    if (found === null) return null;
    const text = found[1] ?? '';
    if (text !== '^' && text !== '$') atoms.push({ text, count: found[2] ?? '' });
    at += found[0].length;
  }
  return atoms;
}
