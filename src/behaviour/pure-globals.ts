/** Globals whose every member gives the same answer to the same question, whatever the machine and the hour. */
export const allowedGlobals: ReadonlySet<string> = new Set(
  `
    Array BigInt Boolean Error EvalError Infinity JSON Map NaN Number Object
    RangeError RegExp Set String SyntaxError TypeError URIError Uint8Array
    Uint16Array Uint32Array Int8Array Int16Array Int32Array Float32Array
    Float64Array decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite
    isNaN parseFloat parseInt undefined
  `
    .trim()
    .split(/\s+/),
);

/** Globals of which only these members are so. */
export const deterministic: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'Math',
    new Set(
      `
    abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1
    floor fround hypot imul log log10 log1p log2 max min pow round sign sin sinh
    sqrt tan tanh trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2
  `
        .trim()
        .split(/\s+/),
    ),
  ],
  ['Date', new Set(['UTC'])],
  ['Symbol', new Set(['iterator', 'toStringTag', 'for'])],
]);

/** Methods whose answer depends on the language, zone or clock of the machine. */
export const bannedMembers: ReadonlySet<string> = new Set(
  `
    getDate getDay getFullYear getHours getMinutes getMonth getTimezoneOffset
    localeCompare setDate setFullYear setHours setMinutes setMonth toDateString
    toLocaleDateString toLocaleLowerCase toLocaleString toLocaleTimeString
    toLocaleUpperCase toTimeString
  `
    .trim()
    .split(/\s+/),
);

/** Methods that change the object they are called on. */
export const changingCalls: ReadonlySet<string> = new Set(
  `
    add append clear copyWithin delete fill pop push reverse set shift sort splice
    unshift
  `
    .trim()
    .split(/\s+/),
);
