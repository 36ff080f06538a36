import type { Scene } from '../guard.ts';
import { productionEdits } from './edits.ts';
import type { Edit } from './edits.ts';

/** A number that the change exchanged, with the name of the setting it belongs to. */
export interface Raised {
  readonly edit: Edit;
  readonly name: string;
  readonly from: number;
  /** Infinity where the setting now has no end. */
  readonly to: number;
}

const endless =
  /^(?:Infinity|Number\.(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER|MAX_VALUE)|math\.(?:inf|MaxInt\d*)|float\(["']inf["']\)|sys\.maxsize|(?:Integer|Long)\.MAX_VALUE|int\.MaxValue|(?:u\w+|usize)::MAX|-1|None|null|PHP_INT_MAX|Float::INFINITY)$/;

/** Numbers that the change exchanged for others on lines that name a setting like this. */
export function raisedNumbers(scene: Scene, named: RegExp): readonly Raised[] {
  return productionEdits(scene, named).flatMap((edit) => {
    const from = numberOf(edit.gone);
    const to = endless.test(edit.came) ? Infinity : numberOf(edit.came);
    if (from === null || to === null) return [];
    const text = edit.file.after?.lines[edit.line - 1] ?? '';
    const name = settingName(text, edit.came);
    return name !== null && named.test(name) ? [{ edit, name, from, to }] : [];
  });
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  l: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
};

function numberOf(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([a-z]{0,2})$/i.exec(text.replace(/_/g, ''));
  const unit = units[match?.[2]?.toLowerCase() ?? ''];
  return match === null || unit === undefined ? null : Number(match[1]) * unit;
}

// The name in front of the value on its line: `maxRetries: 3`, `.setMaxRetries(3)`, `retries = 3`.
function settingName(line: string, value: string): string | null {
  const at = line.replace(/\s+/g, ' ').lastIndexOf(value.replace(/^-/, ''));
  const before = (at < 0 ? line : line.replace(/\s+/g, ' ').slice(0, at)).slice(-120);
  const name = /([A-Za-z_$][\w$]*)['"]?\s?(?::=|:|=>|=|\()?\s?(?:[\w.]+\()?['"]?-?$/.exec(before);
  return name?.[1] ?? null;
}
