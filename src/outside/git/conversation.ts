import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { startGit } from './run.ts';
import type { Place } from './run.ts';

export type Mode = '--batch' | '--batch-check';

/** What git answered about one object: the line, and the bytes that followed it. Null: it ended instead. */
export interface Answer {
  readonly line: string;
  readonly content: Buffer | null;
}

/** Asked lines that wait for as many answers, in order. */
interface Waiting {
  readonly lines: readonly string[];
  readonly answers: Answer[];
  readonly resolve: (answers: readonly (Answer | null)[]) => void;
}

/** An idle git goes after this time; the next question starts another. */
const idleMs = 1000;

/**
 * A `git cat-file --batch` (or `--batch-check`) that stays for the next question, because starting a process takes
 * longer than most answers. It keeps nobody's process alive while it is idle.
 */
export class Conversation {
  readonly #place: Place;
  readonly #mode: Mode;
  readonly #options: readonly string[];
  #child: ChildProcess | null = null;
  #waiting: Waiting[] = [];
  #chunks: Buffer[] = [];
  #have = 0;
  /** Bytes without which the next answer cannot be whole. */
  #need = 1;
  #idle: NodeJS.Timeout | null = null;

  constructor(place: Place, mode: Mode, options: readonly string[] = []) {
    this.#place = place;
    this.#mode = mode;
    this.#options = options;
  }

  /** Asks one line for each object; lines must not contain line ends. */
  ask(lines: readonly string[]): Promise<readonly (Answer | null)[]> {
    if (lines.length === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      this.#waiting.push({ lines, answers: [], resolve });
      this.start();
      this.#send(lines);
    });
  }

  /** Starts git if it does not run, so that a first question need not wait for it. */
  start(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#child === null) {
      const child = startGit(this.#place, ['cat-file', this.#mode, ...this.#options]);
      this.#child = child;
      child.stdout?.on('data', (chunk: Buffer) => this.#hear(chunk));
      // Git may end while we still ask; its end is heard below.
      child.stdin?.on('error', () => {});
      child.on('error', () => this.#ended(child));
      child.on('close', () => this.#ended(child));
    }
    this.#hold(this.#waiting.length > 0);
    if (this.#waiting.length === 0) this.#rest();
  }

  /** Says that no more questions come. */
  end(): void {
    this.#child?.stdin?.end();
  }

  #send(lines: readonly string[]): void {
    this.#child?.stdin?.write(lines.map((line) => `${line}\n`).join(''));
  }

  #hear(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#have += chunk.length;
    if (this.#have < this.#need) return;
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    let place = 0;
    this.#need = 1;
    for (;;) {
      const answer = answerAt(bytes, place, this.#mode === '--batch');
      if (answer === null) break;
      if (typeof answer === 'number') {
        this.#need = answer - place;
        break;
      }
      place = answer.end;
      this.#answered(answer);
    }
    const rest = bytes.subarray(place);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#have = rest.length;
    if (this.#need <= this.#have) this.#need = this.#have + 1;
    if (this.#waiting.length === 0) this.#rest();
  }

  #answered({ line, content }: Answer): void {
    const first = this.#waiting[0];
    if (first === undefined) return;
    first.answers.push({ line, content });
    if (first.answers.length < first.lines.length) return;
    this.#waiting.shift();
    first.resolve(first.answers);
  }

  /** A question that git dies of gets no more answers; those behind it are asked again. */
  #ended(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#chunks = [];
    this.#have = 0;
    this.#need = 1;
    const first = this.#waiting.shift();
    first?.resolve(first.lines.map((_, index) => first.answers[index] ?? null));
    if (this.#waiting.length === 0) return;
    this.start();
    for (const { lines } of this.#waiting) this.#send(lines);
  }

  #rest(): void {
    this.#hold(false);
    const child = this.#child;
    this.#idle ??= setTimeout(() => {
      this.#idle = null;
      if (this.#waiting.length > 0 || child === null || this.#child !== child) return;
      this.#child = null;
      child.stdin?.end();
    }, idleMs).unref();
  }

  #hold(isNeeded: boolean): void {
    const child = this.#child;
    for (const part of [child, child?.stdin, child?.stdout]) {
      if (part === child || part instanceof Socket) {
        if (isNeeded) part?.ref();
        else part?.unref();
      }
    }
  }
}

/** Asks very many lines at once of a git of their own, which then need not hand over each answer by itself. */
export function askInBulk(
  place: Place,
  mode: Mode,
  lines: readonly string[],
): Promise<readonly (Answer | null)[]> {
  const bulk = new Conversation(place, mode, ['--buffer']);
  const answers = bulk.ask(lines);
  bulk.end();
  return answers;
}

interface Found extends Answer {
  readonly end: number;
}

/** The answer that begins at a place; the place its bytes must reach when they have not all come; null: no line yet. */
function answerAt(bytes: Buffer, place: number, withContent: boolean): Found | number | null {
  const lineEnd = bytes.indexOf(0x0a, place);
  if (lineEnd < 0) return null;
  const line = bytes.toString('latin1', place, lineEnd);
  const size = withContent ? /^[0-9a-f]{40,64} [a-z]+ (\d+)$/.exec(line)?.[1] : undefined;
  if (size === undefined) return { line, content: null, end: lineEnd + 1 };
  const contentEnd = lineEnd + 1 + Number(size);
  if (contentEnd + 1 > bytes.length) return contentEnd + 1;
  return { line, content: bytes.subarray(lineEnd + 1, contentEnd), end: contentEnd + 1 };
}
