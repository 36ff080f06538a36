const names: Readonly<Record<string, number>> = {
  ok: 200,
  created: 201,
  accepted: 202,
  nocontent: 204,
  movedpermanently: 301,
  found: 302,
  notmodified: 304,
  badrequest: 400,
  unauthorized: 401,
  paymentrequired: 402,
  forbidden: 403,
  notfound: 404,
  methodnotallowed: 405,
  requesttimeout: 408,
  conflict: 409,
  gone: 410,
  preconditionfailed: 412,
  payloadtoolarge: 413,
  unprocessableentity: 422,
  unprocessablecontent: 422,
  toomanyrequests: 429,
  internalservererror: 500,
  notimplemented: 501,
  badgateway: 502,
  serviceunavailable: 503,
  gatewaytimeout: 504,
};

/** The HTTP status that a word or number of code means: `404`, `StatusNotFound`, `NOT_FOUND`, `HTTP_404_NOT_FOUND`; null when none. */
export function statusOf(written: string, isNamed: boolean): number | null {
  const word = written.replace(/^.*[.:]/, '').replaceAll(/["':]/g, '');
  const number = /^(?:HTTP_)?([2-5]\d\d)(?:_\w+)?$/.exec(word)?.[1];
  if (number !== undefined) return Number(number);
  const plain = word
    .replace(/^(?:Status|HTTP_?)/, '')
    .replaceAll('_', '')
    .toLowerCase();
  // Short words such as `ok` and `found` are too common where they stand alone.
  const isClear = isNamed || /^Status|^[A-Z]+(?:_[A-Z]+)+$/.test(word) || plain.length > 6;
  return isClear && Object.hasOwn(names, plain) ? (names[plain] ?? null) : null;
}
