import type { Command, Redirect, Script, ShellParser } from '../../commands/commands.ts';
import { piece, quoted, scriptsWithin, word } from './shell-words.ts';
import type { Node, Reading } from './shell-words.ts';
import { parse } from 'unbash';
import type * as Bash from 'unbash';

/** How deep scripts may stand inside scripts; beyond it the rest is not understood. */
const deepest = 30;
/** Longest script we read, in characters; what is longer carries data and is not checked. */
const longestScript = 1_000_000;

/** Reads Bash and POSIX shell scripts. */
export const parseShell: ShellParser = (text) => {
  if (text.length > longestScript) return null;
  try {
    return script(parse(text), 0);
  } catch {
    // The parser is not ours; a text that breaks it is a text that was not understood.
    return null;
  }
};

export function script(parsed: Bash.ParsedScript | undefined, depth: number): Script {
  if (parsed === undefined || depth > deepest) return { commands: [], complete: false };
  const reading: Reading = {
    complete: true,
    depth,
    script: (inner) => {
      const read = script(inner, depth + 1);
      if (!read.complete) reading.complete = false;
      return read;
    },
  };
  const commands = statements(parsed.commands, reading);
  return { commands, complete: reading.complete && (parsed.errors ?? []).length === 0 };
}

function statements(list: readonly Bash.Statement[], reading: Reading): readonly Command[] {
  return list.map(({ command: node }) => command(node, reading));
}

function command(node: Bash.PipelineNode | Bash.AndOr, reading: Reading): Command {
  switch (node.type) {
    case 'Command':
      return simple(node, reading);
    case 'Pipeline':
      return { kind: 'pipeline', commands: node.commands.map((part) => command(part, reading)) };
    case 'AndOr':
      return { kind: 'list', commands: node.commands.map((part) => command(part, reading)) };
    case 'Redirected':
      return {
        kind: 'group',
        subshell: node.command.type === 'Subshell',
        commands: [command(node.command, reading)],
        redirects: redirects(node.redirects, reading),
      };
    case 'Function':
      return { kind: 'function', name: node.name.value, body: body(node.body, reading) };
    case 'Coproc':
      return body(node.body, reading);
    case 'Subshell':
    case 'BraceGroup':
    case 'If':
    case 'Case':
    case 'For':
    case 'Select':
    case 'While':
    case 'ArithmeticFor':
    case 'TestCommand':
    case 'ArithmeticCommand':
      return compound(node, reading);
  }
}

function body(
  node: Bash.Command | Bash.CompoundCommand | Bash.Redirected | Bash.CompoundList,
  reading: Reading,
): Command {
  return node.type === 'CompoundList'
    ? { kind: 'list', commands: statements(node.commands, reading) }
    : command(node, reading);
}

function compound(node: Bash.CompoundCommand, reading: Reading): Command {
  switch (node.type) {
    case 'Subshell':
    case 'BraceGroup':
      return {
        kind: 'group',
        subshell: node.type === 'Subshell',
        commands: statements(node.body.commands, reading),
        redirects: [],
      };
    case 'If':
      return ifWays(node, reading);
    case 'Case':
      return {
        kind: 'branches',
        first: [mentioned([node.word, ...node.items.flatMap((item) => item.pattern)], reading)],
        ways: node.items.map((item) => statements(item.body.commands, reading)),
      };
    case 'For':
    case 'Select':
      return {
        kind: 'loop',
        variable: node.name.value,
        over: node.wordlist === undefined ? null : node.wordlist.map((one) => word(one, reading)),
        commands: statements(node.body.commands, reading),
      };
    case 'While':
      return {
        kind: 'loop',
        variable: null,
        over: null,
        commands: [
          ...statements(node.clause.commands, reading),
          ...statements(node.body.commands, reading),
        ],
      };
    case 'ArithmeticFor':
      return {
        kind: 'loop',
        variable: null,
        over: null,
        commands: [hidden(node, reading), ...statements(node.body.commands, reading)],
      };
    case 'TestCommand':
    case 'ArithmeticCommand':
      return hidden(node, reading);
  }
}

function ifWays(node: Bash.If, reading: Reading): Command {
  return {
    kind: 'branches',
    first: statements(node.clause.commands, reading),
    ways: [
      statements(node.then.commands, reading),
      ...node.elif.map(({ clause, then }) => [
        ...statements(clause.commands, reading),
        ...statements(then.commands, reading),
      ]),
      ...(node.else === undefined ? [] : [statements(node.else.commands, reading)]),
    ],
  };
}

function simple(node: Bash.Command, reading: Reading): Command {
  const assignments = [...node.prefix, ...node.suffix].filter((part) => part.type === 'Assignment');
  const words = node.suffix.flatMap((part) =>
    part.type === 'Word' || part.type === 'Assignment' ? [word(part, reading)] : [],
  );
  return {
    kind: 'simple',
    assignments: assignments.map((one) => ({
      name: one.name,
      append: one.append === true,
      index: one.index === undefined ? null : word(one.index, reading),
      values:
        one.value.type === 'Word'
          ? [word(one.value, reading)]
          : one.value.elements.map((element) => word(element, reading)),
    })),
    words: node.name === undefined ? words : [word(node.name, reading), ...words],
    redirects: redirects(node.redirects, reading),
  };
}

function redirects(list: readonly Bash.Redirection[], reading: Reading): readonly Redirect[] {
  return list.flatMap((one): readonly Redirect[] => {
    if (one.type === 'HereDoc')
      return [{ kind: 'text' as const, body: hereDocument(one, reading) }];
    if (one.target === undefined) return [];
    const target = word(one.target, reading);
    if (one.type === 'HereString') {
      return [{ kind: 'text' as const, body: { pieces: [...target.pieces, newline] } }];
    }
    const descriptor = one.descriptor?.type === 'FileDescriptor' ? one.descriptor.value : null;
    return [{ kind: 'file' as const, operator: one.operator, descriptor, target }];
  });
}

const newline = { kind: 'text', text: '\n', quoted: true } as const;

function hereDocument(node: Bash.HereDoc, reading: Reading) {
  const { parts, text } = node.body;
  const stripped = node.operator === '<<-';
  if (node.delimiter?.quoted === true || parts === undefined) {
    const plain = node.delimiter?.quoted === true ? text : text.replace(/\\([$`\\])/g, '$1');
    return { pieces: [quoted(stripped ? plain.replace(/^\t+/gm, '') : plain)] };
  }
  return {
    pieces: parts.flatMap((part) => {
      const pieces = piece(part, true, reading);
      return pieces.map((one) =>
        stripped && one.kind === 'text' ? quoted(one.text.replace(/\n\t+/g, '\n')) : one,
      );
    }),
  };
}

// Words that are compared, not run; the substitutions in them run all the same.
function mentioned(words: readonly Bash.Word[], reading: Reading): Command {
  return {
    kind: 'simple',
    assignments: [],
    words: [{ pieces: [quoted('[[')] }, ...words.map((one) => word(one, reading))],
    redirects: [],
  };
}

export function hidden(node: Node, reading: Reading): Command {
  const scripts = scriptsWithin(node, reading);
  return {
    kind: 'simple',
    assignments: [],
    words: [{ pieces: [quoted('[[')] }, { pieces: [{ kind: 'computed', scripts }] }],
    redirects: [],
  };
}
