import type { ChangedFile, Scene, Source } from '../guard.ts';
import { isProductionPath } from '../language.ts';

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals: `FROM`, `RUN`. */
  readonly name: string;
  /** What follows the name, continued lines joined by a blank. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

/** One stage of a build: what follows a `FROM`. */
export interface Stage {
  /** The image or earlier stage it starts from, as written. */
  readonly base: string;
  /** The name after `AS`, in small letters; empty when it has none. */
  readonly name: string;
  readonly from: Instruction;
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile as its builder reads it. */
export interface Dockerfile {
  /** `ARG` before the first stage, with their defaults. */
  readonly args: ReadonlyMap<string, string>;
  readonly stages: readonly Stage[];
}

/** A Dockerfile of the change; null where it is not there before or after. */
export interface DockerfilePair {
  readonly file: ChangedFile;
  readonly was: Dockerfile | null;
  readonly now: Dockerfile;
}

/** Longest Dockerfile we read, in characters. */
const longest = 200_000;
/** Most stages we follow; each is compared with the ones before it. */
const mostStages = 200;

/** The Dockerfiles a change leaves, for production as far as paths tell. */
export function dockerfiles(scene: Scene): readonly DockerfilePair[] {
  return scene.files.flatMap((file) => {
    if (file.language !== 'dockerfile' || file.after === null) return [];
    if (!isProductionPath(file.path)) return [];
    if (file.after.text.length > longest) {
      scene.report({ what: file.path, why: 'it is too long to read as a Dockerfile' });
      return [];
    }
    const was = file.before?.language === 'dockerfile' ? read(file.before) : null;
    const now = readDockerfile(file.after.text);
    if (now.stages.length > mostStages || (was !== null && was.stages.length > mostStages)) {
      scene.report({ what: file.path, why: `it has more than ${mostStages} stages` });
      return [];
    }
    return [{ file, was, now }];
  });
}

function read({ text }: Source): Dockerfile | null {
  return text.length > longest ? null : readDockerfile(text);
}

/** Reads the stages of a Dockerfile; never fails. */
export function readDockerfile(text: string): Dockerfile {
  const args = new Map<string, string>();
  const stages: { from: Instruction; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsIn(text)) {
    const stage = stages.at(-1);
    if (instruction.name === 'FROM') stages.push({ from: instruction, instructions: [] });
    else if (stage !== undefined) stage.instructions.push(instruction);
    else if (instruction.name === 'ARG') {
      for (const [name, value] of pairsIn(instruction.text)) args.set(name, value);
    }
  }
  return { args, stages: stages.map(({ from, instructions }) => stageOf(from, instructions)) };
}

function stageOf(from: Instruction, instructions: readonly Instruction[]): Stage {
  const words = from.text.split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'));
  const isNamed = words[1]?.toLowerCase() === 'as';
  return {
    base: words[0] ?? '',
    name: isNamed ? (words[2] ?? '').toLowerCase() : '',
    from,
    instructions,
  };
}

/** All instructions in order: comments are left out, continued lines and heredocs belong to their instruction. */
export function instructionsIn(text: string): readonly Instruction[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const escape = escapeOf(lines);
  const found: Instruction[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const head = /^\s*([a-z]+)(?:\s+(.*))?$/i.exec(lines[index] ?? '');
    if (head === null) continue;
    const line = index + 1;
    const parts: string[] = [];
    let part = head[2] ?? '';
    while (isContinued(part, escape) && index + 1 < lines.length) {
      parts.push(part.trimEnd().slice(0, -1));
      index += 1;
      while (index + 1 < lines.length && /^\s*(?:#.*)?$/.test(lines[index] ?? '')) index += 1;
      part = lines[index] ?? '';
    }
    parts.push(part);
    const joined = parts.map((one) => one.trim()).join(' ');
    const name = (head[1] ?? '').toUpperCase();
    const end = heredocEnd(lines, index, { name, text: joined });
    const body = lines.slice(index + 1, end + 1);
    found.push({ name, text: [joined, ...body].join('\n').trim(), line, endLine: end + 1 });
    index = end;
  }
  return found;
}

// A first line like `# escape=` and a backtick names another sign for going on in the next line.
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^\s*#\s*(\w+)\s*=\s*(\S+)\s*$/.exec(line);
    if (directive === null) return '\\';
    if (directive[1]?.toLowerCase() === 'escape' && directive[2] === '`') return '`';
  }
  return '\\';
}

function isContinued(part: string, escape: string): boolean {
  return part.trimEnd().endsWith(escape);
}

// A body that nothing closes reaches to the end of the file.
function heredocEnd(
  lines: readonly string[],
  start: number,
  { name, text }: Pick<Instruction, 'name' | 'text'>,
): number {
  if (!['RUN', 'COPY', 'ADD'].includes(name)) return start;
  let end = start;
  for (const [, dash, word] of text.matchAll(/(?<![<\w])<<(-?)["']?([A-Za-z_]\w{0,60})["']?/g)) {
    end += 1;
    while (end < lines.length) {
      const line = lines[end] ?? '';
      if ((dash === '-' ? line.replace(/^\t+/, '') : line) === word) break;
      end += 1;
    }
  }
  return Math.min(end, Math.max(start, lines.length - 1));
}

/** Names and values of `ENV`, `ARG` and `LABEL`: `A=b C="d e"`, or the old form `A b`. */
export function pairsIn(text: string): readonly (readonly [string, string])[] {
  const first = /^\s*([\w.-]+)(\s+|$)(?!=)/.exec(text);
  if (first !== null && !/^\s*[\w.-]+=/.test(text)) {
    const words = text.trim().split(/\s+/);
    return [[first[1] ?? '', words.slice(1).join(' ')]];
  }
  const pair = /([\w.-]+)(?:=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s"'\\]|\\.)*))?/g;
  return [...text.matchAll(pair)].map(([, name, value]) => [
    name ?? '',
    (value ?? '').replace(/^(["'])(.*)\1$/s, '$2'),
  ]);
}

/** The last stage, which becomes the image; null in a file without stages. */
export function finalStage({ stages }: Dockerfile): Stage | null {
  return stages.at(-1) ?? null;
}

/** A stage and those it starts from within the same file, the last one first. */
export function lineage(file: Dockerfile, stage: Stage): readonly Stage[] {
  const found = [stage];
  for (let known = stage; ;) {
    const { base } = known;
    const index = file.stages.indexOf(known);
    const parent = file.stages.find(
      (one, place) => place < index && one.name !== '' && one.name === base.toLowerCase(),
    );
    if (parent === undefined) return found;
    found.push(parent);
    known = parent;
  }
}
