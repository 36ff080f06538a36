import type { HclBlock } from '../guard.ts';
import { readExpression } from './expression.ts';
import { below, itemAt } from './setting.ts';
import type { Setting, Spot } from './setting.ts';

/** All settings of a Terraform block, nested blocks and literal objects and lists included. */
export function settingsOfBlock(
  block: HclBlock,
  spot: Spot = { path: '', at: '' },
): readonly Setting[] {
  const counts = new Map<string, number>();
  return [
    ...block.attributes.flatMap(({ name, value, literal, line }) => {
      const place = below(spot, name);
      return literal
        ? [{ ...place, value, literal, line }]
        : readExpression(String(value), place, line);
    }),
    ...block.blocks.flatMap((inner) => {
      // What a `dynamic` block makes stands in its content.
      const name = inner.type === 'dynamic' ? (inner.labels[0] ?? '') : inner.type;
      const content = inner.type === 'dynamic' ? inner.blocks : [inner];
      return content.flatMap((body) => {
        const index = counts.get(name) ?? 0;
        counts.set(name, index + 1);
        return settingsOfBlock(body, itemAt(below(spot, name), index, spot));
      });
    }),
  ];
}
