import { hole } from './command.ts';
import type { Run } from './command.ts';
import { resolvePath } from './paths.ts';
import { readsInline } from './inline-source.ts';
import type { Literal } from './literals.ts';
import { literalsOf } from './literals.ts';
import { keepText } from './walker.ts';
import type { Walker } from './walker.ts';

/** Most calls of one inline program that are looked at. */
const mostCalls = 300;

/** Ways back into following commands. */
export interface Follows {
  readonly call: (argv: readonly string[]) => void;
  readonly text: (text: string) => void;
}

/**
 * Looks at a program given in the command itself (`python -c`, `node -e`, a document on standard input): which
 * commands it starts and which files it writes, by its literals. Nothing is run.
 */
export function inlineCode(walker: Walker, run: Run, follows: Follows): void {
  const code = readsInline(walker, run);
  if (code === null) return;
  const literals = literalsOf(code);
  for (const [index, literal] of literals.slice(0, mostCalls).entries()) {
    const { before } = literal;
    if (starts.test(before) || isGrave(literal, literals[index + 1])) {
      follows.text(startedText(literals, index));
    }
    const target = literal.text.replace(perlVariable, hole);
    if (deletes.test(before)) follows.call(['rm', '-rf', target]);
    else if (deletesFile.test(before)) follows.call(['rm', target]);
  }
  if (deletesUnknown.test(code)) follows.call(['rm', '-rf', hole]);
  if (startsUnknown.test(code)) follows.call([hole]);
  if (run.elsewhere) return;
  recordInline(walker, run, { code, literals });
}

const starts =
  /(?:\bsystem|\bpopen|\bexec(?:Sync|File|FileSync)?|\bspawn(?:Sync)?|subprocess\.\w+|\bcheck_(?:call|output)|\bshell_exec|\bpassthru|\bspawn|do shell script|\bRun|\bCommand|Bun\.\$|\$)\s{0,3}\(?\s{0,3}\[?\s{0,3}$|%x$|`$/;
const deletes =
  /(?:rmtree|rmSync|rmdirSync|\brm|rm_rf|rm_r|remove_entry\w*|rimraf(?:\.sync)?|\)\.sync|removeSync|remove_tree|emptyDirSync|rmdir)\s{0,3}\(?\s{0,3}\[?(?:(?:pathlib\.)?Path\(\s{0,3})?$/;
const deletesFile =
  /(?:\bunlink(?:Sync)?|\bos\.remove|\bFile\.delete|\bDeno\.remove\w{0,4})\s{0,3}\(?\s{0,3}$/;
const perlVariable = /[$@]\{?[A-Za-z_]\w{0,60}(?:\{\w{1,60}\})?\}?/g;
const deletesUnknown =
  /(?:rmtree|rmSync|rm_rf|rimraf|remove_tree)\s{0,3}(?:\(\s{0,3}(?!(?:pathlib\.)?Path\(['"])[A-Za-z_$@[][\w.$]{0,60}\s{0,3}[,)+({[\]]|\s{1,3}[$@][\w{])/;
const startsUnknown =
  /(?:os\.system|os\.popen|\bexecSync|\bspawnSync|subprocess\.(?:run|call|Popen|check_\w{1,10}))\s{0,3}\(\s{0,3}[A-Za-z_$][\w.$]{0,60}\s{0,3}[,)]/;

// `['rm', '-rf', 'x']` and `'rm', ['-rf', 'x']` are one command in several literals.
function startedText(literals: readonly Literal[], index: number): string {
  const first = literals[index];
  if (first === undefined) return '';
  const words = [first.text];
  for (const next of literals.slice(index + 1, index + 30)) {
    if (!/^\s{0,20}\[?\s{0,20},\s{0,20}\[?\s{0,20}$/.test(next.before)) break;
    words.push(`'${next.text.replaceAll("'", `'\\''`)}'`);
  }
  return words.join(' ');
}

