/** Numbers from 0 to 1 that look thrown and are the same for the same seed. */
export type Dice = () => number;

/** A small generator with 32 bits of state: enough to draw rows of a table, of no use for a secret. */
export function diceOf(seed: number): Dice {
  let state = Math.trunc(seed) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
}
