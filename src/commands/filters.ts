import { hole } from './command.ts';
import type { Feed, Run } from './command.ts';
import { longestText } from './expand.ts';
import { readsInline } from './inline-source.ts';
import { literalsOf } from './literals.ts';
import { resolvePath } from './paths.ts';
import { applyStreamEdits, streamScript } from './stream-edit.ts';
import { fileText } from './walker.ts';
import type { Walker } from './walker.ts';

/** Most texts of a program that may come out of it. */
const mostTexts = 200;

const plainFilters =
  /^(?:tr|cut|fold|nl|rev|envsubst|iconv|fmt|expand|unexpand|column|paste|jq|yq|dos2unix|cowsay|pr|comm|join)$/;
const editors = /^(?:g?sed|perl)$/;
const programs = /^(?:[gmn]?awk|perl|ruby|python[\d.]*|node|php|bun|deno|lua)$/;

/**
 * What comes out of a program that changes its input: exactly, where it only replaces plain text, else whatever may be
 * in it, between marks of what is not known. Null when the program is none of these.
 */
export function filtered(run: Run, walker: Walker): Feed | null {
  const from = run.stdin?.from ?? [];
  if (editors.test(run.name)) {
    const script = streamScript(run);
    if (script !== null) {
      const input = inputOf(run, walker, script.files);
      const isWhole = script.edits !== null && input.exact && !run.args.includes('-n');
      const text = isWhole ? applyStreamEdits(script.edits, input.text) : null;
      if (text !== null && !text.includes(hole)) return { text, exact: true, from };
      const puts = script.edits === null ? script.texts : script.edits.map(({ put }) => put);
      return mayHold([input.text, ...puts], from);
    }
  }
  if (plainFilters.test(run.name)) {
    const files = filesOf(run, walker);
    if (run.stdin !== null || files.length > 0)
      return mayHold([run.stdin?.text ?? '', ...files], from);
  }
  if (!programs.test(run.name)) return null;
  const code = readsInline(walker, run);
  if (code === null) return null;
  const texts = literalsOf(code).map(({ text }) => text);
  const isScript = run.stdin?.text === code;
  const files = run.name.endsWith('awk') ? filesOf(run, walker) : [];
  return mayHold([isScript ? '' : (run.stdin?.text ?? ''), ...texts, ...files], from);
}

// Words that name a file that is there.
function filesOf({ args, cwd, elsewhere }: Run, walker: Walker): readonly string[] {
  if (elsewhere) return [];
  const texts = args.slice(0, mostTexts).flatMap((arg) => {
    const isName = !arg.startsWith('-') && arg.length < 500 && !/[\n{}$]/.test(arg);
    const text = isName ? fileText(walker, resolvePath(arg, cwd)) : null;
    return text === null || text.length > longestText ? [] : [text];
  });
  return texts;
}

function inputOf(run: Run, walker: Walker, files: readonly string[]): Feed {
  if (files.length === 0) return run.stdin ?? { text: hole, exact: false, from: [] };
  const texts = files.map((file) =>
    run.elsewhere || file.includes(hole) ? null : fileText(walker, resolvePath(file, run.cwd)),
  );
  return {
    text: texts.map((text) => text ?? hole).join(''),
    exact: texts.every((text) => text !== null),
    from: [],
  };
}

function mayHold(texts: readonly string[], from: readonly Run[]): Feed {
  const known = texts
    .slice(0, mostTexts)
    .flatMap((text) => text.split(hole))
    .filter((text) => text.trim() !== '');
  return { text: ['', ...known, ''].join(hole), exact: false, from };
}