const graveStart =
  /^\s{0,5}(?:sudo\s{1,3})?(?:\/\S{1,40}\/)?(?:rm|git|psql|mysql|dropdb|terraform|tofu|kubectl|aws|gcloud|mkfs\S{0,10}|dd|shred|pkill|killall|hallmonitor|pulumi|shutdown|find)$/;

// Whatever the program calls the function that starts commands, such a text is one.
function isGrave(literal: Literal, next: Literal | undefined): boolean {
  const [first = '', ...rest] = literal.text.trim().split(/\s+/, 3);
  const program = first === 'do' && rest[0] === 'shell' ? 'rm' : first;
  if (!graveStart.test(program)) return false;
  return (
    rest.length > 0 ||
    (next !== undefined && /^\s{0,20}\[?\s{0,20},\s{0,20}\[?\s{0,20}$/.test(next.before))
  );
}

const opens =
  /(?:\bopen|\bPath|\bwriteFile(?:Sync)?|\bwriteTextFile(?:Sync)?|\bFile\.write|\bIO\.write|file_put_contents|Bun\.write|outputFile(?:Sync)?|appendFile(?:Sync)?|createWriteStream)\s{0,3}\(\s{0,3}$/;
const puts =
  /^["'`]?[^"'`]{0,60}(?:\)\s{0,3}\.\s{0,3}(?:write|write_text|puts)\s{0,3}\(\s{0,3}|,\s{0,3})$/;
const writing =
  /\bwrite|\bputs\b|\.dump\(|\bprint\([^)]{0,200}file\s{0,2}=|['"](?:w|a|x|r\+|w\+|wb|ab|>|>>)['"]|\bcopy|\brename|\bmove|\breplace\(|\bunlink|\bremove\(|file_put_contents/;

function recordInline(
  walker: Walker,
  run: Run,
  { code, literals }: { readonly code: string; readonly literals: readonly Literal[] },
): void {
  if (!writing.test(code)) return;
  let certain = 0;
  literals.forEach((literal, index) => {
    if (!opens.test(literal.before)) return;
    const found = textFor(literals, index);
    const path = resolvePath(literal.text, run.cwd);
    if (found === null || path === null || found.text.includes(hole)) return;
    certain += 1;
    walker.writes.push({ kind: found.append ? 'append' : 'write', path, content: found.text });
    if (!found.append) keepText(walker, path, found.text);
  });
  const calls = code.match(/\bwrite\w*\s{0,3}\(|file_put_contents|\bputs\s/g) ?? [];
  if (certain === 1 && calls.length === 1) return;
  const paths = literals.filter(({ text, before }) => opens.test(before) && text.length < 500);
  const fragments = [...literals.map(({ text }) => text).filter((text) => text !== ''), code];
  const named =
    paths.length === 0 ? [null] : paths.map(({ text }) => resolvePath(text, run.cwd) ?? text);
  for (const path of new Set(named)) walker.writes.push({ kind: 'unknown', path, fragments });
}

const opensFile = /\bopen\s{0,3}\(\s{0,3}$/;
const thenWrites =
  /\)\s{0,3}(?:as\s{1,3}(\w{1,40})\s{0,3}:\s{0,20}\1)?\s{0,3}\.\s{0,3}(?:write|puts)\s{0,3}\(\s{0,3}$/;

// After the path, perhaps after the mode, comes the text.
function textFor(
  literals: readonly Literal[],
  index: number,
): { readonly text: string; readonly append: boolean } | null {
  const [path, next, after] = literals.slice(index, index + 3);
  if (path === undefined || next === undefined || !puts.test(next.before)) return null;
  if (!opensFile.test(path.before)) {
    return next.interpolated ? null : { text: next.text, append: /append/i.test(path.before) };
  }
  const isMode = /^[wax]b?\+?t?$/.test(next.text);
  if (!isMode || after === undefined || after.interpolated || !thenWrites.test(after.before)) {
    return null;
  }
  return { text: after.text, append: next.text.startsWith('a') };
}
