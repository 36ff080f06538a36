import { hole } from './command.ts';
import type { FileWrite, Run } from './command.ts';
import { foundBy } from './found-files.ts';
import { patched } from './patches.ts';
import { hasAny, readArgs, valuesOf } from './read-args.ts';
import { gone, placed, record, recordText, unknown } from './record.ts';
import { rewritten } from './rewritten.ts';
import { streamEdits } from './stream-edit.ts';
import { addedLines, blockCopied, edited, indexed, sorted } from './text-edits.ts';
import { transfers } from './transfers.ts';
import { fileText, keepText, nothing } from './walker.ts';
import type { Walker } from './walker.ts';

/** Notes what a program writes by itself, apart from redirects. */
export function recordWrites(walker: Walker, run: Run): void {
  if (run.elsewhere) return;
  for (const write of writesOf(walker, run)) {
    if (write.kind === 'write' || write.kind === 'append') {
      const { path, content } = write;
      recordText(walker, {
        path,
        feed: { text: content, exact: true, from: [] },
        append: write.kind === 'append',
      });
    } else record(walker, write);
    if (write.kind === 'copy' || write.kind === 'move') {
      const text = fileText(walker, write.path);
      if (text !== null) keepText(walker, write.to, text);
    }
  }
}

const removers = /^(?:rm|srm|shred|unlink|rmdir|trash|rimraf|del-cli|remove-item)$/;

function removed(run: Run): readonly FileWrite[] {
  const { operands } = readArgs(run.args, ['-n', '--iterations', '-s', '--size']);
  return operands.map((path) => gone(path, run));
}

// A folder that the same command makes is one, although nothing is there yet.
function madeFolders({ runs }: Walker): readonly string[] {
  return runs.flatMap(({ name, args, cwd }) =>
    name === 'mkdir'
      ? args.flatMap((arg) => (arg.startsWith('-') ? [] : (placed(arg, cwd) ?? [])))
      : [],
  );
}

function writesOf(walker: Walker, run: Run): readonly FileWrite[] {
  const { name, args, stdin } = run;
  if (removers.test(name)) return removed(run);
  switch (name) {
    case 'sponge':
    case 'tee': {
      const read = readArgs(args);
      const append = hasAny(read, '-a', '--append');
      for (const path of read.operands) {
        if (path.startsWith('/dev/')) continue;
        const feed = stdin ?? { ...nothing, exact: false };
        recordText(walker, { path: placed(path, run.cwd), feed, append });
      }
      return [];
    }
    case 'cp':
    case 'copy':
    case 'copy-item':
    case 'install':
    case 'ln':
    case 'rsync':
      return transfers(run, 'copy', madeFolders(walker));
    case 'mv':
    case 'move':
    case 'move-item':
      return transfers(run, 'move', madeFolders(walker));
    case 'find':
      return args.includes('-delete') ? foundBy(args).map((path) => gone(path, run)) : [];
    case 'truncate':
      return truncated(run);
    case 'dd':
      return blockCopied(walker, run);
    case 'sort':
    case 'uniq':
      return sorted(walker, run);
    case 'vi':
    case 'vim':
    case 'nvim':
    case 'ex':
    case 'ed':
      return edited(run);
    case 'touch':
      return [];
    case 'sed':
    case 'gsed':
    case 'perl':
      return streamed(run);
    case 'patch':
    case 'apply_patch':
    case 'applypatch':
      return patched(walker, run);
    case 'git':
      return [...patched(walker, run), ...indexed(walker, run)];
    default:
      return downloaded(run);
  }
}

function truncated(run: Run): readonly FileWrite[] {
  const read = readArgs(run.args, ['-s', '--size', '-r', '--reference']);
  const isEmpty = valuesOf(read, '-s', '--size').includes('0');
  return read.operands.map((path) => {
    const absolute = placed(path, run.cwd);
    return absolute !== null && isEmpty
      ? { kind: 'write', path: absolute, content: '' }
      : { kind: 'unknown', path: absolute, fragments: [] };
  });
}

function streamed(run: Run): readonly FileWrite[] {
  const found = streamEdits(run);
  if (found === null) return [];
  return found.files.map((file) => {
    const path = placed(file, run.cwd);
    const added = found.edits === null ? addedLines(found.texts.join('\n')) : null;
    if (path !== null && added?.atEnd === true && !added.text.includes(hole))
      return { kind: 'append', path, content: added.text };
    if (path === null || found.edits === null)
      return { kind: 'unknown', path, fragments: added === null ? found.texts : [added.text] };
    return { kind: 'replace-by-sed', path, edits: found.edits };
  });
}

function downloaded(run: Run): readonly FileWrite[] {
  const read = readArgs(run.args, [
    '-o',
    '--output',
    '-O',
    '--output-document',
    '-OutFile',
    '-outfile',
    '-outFile',
  ]);
  const isDownload = /^(?:curl|wget|invoke-webrequest|iwr|http|aria2c)$/.test(run.name);
  const files =
    run.name === 'curl'
      ? valuesOf(read, '-o', '--output')
      : valuesOf(read, '-o', '-O', '--output-document', '-OutFile', '-outfile');
  if (!isDownload) return [...rewritten(run), ...written(run)];
  return files
    .filter((path) => path !== '-' && !path.startsWith('/dev/'))
    .map((path) => unknown(path, run, null));
}

/** PowerShell's own ways to write a file. */
function written(run: Run): readonly FileWrite[] {
  if (!/^(?:set-content|add-content|out-file|sc|ac|new-item|clear-content)$/.test(run.name))
    return [];
  const args = run.args.map((arg) => (/^-[a-z]+$/i.test(arg) ? arg.toLowerCase() : arg));
  const read = readArgs(args, [
    '-path',
    '-literalpath',
    '-filepath',
    '-value',
    '-encoding',
    '-itemtype',
    '-name',
    '-inputobject',
  ]);
  const path = valuesOf(read, '-path', '-literalpath', '-filepath')[0] ?? read.operands[0];
  if (
    path === undefined ||
    (run.name === 'new-item' && valuesOf(read, '-itemtype').includes('Directory'))
  )
    return [];
  const value =
    valuesOf(read, '-value', '-inputobject')[0] ??
    (valuesOf(read, '-path', '-literalpath').length > 0 ? read.operands[0] : read.operands[1]) ??
    run.stdin?.text ??
    '';
  const absolute = placed(path, run.cwd);
  if (absolute === null || value.includes(hole))
    return [
      {
        kind: 'unknown',
        path: absolute,
        fragments: value.split(hole).filter((part) => part !== ''),
      },
    ];
  const append = run.name === 'add-content' || run.name === 'ac' || hasAny(read, '-append');
  return [{ kind: append ? 'append' : 'write', path: absolute, content: `${value}\n` }];
}
