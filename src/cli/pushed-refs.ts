/** One reference that a push wants to move. */
export interface PushedRef {
  readonly ref: string;
  /** Null for a reference that is new, or goes. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface PushedRefs {
  readonly refs: readonly PushedRef[];
  /** Lines that are not in git's form; a gate refuses them. */
  readonly malformed: readonly string[];
}

/** Git's input to `pre-receive`: `<old> <new> <ref>` a line (githooks(5)). */
export function readPreReceive(input: string): PushedRefs {
  return readLines(input, /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (refs\/.+)$/, (match) => ({
    ref: match[3] ?? '',
    from: revision(match[1]),
    to: revision(match[2]),
  }));
}

/** Git's input to `pre-push`: `<local ref> <local sha> <remote ref> <remote sha>` a line. */
export function readPrePush(input: string): PushedRefs {
  return readLines(input, /^(.+) ([0-9a-f]{40,64}) (refs\/\S+) ([0-9a-f]{40,64})$/, (match) => ({
    ref: match[3] ?? '',
    from: revision(match[4]),
    to: revision(match[2]),
  }));
}

function readLines(
  input: string,
  form: RegExp,
  read: (match: RegExpExecArray) => PushedRef,
): PushedRefs {
  const refs: PushedRef[] = [];
  const malformed: string[] = [];
  for (const line of input.split('\n').filter((text) => text !== '')) {
    const match = form.exec(line);
    if (match) refs.push(read(match));
    else malformed.push(line);
  }
  return { refs, malformed };
}

/** All zeros stand for "no such reference", with SHA-1 and SHA-256 ids alike. */
function revision(sha: string | undefined): string | null {
  return sha === undefined || /^0+$/.test(sha) ? null : sha;
}
