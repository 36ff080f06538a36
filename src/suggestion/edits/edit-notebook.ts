interface Cell {
  id?: unknown;
  source?: unknown;
  [other: string]: unknown;
}

interface CellEdit {
  readonly cell: string | null;
  readonly mode: 'replace' | 'insert' | 'delete';
  readonly source: string;
}

/** A Jupyter notebook with one of its cells replaced, inserted behind another, or deleted. */
export function editNotebook(
  before: string,
  edit: CellEdit,
): { text: string } | { problem: string } {
  const notebook = readNotebook(before);
  if (notebook === null) return { problem: 'the notebook cannot be read' };
  const at = indexOfCell(notebook.cells, edit.cell);
  if (edit.mode === 'insert') {
    if (edit.cell !== null && at < 0) return { problem: 'the notebook has no such cell' };
    notebook.cells.splice(at + 1, 0, newCell(edit.source));
  } else {
    const cell = notebook.cells[edit.cell === null ? 0 : at];
    if (!cell) return { problem: 'the notebook has no such cell' };
    if (edit.mode === 'delete') notebook.cells.splice(notebook.cells.indexOf(cell), 1);
    else cell.source = Array.isArray(cell.source) ? linesOf(edit.source) : edit.source;
  }
  const text = written(notebook.whole, indentOf(before));
  return text === null ? { problem: 'the notebook cannot be read' } : { text: `${text}\n` };
}

// A file may nest so deeply that it can be read but not written again.
function written(whole: unknown, indent: number): string | null {
  try {
    return JSON.stringify(whole, null, indent);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readNotebook(text: string): { whole: unknown; cells: Cell[] } | null {
  try {
    const whole: unknown = JSON.parse(text);
    if (typeof whole !== 'object' || whole === null || !('cells' in whole)) return null;
    const { cells } = whole;
    return Array.isArray(cells) && cells.every(isCell) ? { whole, cells } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isCell(value: unknown): value is Cell {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Notebooks before format 4.5 have no ids: agents then count, as `cell-3` or `3`.
function indexOfCell(cells: readonly Cell[], name: string | null): number {
  if (name === null) return -1;
  const byId = cells.findIndex(({ id }) => id === name);
  if (byId >= 0) return byId;
  const [, digits] = /^(?:cell-)?(\d{1,6})$/.exec(name) ?? [];
  const index = digits === undefined ? -1 : Number(digits);
  return index < cells.length ? index : -1;
}

function newCell(source: string): Cell {
  return {
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    outputs: [],
    source: linesOf(source),
  };
}

function linesOf(source: string): readonly string[] {
  const lines = source.split('\n');
  return lines
    .map((line, at) => (at < lines.length - 1 ? `${line}\n` : line))
    .filter((line) => line !== '');
}

function indentOf(text: string): number {
  const [, blanks = ' '] = /^\{\r?\n( {1,8})"/.exec(text) ?? [];
  return blanks.length;
}
