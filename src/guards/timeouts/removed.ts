import { addedCode, removedCode } from '../code/added-code.ts';
import { codeLanguages } from '../code/grammar.ts';
import { detached, limitsOff, lostLimits } from '../code/lost-limits.ts';
import type { LostLimit } from '../code/lost-limits.ts';
import { excerpt } from '../code/nodes.ts';
import { matchUnits } from '../code/pairs.ts';
import type { Pair } from '../code/pairs.ts';
import { placeOf } from '../code/places.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Severity, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { caught, passed } from './removed.examples.ts';
import { caughtElsewhere, passedElsewhere } from './removed.more.examples.ts';

const trace = /time_?out|deadline|signal|wait_for|cancellationToken|[cC]tx|Context\(\)/i;

/** A limit on how long something may wait went, and the wait stayed. */
export const timeoutRemoved: Guard = guard({
  id: 'timeouts/removed',
  severity: 'warn',
  gravest: 'block',
  protects: 'threads, connections and users from waiting for ever',
  breaks:
    'When the other side hangs, every caller waits with it until threads or connections run out and the service stands still.',
  fix: 'Keep a limit on the call, or set one where the client is made, in the same change.',
  languages: codeLanguages,
  cwe: [400, 1088],
  confidence: 0.7,
  caught: [...caught, ...caughtElsewhere],
  passed: [...passed, ...passedElsewhere],
  look: (scene) => {
    const files = scene.files.filter((file) => isProductionPath(file.path));
    if (!files.some((file) => trace.test(removedCode(file)))) return [];
    const pairs = matchUnits(scene)
      .pairs.filter((pair) => pair.alike >= 0.5 && pair.gone.some((line) => trace.test(line)))
      .filter((pair) => isProductionPath(pair.file.path));
    return [
      ...pairs.flatMap((pair) => [...limits(scene, pair), ...contexts(pair)]),
      ...files.flatMap(switchedOff),
    ];
  },
});

function limits(scene: Scene, pair: Pair): readonly Sighting[] {
  const lost = lostLimits(pair).slice(0, 1);
  // A limit named on any added line may be its new home: the client's options, a wrapper, a constant.
  const moved = lost.length > 0 && isMadeUpFor(scene);
  return lost.map((one) => {
    const severity = severityOf(one, moved);
    return {
      path: pair.file.path,
      line: placeOf(pair.file, one.line, one.lostAt),
      says: `${excerpt(one.waits, 50)} may now wait for ever: ${one.limit} is gone`,
      subject: `${one.waits} ${one.limit.replace(/[\d_.]+/g, '')}`,
      severity,
      confidence: severity === 'block' ? 0.85 : severity === 'warn' ? 0.7 : 0.4,
    };
  });
}

const limiting = /(?<!set|clear|use)time_?out|deadline|AbortSignal/i;

// As many limits come as go, somewhere. A constant that only got another value comes and goes, and makes up for nothing.
function isMadeUpFor(scene: Scene): boolean {
  const files = scene.files.filter(({ isTest }) => !isTest);
  const lines = (code: (file: ChangedFile) => string): number =>
    files.flatMap((file) => code(file).split('\n')).filter((line) => limiting.test(line)).length;
  const came = lines(addedCode);
  return came > 0 && came >= lines(removedCode);
}

const network =
  /(?:^|[._])(?:requests?|fetch|axios|http\w*|client|session|urlopen|query|execute|grpc|redis|connect|dial|send|invoke|openConnection|connection|conn)(?:[._{]|$)|HttpRequest|https?\.|Client\{\}|Server\{\}|curl_exec|Client|Net\.HTTP|Faraday/i;

function severityOf({ waits, isAlone, limit }: LostLimit, moved: boolean): Severity {
  // A token that is not passed on any more only makes giving up slower.
  if (moved || /cancellationToken/i.test(limit)) return 'note';
  if (!isAlone) return 'note';
  return network.test(waits) ? 'block' : 'warn';
}

function contexts(pair: Pair): readonly Sighting[] {
  return detached(pair).map(({ call, was }) => ({
    path: pair.file.path,
    line: placeOf(pair.file, call.line, call.line),
    says: `${excerpt(call.callee, 50)} no longer ends with ${was}, but runs on a context without deadline`,
    subject: `context ${call.callee}`,
    severity: pair.fresh.length <= 2 ? 'warn' : 'note',
    confidence: 0.6,
  }));
}

function switchedOff(file: ChangedFile): readonly Sighting[] {
  return limitsOff(file).map(({ name, now, line }) => ({
    path: file.path,
    line,
    says: `switches ${excerpt(name, 40)} off (${now})`,
    subject: `off ${name}`,
    // PHP's null mostly stands for the library's own limit.
    severity: file.language === 'php' && now.startsWith('null') ? 'note' : 'warn',
  }));
}
