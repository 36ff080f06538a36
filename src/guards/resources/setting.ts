import type { Data } from '../data.ts';

/** One value that infrastructure code sets, with where it stands in its resource. */
export interface Setting {
  /** Names that lead to it, without positions: `ingress.cidr_blocks`. */
  readonly path: string;
  /** The list item or nested block it stands in: `ingress#0`; empty at the top. */
  readonly at: string;
  readonly value: string | number | boolean | null;
  /** False when the value is an expression, a variable or an intrinsic function. */
  readonly literal: boolean;
  readonly line: number;
}

/** Where a value stands, while settings are collected. */
export interface Spot {
  readonly path: string;
  readonly at: string;
}

/** A name further down from a spot. */
export function below({ path, at }: Spot, name: string): Spot {
  return { path: path === '' ? name : `${path}.${name}`, at };
}

/** The spot of one item of a list, or of one of several blocks of a name. */
export function itemAt({ path }: Spot, index: number, parent: Spot): Spot {
  const last = path.slice(path.lastIndexOf('.') + 1);
  const at = `${last}#${index}`;
  return { path, at: parent.at === '' ? at : `${parent.at}.${at}` };
}

/** All settings in YAML or JSON; `isLiteral` tells of lines that hold no intrinsic function. */
export function settingsOfData(
  data: Data,
  spot: Spot,
  isLiteral: (line: number) => boolean,
): readonly Setting[] {
  if (data.kind === 'scalar') {
    return [{ ...spot, value: data.value, literal: isLiteral(data.line), line: data.line }];
  }
  if (data.kind === 'list') {
    return data.items.flatMap((item, index) =>
      settingsOfData(item, item.kind === 'scalar' ? spot : itemAt(spot, index, spot), isLiteral),
    );
  }
  const [only] = data.entries.keys();
  if (data.entries.size === 1 && only !== undefined && /^(?:Ref|Fn::\w+)$/.test(only)) {
    return [{ ...spot, value: only, literal: false, line: data.line }];
  }
  return [...data.entries].flatMap(([name, { value }]) =>
    settingsOfData(value, below(spot, name), isLiteral),
  );
}

/** One text for where a setting stands, the same before and after. */
export function placeOf({ path, at }: Spot): string {
  return `${at} ${path}`;
}
