import { editsOf } from '../code/edits.ts';
import type { Edit } from '../code/edits.ts';
import { codeLanguages } from '../code/grammar.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './error-code-changed.examples.ts';
import { statusOf } from './status-codes.ts';

/** A route that was there answers with another status, or names its error otherwise. */
export const errorCodeChanged: Guard = guard({
  id: 'api/error-code-changed',
  severity: 'warn',
  protects: 'clients that tell errors apart by their code',
  breaks:
    'Clients that try again, log out or show a message by this code do something else from now on.',
  fix: 'Keep the old code for the old case, or release the clients first.',
  languages: codeLanguages,
  cwe: [439],
  confidence: 0.7,
  caught,
  passed,
  look: (scene) =>
    scene.files
      .filter(
        (file) =>
          file.before !== null &&
          file.after !== null &&
          codeLanguages.includes(file.language) &&
          isProductionPath(file.path) &&
          mayAnswer(file),
      )
      .flatMap((file) => sightings(scene, file).slice(0, 5)),
});

const trace =
  /\b[2-5]\d\d\b|\b(?:HttpStatus|StatusCodes?|Status[A-Z]|HTTP_|status)|\b(?:code|error|error_?code|errorCode)["']?\s*[:=]\s*["']/;

function mayAnswer({ change }: ChangedFile): boolean {
  return change.hunks.some(
    ({ removed, added }) =>
      removed.some((text) => trace.test(text)) && added.some((text) => trace.test(text)),
  );
}

// A line that answers; one that asks for or compares a status is about somebody else's.
const answers =
  /(?:res|response|reply|ctx|c|context|w|resp|rw|ResponseEntity|Response|NextResponse|HttpResponse|Json\w*Response)\w*\s*(?:\.|->|::|\()|\bstatus(?:_?code)?\s*[:=]|\babort\b|HTTPException|\bHttpException|\bthrow new \w*(?:Http|Api|App|Error|Exception)|\braise\b|WriteHeader|http\.Error|\brender\b|\bhead\s|ResponseStatus|StatusCode\s*=|APIException|\bfail\(/;
const asks =
  /[=!]==?|\bcase\b|\bexpect|\bassert|\bin\s*\[|\.includes\(|[<>]=?\s*[2-5]\d\d|\bretry/i;

function sightings(scene: Scene, file: ChangedFile): readonly Sighting[] {
  return editsOf(scene, file).flatMap((edit) => {
    const line = file.after?.lines[edit.line - 1] ?? '';
    const old = file.before?.lines[edit.lineBefore - 1] ?? '';
    if (edit.gone === '' || edit.came === '' || edit.gone.length > 60 || edit.came.length > 60)
      return [];
    return statusChange(edit, line, old) ?? nameChange(edit, line, old);
  });
}

function statusChange(edit: Edit, line: string, old: string): readonly Sighting[] | null {
  const isNamed = [line, old].every((text) => /HttpStatus|StatusCodes?\b|http\.Status/.test(text));
  const was = statusOf(edit.gone, isNamed);
  const now = statusOf(edit.came, isNamed);
  if (was === null || now === null || was === now) return null;
  if (![line, old].every((text) => answers.test(text) && !asks.test(text.replace(/=>/g, ''))))
    return [];
  if (Math.floor(was / 100) === Math.floor(now / 100) && was < 400) return [];
  return [told(edit, `answers with status ${now} where it was ${was}`, severityOf(was, now))];
}

// What clients act on by the kind: success, being logged out, trying again.
function severityOf(was: number, now: number): Severity {
  const isOther = was < 400 !== now < 400 || was === 401 || now === 401 || was === 429;
  return isOther ? 'warn' : 'note';
}

const named = /\b(?:code|error_?code|errorCode|error)["']?\s*[:=]>?\s*["']([\w.-]{3,60})["']/;

function nameChange(edit: Edit, line: string, old: string): readonly Sighting[] {
  const was = named.exec(old)?.[1];
  const now = named.exec(line)?.[1];
  if (was === undefined || now === undefined || was === now || asks.test(line)) return [];
  if (
    !/^[A-Za-z]\w*(?:[_.-]\w+)+$|^[A-Z][A-Z0-9]+$/.test(was) ||
    !was.includes(edit.gone.replaceAll(/["']/g, ''))
  )
    return [];
  return [told(edit, `names the error ${now} where it was ${was}`, 'note')];
}

function told({ file, line }: Edit, says: string, severity: Severity): Sighting {
  return { path: file.path, line, says, subject: says, severity };
}
