import { grouped } from '../change/numbers.ts';
/** Anything quicker than this needs no word about how far it is. */
const quietMs = 1_500;
const everyMs = 200;

/** Shows on standard error how far a long step is; on a terminal in one line, elsewhere not at all. */
export interface Progress {
  readonly step: (what: string, done?: number, total?: number) => void;
  /** Says at once what begins: work that is known to be long and says nothing itself. */
  readonly long: (what: string) => void;
  readonly end: () => void;
}

/** Progress for a person. Nothing appears in the first second and a half. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  const start = performance.now();
  let last = 0;
  let shown = false;
  function show(text: string): void {
    last = performance.now();
    shown = true;
    stream.write(`\r\u001b[K${text}`);
  }
  return {
    step(what, done, total) {
      const now = performance.now();
      if (!stream.isTTY || now - start < quietMs || now - last < everyMs) return;
      show(`${what}${amount(done, total)}`);
    },
    long(what) {
      if (stream.isTTY) show(`${what} …`);
    },
    end() {
      if (shown) stream.write('\r\u001b[K');
    },
  };
}

function amount(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return ' …';
  const made = grouped(done);
  return total === undefined ? ` ${made}` : ` ${made} of ${grouped(total)}`;
}
