import type { ChangeFact } from './fact.ts';
import type { Charge, History } from './outcomes.ts';
import { after, nameOf } from './reversals.ts';
import { isProductCode } from './product-code.ts';

/** Changes that a repair names as the cause: `Fixes: <sha>`, `regression from #12`, or `Fixes #12` of a change. */
export function declaredFaults({ facts, named }: History): readonly Charge[] {
  return facts.flatMap((fact, by) =>
    fact.traces.mentions.flatMap(({ how, target, whole }) => {
      if (how !== 'blames' && !(how === 'follows' && fact.traces.repairs)) return [];
      const found = named.find(target, by);
      const earlier = found === null ? undefined : facts[found.place];
      if (found === null || earlier === undefined) return [];
      const sure = how === 'blames' ? 0.85 : 0.5;
      return [
        charge(
          { fact, by, earlier, about: found.place },
          {
            confidence: whole && !found.inside ? sure : sure * 0.8,
            says: how === 'blames' ? 'named as the cause' : 'followed up by a repair',
          },
        ),
      ];
    }),
  );
}

/** A repair that changes more than this repairs not one thing. */
const mostRepairedLines = 300;
const mostRepairedFiles = 12;

/**
 * Whose lines a repair replaced (R of the SZZ family: the most recent of them; L: the one with most lines). Blank
 * lines, comments and lines that only moved are left out (as in AG). Where both name the same change it is surer.
 * Later than the window it says too little, because old changes would have had more time to be found than young ones.
 */
export function tracedFaults({ facts }: History, windowSeconds: number): readonly Charge[] {
  const places = new Map(facts.map(({ commit }, place) => [commit, place]));
  return facts.flatMap((fact, by) => {
    if (!isRepair(fact)) return [];
    const known = fact.traces.blamed.flatMap(({ commit, lines, how }) => {
      const about = places.get(commit);
      return about === undefined ? [] : [{ about, lines, how }];
    });
    const [largest] = known;
    const recent = known.toSorted((one, other) => other.about - one.about)[0];
    const earlier = recent === undefined ? undefined : facts[recent.about];
    if (!recent || !largest || !earlier || earlier.traces.sort === 'release') return [];
    const isLate = fact.landedAt - earlier.landedAt > windowSeconds;
    const agreed = largest.about === recent.about;
    const sure = recent.how === 'beside' ? 0.3 : agreed ? 0.6 : 0.5;
    return [
      charge(
        { fact, by, earlier, about: recent.about },
        {
          confidence: isLate ? Math.min(sure, 0.3) : sure,
          says: recent.how === 'beside' ? 'repaired beside its lines' : 'its lines were repaired',
        },
      ),
    ];
  });
}

/** Repairs of what nobody runs. */
const cosmetic =
  /\b(?:typos?|spelling|grammar|tsdoc|jsdoc|docstrings?|comments?|lint(?:er|ing)?|prettier|formatting|whitespace|indentation|flaky|changelog|copyright|warnings?|docs?|readme|tests?)\b/i;
/** Work that closes an issue is no repair, whatever the issue is called. */
const otherWork = /^(?:feat|refactor|docs|style|test|chore|ci|build|perf)\b/i;

/** A repair of the product, small enough that what it replaced was the fault. */
function isRepair({ traces, files, subject }: ChangeFact): boolean {
  if (!traces.repairs || traces.sort !== 'product') return false;
  if (cosmetic.test(subject) || (otherWork.test(subject) && !/\bfix/i.test(subject))) return false;
  if (traces.mentions.some(({ how, whole }) => whole && (how === 'reverts' || how === 'restores')))
    return false;
  const code = files.filter(({ path, generated }) => !generated && isProductCode(path));
  const lines = code.reduce((sum, { added, deleted }) => sum + added + deleted, 0);
  return code.length > 0 && code.length <= mostRepairedFiles && lines <= mostRepairedLines;
}

const hotfixSeconds = 3 * 86_400;
const mostHotfixLines = 50;
/** Changes that are looked back over for one hotfix. */
const mostLookedBack = 60;
const callsItHot = /\bhot-?fix/i;

/** A small repair of the same files within three days: by itself only a hint. */
export function hotfixedFaults({ facts }: History): readonly Charge[] {
  return facts.flatMap((fact, by) => {
    if (!isRepair(fact)) return [];
    const code = codeOf(fact);
    const lines = code.reduce((sum, { added, deleted }) => sum + added + deleted, 0);
    if (lines > mostHotfixLines) return [];
    const paths = new Set(code.map(({ oldPath }) => oldPath));
    for (let about = by - 1; about >= Math.max(0, by - mostLookedBack); about--) {
      const earlier = facts[about];
      if (earlier === undefined || fact.landedAt - earlier.landedAt > hotfixSeconds) break;
      if (earlier.traces.sort === 'release') continue;
      const shared = earlier.files.filter(({ path }) => paths.has(path)).length;
      if (shared * 2 < paths.size || shared === 0) continue;
      return [
        charge(
          { fact, by, earlier, about },
          {
            kind: 'hotfixed',
            confidence: callsItHot.test(fact.subject) ? 0.6 : 0.35,
            says: 'the same files were repaired',
          },
        ),
      ];
    }
    return [];
  });
}

function codeOf({ files }: ChangeFact): ChangeFact['files'] {
  return files.filter(({ path, generated }) => !generated && isProductCode(path));
}

interface Pair {
  readonly fact: ChangeFact;
  readonly by: number;
  readonly earlier: ChangeFact;
  readonly about: number;
}

function charge(
  { fact, by, earlier, about }: Pair,
  said: { readonly confidence: number; readonly says: string; readonly kind?: 'hotfixed' },
): Charge {
  return {
    about,
    by,
    kind: said.kind ?? 'fixed',
    confidence: said.confidence,
    at: fact.landedAt,
    sort: null,
    source: null,
    says: `${said.says} ${after(earlier, fact)} by ${nameOf(fact)}`,
  };
}
