/** What a statement does to a database, in the terms our guards think in. */
export type Operation =
  | { readonly kind: 'create-table'; readonly table: string; readonly temporary: boolean }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: AddedColumn }
  | { readonly kind: 'drop-object'; readonly what: DroppedKind; readonly name: string }
  | {
      readonly kind: 'write';
      readonly verb: 'DELETE' | 'UPDATE';
      readonly table: string;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: 'create-index';
      readonly table: string;
      readonly index: string;
      readonly concurrently: boolean;
    }
  | {
      readonly kind: 'drop-index';
      /** Empty where the statement does not name it, as in PostgreSQL. */
      readonly table: string;
      readonly index: string;
      readonly concurrently: boolean;
    }
  | {
      readonly kind: 'drop-constraint';
      readonly table: string;
      readonly name: string;
      /** Null where only the name tells. */
      readonly type: AddedConstraint['type'] | null;
    }
  | {
      readonly kind: 'add-constraint';
      readonly table: string;
      readonly constraint: AddedConstraint;
    }
  | { readonly kind: 'validate'; readonly table: string }
  | { readonly kind: 'set-not-null'; readonly table: string; readonly column: string }
  | {
      readonly kind: 'change-type';
      readonly table: string;
      readonly column: string;
      readonly to: string;
      /** Whether it says how to convert (USING). */
      readonly converts: boolean;
    }
  | {
      readonly kind: 'rename-column';
      readonly table: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string }
  /** Writes the table, or an index of it, anew while others wait. */
  | { readonly kind: 'rebuild'; readonly table: string; readonly does: string }
  /** Lets more people at the data than before. `undoes` is what a later statement may put back. */
  | {
      readonly kind: 'open-access';
      readonly table: string;
      readonly does: string;
      readonly undoes: 'policy' | 'row security' | null;
    }
  | { readonly kind: 'close-access'; readonly table: string }
  | { readonly kind: 'transaction'; readonly table: ''; readonly opens: boolean }
  | { readonly kind: 'lock-timeout'; readonly table: '' };

export type DroppedKind = 'table' | 'schema' | 'database' | 'rows';

export interface AddedColumn {
  readonly name: string;
  readonly unique: boolean;
  readonly required: boolean;
  /** Why adding it rewrites every row; null when it does not. */
  readonly rewrites: string | null;
  /** True where deleting the row it refers to deletes its own row. */
  readonly cascades?: boolean;
}

export interface AddedConstraint {
  readonly type: 'foreign key' | 'check' | 'unique' | 'primary key' | 'exclusion';
  /** Declared NOT VALID, or built from an index that exists. */
  readonly deferred: boolean;
  readonly name?: string;
  /** Columns it is about, where they are written out. */
  readonly columns?: readonly string[];
  /** The table a foreign key refers to, where deleting there deletes here. */
  readonly cascadesFrom?: string;
}

/** One statement, wherever it is written, and what it does. */
export interface RawStep {
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  readonly operations: readonly Operation[];
}

/** Table an operation is about; null where none is named, as for schemas and databases. */
export function tableOf(operation: Operation): string | null {
  if (operation.kind !== 'drop-object') return operation.table === '' ? null : operation.table;
  return operation.what === 'table' || operation.what === 'rows' ? operation.name : null;
}
