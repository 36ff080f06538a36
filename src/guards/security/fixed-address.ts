import type { Language } from '../guard.ts';
import { isRequestData } from '../code/request-data.ts';

/** The address begins with a fixed host or path, so that a value inside it cannot lead elsewhere. */
export function beginsFixed(text: string): boolean {
  return /^[\s(]*(?:new\s+URL\(\s*)?(?:[fFrRbu$@]{0,2}["'`]{1,3}|(?:[\w.]*[fF]ormat|fmt\.Sprintf|sprintf|format!)\(\s*["'`])(?:https?:\/\/[\w.:-]+[/?]|\/(?!\/|["'`]|\\)[\w?#]|[?#]|\.{1,2}\/)/.test(
    text,
  );
}

/** The address begins with a value that is not the request's, so that the request only adds to it. */
export function beginsWithOther(text: string, language: Language): boolean {
  const first = /^[\s(]*(?:[fFrRbu$@]{0,2}["'`]{1,3}[$#]?\{\s*([\w.$]+)\s*\}|([\w.$]+)\s*[+])/.exec(
    text,
  );
  const name = first?.[1] ?? first?.[2];
  return (
    name !== undefined &&
    !isRequestData(`${name} `, language) &&
    !/^(?:req|request|params|r)\b/.test(name)
  );
}

/** Base addresses that the program's own configuration gives. */
export function beginsWithOwnBase(text: string): boolean {
  return /^[\s(]*(?:[fFrRbu$@]{0,2}["'`]{1,3}[$#]?\{?\s*)?(?:\w+\.|this\.|self\.|process\.env\.)*(?:\w*(?:BASE|base|HOST|ENDPOINT|ORIGIN|_URL|baseUrl|apiUrl|origin|Url\b)\w*)\b\s*(?:\}|\+|\.\s)/.test(
    text,
  );
}
