import type { ChangedFile, Guard, Sighting } from '../guard.ts';
import { guard } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { dataOf } from '../data.ts';
import type { Breakage } from './breakage.ts';
import { graphqlBreakage } from './graphql-breakage.ts';
import { isJsonSchema, jsonSchemaBreakage } from './json-schema-breakage.ts';
import { openapiBreakage } from './openapi-breakage.ts';
import { nearestChange } from './nearest-change.ts';
import { protoBreakage } from './proto-breakage.ts';
import { caught, passed } from './schema-broken.examples.ts';

export const schemaBroken: Guard = guard({
  id: 'api/schema-broken',
  severity: 'block',
  protects: 'clients that were built against the old schema',
  breaks:
    'Clients and services that still speak the old version get errors or misread data until each of them is released again.',
  fix: 'Add the new form beside the old one, mark the old one as deprecated, and remove it when nobody uses it any more.',
  languages: ['yaml', 'json', 'graphql', 'protobuf'],
  cwe: [439],
  confidence: 0.8,
  // A schema that a tool writes is a promise to clients all the same.
  readsGenerated: true,
  caught,
  passed,
  look(scene) {
    const files = scene.files.filter(isPromise);
    return [
      ...protoBreakage(files.filter((file) => file.language === 'protobuf')),
      ...graphqlBreakage(files.filter((file) => file.language === 'graphql')),
      ...files.filter(mayDescribe).flatMap(openapiBreakage),
      ...files.filter(isJsonSchema).flatMap(jsonSchemaBreakage),
    ].map(sighting);
  },
  gaps(scene) {
    return scene.files
      .filter((file) => isPromise(file) && mayDescribe(file))
      .filter(({ before, after }) =>
        [before, after].some((side) => side !== null && dataOf(side) === null),
      )
      .map((file) => ({
        what: file.path,
        why: 'it is too large or not well-formed, so the API it describes was not compared',
      }));
  },
});

// Somebody else's schemas and those of tests promise nothing to our clients.
function isPromise({ change, path, isTest }: ChangedFile): boolean {
  if (isTest || change.generated === 'vendored' || change.generated === 'lock-file') return false;
  return !/(?:^|\/)(?:third[_-]party|vendor|googleapis|google\/(?:api|protobuf|rpc)|node_modules|examples?|samples?|fixtures?|__generated__)\//.test(
    path,
  );
}

const opening = /^[ \t]*["']?(?:openapi|swagger)["']?\s*:/m;

function mayDescribe({ language, before, after }: ChangedFile): boolean {
  if (language !== 'yaml' && language !== 'json') return false;
  return (
    opening.test(before?.text.slice(0, 5_000) ?? '') &&
    (after === null || opening.test(after.text.slice(0, 5_000)))
  );
}

function sighting({ file, line, side, says, severity }: Breakage): Sighting {
  return {
    path: file.path,
    // A property may become required by a list further down: the sighting goes where the change is.
    line: side === 'after' ? nearestChange(file, line) : lineAfter(file, line),
    says,
    subject: says,
    severity,
  };
}
