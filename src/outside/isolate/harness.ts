/**
 * Runs inside the isolate before any code of the change, and keeps the built-in functions it needs, so that nothing
 * the change does to prototypes reaches it. It calls a function and tells as one text how the call ended: a letter
 * (V value, E error), then fields with a control character between. The host believes none of it beyond that form.
 */
export const harness: string = String.raw`(() => {
  'use strict';
  const { apply, defineProperty, ownKeys, getPrototypeOf, getOwnPropertyDescriptor, get } = Reflect;
  const quote = JSON.stringify;
  const isArray = Array.isArray;
  const toText = String;
  const is = Object.is;
  const { forEach: eachOfMap } = Map.prototype;
  const { forEach: eachOfSet } = Set.prototype;
  const { getTime } = Date.prototype;
  const { toString: patternText } = RegExp.prototype;
  const { toString: symbolText } = Symbol.prototype;
  const { sort } = Array.prototype;
  const { slice } = String.prototype;
  const MapOf = Map;
  const SetOf = Set;
  const DateOf = Date;
  const PatternOf = RegExp;
  const ErrorOf = Error;
  const PromiseOf = Promise;
  const mostNodes = 5000;
  const longest = 100000;

  const tooLarge = {};

  function put(list, at, value) {
    defineProperty(list, at, { __proto__: null, value, writable: true, configurable: true });
  }

  function tell(value, state, depth) {
    state.nodes += 1;
    if (state.nodes > mostNodes || depth > 40) throw tooLarge;
    switch (typeof value) {
      case 'string':
        if (value.length > longest) throw tooLarge;
        return quote(value);
      case 'number':
        return is(value, -0) ? '0' : toText(value);
      case 'bigint':
        return toText(value) + 'n';
      case 'boolean':
      case 'undefined':
        return toText(value);
      case 'symbol':
        return apply(symbolText, value, []);
      case 'function':
        return '[function]';
      default:
        return value === null ? 'null' : tellObject(value, state, depth);
    }
  }

  function tellObject(value, state, depth) {
    for (let at = 0; at < state.trail.length; at += 1)
      if (state.trail[at] === value) return '[circle]';
    const length = state.trail.length;
    put(state.trail, length, value);
    const text = tellKind(value, state, depth + 1);
    state.trail.length = length;
    return text;
  }

  function tellKind(value, state, depth) {
    if (isArray(value)) {
      let text = '[';
      for (let at = 0; at < value.length; at += 1)
        text += (at === 0 ? '' : ', ') + tell(value[at], state, depth);
      return text + ']';
    }
    if (value instanceof DateOf) return 'Date(' + toText(apply(getTime, value, [])) + ')';
    if (value instanceof PatternOf) return apply(patternText, value, []);
    if (value instanceof PromiseOf) throw tooLarge;
    if (value instanceof MapOf || value instanceof SetOf) return tellCollection(value, state, depth);
    if (value instanceof ErrorOf) return nameOf(value) + '(' + tell(value.message, state, depth) + ')';
    const name = nameOf(value);
    return (name === 'Object' ? '' : name + ' ') + tellFields(value, state, depth);
  }

  function tellCollection(value, state, depth) {
    let text = '';
    const isMap = value instanceof MapOf;
    apply(isMap ? eachOfMap : eachOfSet, value, [
      (one, key) => {
        text += (text === '' ? '' : ', ') + (isMap ? tell(key, state, depth) + ' => ' : '');
        text += tell(one, state, depth);
      },
    ]);
    return (isMap ? 'Map(' : 'Set(') + text + ')';
  }

  function tellFields(value, state, depth) {
    const keys = [];
    const all = ownKeys(value);
    for (let at = 0; at < all.length; at += 1) {
      const key = all[at];
      const described = typeof key === 'string' ? getOwnPropertyDescriptor(value, key) : undefined;
      if (described !== undefined && described.enumerable) put(keys, keys.length, key);
    }
    apply(sort, keys, []);
    let text = '';
    for (let at = 0; at < keys.length; at += 1) {
      const one = get(value, keys[at]);
      if (one === undefined) continue;
      text += (text === '' ? '' : ', ') + quote(keys[at]) + ': ' + tell(one, state, depth);
    }
    return text === '' ? '{}' : '{ ' + text + ' }';
  }

  function nameOf(value) {
    const prototype = getPrototypeOf(value);
    if (prototype === null) return 'Object';
    const described = getOwnPropertyDescriptor(prototype, 'constructor');
    const named = described && described.value ? getOwnPropertyDescriptor(described.value, 'name') : undefined;
    return named && typeof named.value === 'string' ? apply(slice, named.value, [0, 100]) : 'Object';
  }

  function told(value) {
    const text = tell(value, { nodes: 0, trail: [] }, 0);
    if (text.length > longest) throw tooLarge;
    return text;
  }

  function fault(error) {
    if (!(error instanceof ErrorOf)) return 'E\u0001' + told(error) + '\u0001';
    const message = getOwnPropertyDescriptor(error, 'message');
    const says = message && typeof message.value === 'string' ? message.value : '';
    return 'E\u0001' + nameOf(error) + '\u0001' + apply(slice, says, [0, 300]);
  }

  return (called, list) => {
    let text;
    try {
      const value = apply(called, undefined, list);
      try {
        return 'V\u0001' + told(value) + '\u0001' + told(list);
      } catch (error) {
        if (error === tooLarge) return 'U';
        throw error;
      }
    } catch (error) {
      try {
        text = fault(error);
      } catch {
        return 'U';
      }
    }
    return text;
  };
})()`;
