/** The offered word closest to what was written, when it is close enough to be meant; otherwise null. */
export function nearest(written: string, offered: Iterable<string>): string | null {
  const wanted = written.toLowerCase().slice(0, longest);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const word of offered) {
    const steps = distance(wanted, word.toLowerCase().slice(0, longest));
    if (steps < least) {
      best = word;
      least = steps;
    }
  }
  return best;
}

// Names longer than this differ early or not at all; it bounds the quadratic work on hostile input.
const longest = 60;

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(
        Math.min(
          cell(rows, i - 1, j) + 1,
          (row[j - 1] ?? 0) + 1,
          cell(rows, i - 1, j - 1) + (same ? 0 : 1),
          swapped ? cell(rows, i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
    rows.push(row);
  }
  return cell(rows, from.length, to.length);
}

function cell(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
