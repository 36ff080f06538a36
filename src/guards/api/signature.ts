/** A function as its callers see it. */
export interface Signature {
  readonly parameters: readonly SignatureParameter[];
  readonly isAsync: boolean;
  /** As written, blanks removed; empty where the language or the author leaves it open. */
  readonly returns: string;
}

export interface SignatureParameter {
  readonly name: string;
  readonly isRequired: boolean;
  /** Takes whatever is left: `...rest`, `*args`, `**kwargs`. */
  readonly isRest: boolean;
  /** As written, blanks removed; empty where it is left open. */
  readonly type: string;
}

/** How a signature changed for those who call it. */
export interface SignatureChange {
  readonly says: string;
  /** Arguments a caller must now give at least; null when the number is not what changed. */
  readonly leastArguments: number | null;
  /** The result must now be awaited. */
  readonly isNowAsync: boolean;
}

/** The first thing in a changed signature that a correct old caller trips over; null when there is none. */
export function signatureChange(was: Signature, now: Signature): SignatureChange | null {
  const [old, fresh] = [required(was), required(now)];
  const added = now.parameters.filter(
    (one) =>
      one.isRequired && !one.isRest && !was.parameters.some((before) => before.name === one.name),
  );
  if (fresh > old && !hasRest(was))
    return changed(
      `requires ${names(added.length > 0 ? added : now.parameters.slice(old, fresh))}`,
      { leastArguments: fresh },
    );
  if (was.parameters.length > now.parameters.length && !hasRest(now)) {
    const removed = was.parameters.filter(
      (one) => !one.isRest && !now.parameters.some((after) => after.name === one.name),
    );
    if (removed.length > 0) return changed(`no longer takes ${names(removed)}`);
  }
  if (isReordered(was, now)) return changed('takes its parameters in another order');
  if (
    !was.isAsync &&
    now.isAsync &&
    !/^(?:Promise|Awaitable|Coroutine|Task|Future)\b/.test(was.returns)
  )
    return changed('is now async', { isNowAsync: true });
  if (was.isAsync && !now.isAsync && !/^Promise\b/.test(now.returns) && now.returns !== '')
    return changed('is no longer async');
  if (was.returns !== '' && now.returns !== '' && isOtherReturn(was.returns, now.returns))
    return changed(`returns ${now.returns} instead of ${was.returns}`);
  return null;
}

function changed(says: string, more: Partial<SignatureChange> = {}): SignatureChange {
  return { says, leastArguments: null, isNowAsync: false, ...more };
}

function required({ parameters }: Signature): number {
  return parameters.filter((one) => one.isRequired && !one.isRest).length;
}

function hasRest({ parameters }: Signature): boolean {
  return parameters.some((one) => one.isRest);
}

function names(parameters: readonly SignatureParameter[]): string {
  return parameters
    .map((one) => one.name)
    .slice(0, 4)
    .join(', ');
}

// Two parameters that both versions know, in exchanged order, of different or open types.
function isReordered(was: Signature, now: Signature): boolean {
  const kept = was.parameters
    .map((one) => one.name)
    .filter((name) => now.parameters.some((one) => one.name === name));
  const order = now.parameters.map((one) => one.name).filter((name) => kept.includes(name));
  return kept.join() !== order.join() && new Set(kept).size === kept.length;
}

// A union with one more member or other spelling of the same is for the type checker to judge.
function isOtherReturn(was: string, now: string): boolean {
  const root = (type: string): string =>
    type.replace(/^(?:Promise|Awaited|Readonly|readonly)</, '').replace(/<.*$|\[\]$|>$/g, '');
  return (
    root(was) !== root(now) && !now.includes(was) && !was.includes(now) && !/[{|&(]/.test(was + now)
  );
}
