import { addedCode, removedCode } from '../code/added-code.ts';
import { bareRoutes } from '../code/bare-siblings.ts';
import { codeLanguages } from '../code/grammar.ts';
import { speaksOfRights } from '../code/auth-words.ts';
import { lostFromUnit } from '../code/lost-auth-checks.ts';
import { lostFromFile } from '../code/lost-auth.ts';
import type { LostAuth } from '../code/lost-auth.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Pair } from '../code/pairs.ts';
import { placeOf } from '../code/places.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './check-removed.examples.ts';
import { caughtElsewhere, passedElsewhere } from './check-removed.more.examples.ts';

/** A check of who may do something went, and the route or function it protected stayed. */
export const authCheckRemoved: Guard = guard({
  id: 'auth/check-removed',
  severity: 'warn',
  gravest: 'block',
  protects: 'routes and actions that only some people may use',
  breaks:
    'Anybody who finds the address can do what only some were allowed to, and nothing fails to show it.',
  fix: 'Put the check back, or show in the same change where it is made now.',
  languages: codeLanguages,
  cwe: [862, 306, 352],
  confidence: 0.7,
  caught: [...caught, ...caughtElsewhere],
  passed: [...passed, ...passedElsewhere],
  look: (scene) => {
    const files = scene.files.filter((file) => isProductionPath(file.path));
    return [...losses(scene, files), ...files.filter(addsRoute).flatMap(siblings)];
  },
});

function losses(scene: Scene, files: readonly ChangedFile[]): readonly Sighting[] {
  if (!files.some(concernsRights)) return [];
  const around = files.some((file) => addedCode(file).split('\n').some(isCodeAboutRights));
  const pairs = matchUnits(scene)
    .pairs.filter((pair) => pair.alike >= 0.5 && pair.gone.some(speaksOfRights))
    .filter((pair) => pair.from === pair.file && isProductionPath(pair.file.path));
  return [
    ...files
      .filter(concernsRights)
      .flatMap((file) => lostFromFile(file).map((lost) => ({ lost, file, pair: null }))),
    ...pairs.flatMap((pair) => lostFromUnit(pair).map((lost) => ({ lost, file: pair.file, pair }))),
  ]
    .filter(({ lost, file }) => !reappears(scene, file, lost))
    .map((found) => sighting(found, around));
}

function concernsRights(file: ChangedFile): boolean {
  const opens =
    /@\w*(?:Public|Exempt|exempt|Anonymous|PermitAll|SkipAuth|NoAuth)|AllowAnonymous|skip_before_action|allow_unauthenticated|before_action|permitAll|csrf/;
  return opens.test(addedCode(file)) || removedCode(file).split('\n').some(speaksOfRights);
}

// Imports and types come along with many moves; they do not decide anything.
function isCodeAboutRights(line: string): boolean {
  return (
    speaksOfRights(line) &&
    !/^(?:import|from|export (?:type|interface)|type|interface)\b/.test(line)
  );
}

// The same check on an added line anywhere in the change means that it moved.
function reappears(scene: Scene, file: ChangedFile, { check, form, line }: LostAuth): boolean {
  if (form === 'opened' || form === 'setting') return false;
  const name = /[A-Za-z_$][\w$]{3,}/.exec(check.replace(/^(?:.*\.)?([\w$]+)\(\)$/, '$1'))?.[0];
  if (name === undefined) return false;
  const word = new RegExp(`\\b${name.replace(/\$/g, String.raw`\$`)}\\b`);
  return scene.files.some(
    (other) =>
      !other.isTest &&
      addedCode(other)
        .split('\n')
        .some(
          (text) =>
            word.test(text) && !/^import\b|^from\b/.test(text) && !(other === file && line === 0),
        ),
  );
}

interface Found {
  readonly lost: LostAuth;
  readonly file: ChangedFile;
  readonly pair: Pair | null;
}

function sighting({ lost, file, pair }: Found, around: boolean): Sighting {
  const severity = severityOf({ lost, file, pair }, around);
  return {
    path: file.path,
    line:
      lost.form === 'router' || lost.form === 'condition' || lost.form === 'call'
        ? placeOf(file, -1, lost.lostAt)
        : placeOf(file, lost.line, lost.lostAt),
    says: sentence(lost),
    subject: `${lost.form} ${lost.check} ${lost.open}`,
    severity,
    confidence: severity === 'block' ? 0.85 : severity === 'warn' ? 0.7 : 0.4,
  };
}

function sentence({ check, open, form }: LostAuth): string {
  switch (form) {
    case 'opened':
      return `opens ${open} to everybody with ${check}`;
    case 'setting':
      return `replaces ${check} by ${open}`;
    case 'router':
      return `removes ${check} in front of ${open}`;
    case 'decorator':
    case 'route':
      return `removes ${check} from ${open}, which stays`;
    case 'call':
    case 'condition':
      return `removes the check ${check} from ${open}, which otherwise stays`;
  }
}

// Rights spoken of on any added line may be the new home of the check; then nobody is stopped for it.
function severityOf({ lost, file, pair }: Found, around: boolean): Severity {
  if (isFront(file.path)) return 'note';
  if (lost.form === 'opened') return 'warn';
  if (lost.form === 'setting') return 'warn';
  if (pair === null) return around ? 'warn' : 'block';
  if (pair.fresh.length > 0) return around || pair.fresh.length > 3 ? 'note' : 'warn';
  return around ? 'note' : isServerPath(file.path) ? 'block' : 'warn';
}

function isFront(path: string): boolean {
  return /\.(?:tsx|jsx)$|(?:^|\/)(?:front-?end|components?|ui|web-?ui|webview\w*|client|hooks|pages\/(?!api))\//i.test(
    path,
  );
}

function isServerPath(path: string): boolean {
  return /(?:^|\/)(?:api|routes?|routers?|controllers?|handlers?|server|back-?end|actions?|views?|endpoints?|resolvers?|services?|middlewares?|graphql|rpc|web|http)\b|views\.py$|(?:Controller|Resource|Handler|Endpoint|handler|controller|views|routes?|server|api)\.\w+$/i.test(
    path,
  );
}

function addsRoute(file: ChangedFile): boolean {
  const route =
    /\b(?:get|post|put|patch|delete|route|handle|HandleFunc|Handle|path|url|matcher|all|any)\b['"]?\s*[(:]|@[\w.]*(?:get|post|put|patch|delete|route|Mapping|Get|Post|Put|Patch|Delete|api_view|action)\b|\[Http(?:Get|Post|Put|Patch|Delete)\b/i;
  return file.before !== null && speaksOfRights(file.before.text) && route.test(addedCode(file));
}

function siblings(file: ChangedFile): readonly Sighting[] {
  return bareRoutes(file).map(({ says, check, siblings, line }) => ({
    path: file.path,
    line,
    says: `adds ${says} without ${check}, which all ${siblings} older routes beside it have`,
    subject: `sibling ${says}`,
    severity: isFront(file.path) ? 'note' : 'warn',
    confidence: 0.7,
    breaks:
      'Anybody who finds the new address can use it, while everything beside it is protected.',
    fix: `Add ${check} to the new route, or say in a comment why it is open.`,
  }));
}
