/** A whole number with its thousands set apart: `1,200`. The built-in way loads tables for every language first. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
