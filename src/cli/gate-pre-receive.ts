import type { Change } from '../change/change.ts';
import type { Judgement } from '../judge.ts';
import { judgeChange } from './facts.ts';
import { adviceLines, hookLines, owedLines, say, stopping } from './gate-verdict.ts';
import { isAncestor, openRepository, pushedChange, type Repository } from '../outside/git/git.ts';
import { readPolicy } from '../policy/policy.ts';
import { languageOf } from '../guards/language.ts';
import { plain } from './plain.ts';
import { policyPath, problemText } from './policy-file.ts';
import { protectionOf, type Protection } from './protected-refs.ts';
import { readPreReceive, type PushedRef } from './pushed-refs.ts';

/** A push of more references than these is not judged, and so refused. */
const mostRefs = 2_000;

/**
 * `pre-receive`, on a plain git server: refuses what may not land.
 *
 * - A protected branch (the server's HEAD, `main`, `master`, and what `hallmonitor.protected` names) takes only what
 *   the whole policy lets land; it is neither rewritten nor deleted.
 * - Every other reference takes what brings no blocking finding: it is a proposal. Notes carry no code.
 * - References that replace objects go nowhere: they change what has landed without moving a branch.
 * - Git refuses the push as a whole when one reference is refused.
 */
export async function preReceive(input: string): Promise<number> {
  const repository = await openRepository();
  const { refs, malformed } = readPreReceive(input);
  const refused = malformed.map((line) => `a line of git's that is not understood: ${line}`);
  if (refs.length > mostRefs) {
    refused.push(`it has ${refs.length} references; push at most ${mostRefs} at a time`);
  } else {
    const protection = await protectionOf(repository, refs);
    for (const pushed of refs) {
      const why = await refusal(repository, pushed, protection);
      if (why !== null) refused.push(`${pushed.ref}: ${why}`);
    }
  }
  if (refused.length === 0) return 0;
  say(['hallmonitor refuses this push.', ...refused.map((line) => `  · ${plain(line)}`)]);
  return 1;
}

/** Why one reference may not move like this; null when it may. */
async function refusal(
  repository: Repository,
  { ref, from, to }: PushedRef,
  { isProtected, landed, policyAt }: Protection,
): Promise<string | null> {
  const lands = isProtected(ref);
  if (to === null) return lands ? 'it is protected, so it is not deleted' : null;
  if (ref.startsWith('refs/notes/')) return null;
  // Whatever on the server reads the replaced object, a deployment say, gets another, though no branch moved.
  if (ref.startsWith('refs/replace/'))
    return 'it would put other content in the place of what has landed';
  if (lands && from !== null && !(await continues(repository, ref, { from, to }))) {
    return 'it is protected, and this rewrites what has landed; add a commit that takes it back instead';
  }
  const request = await pushedChange(repository, { from, to, landed: landed(ref) });
  if (request === null) {
    say([`hallmonitor: ${plain(ref)} names no commit, so nothing in it was checked.`]);
    return null;
  }
  if (request.base === request.head) return null; // nothing that is not there already
  const judgement = await judgeChange(repository, request, {
    branch: ref.replace(/^refs\/heads\//, ''),
    house: lands && from !== null ? request.base : policyAt,
    proposal: !lands,
  });
  say(remarks(judgement));
  return lands ? landing(judgement) : proposing(judgement);
}

/** A branch goes on from what it was; a tag that is protected does not move at all. */
async function continues(
  repository: Repository,
  ref: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<boolean> {
  return ref.startsWith('refs/heads/') && (await isAncestor(repository, from, to));
}

/** A proposal is refused only for what must not even lie on the server, and when nobody can know what it holds. */
function proposing(judgement: Judgement): string | null {
  const { change, decision } = judgement;
  if (decision.enforced && change.files.length === 0 && change.gaps.length > 0)
    return 'it could not be read here, so it was not judged; see above';
  if (stopping(judgement).length === 0) return null;
  if (decision.enforced) return 'it would break something; see above';
  return observed(judgement, 'would be refused for what it breaks');
}

/** Code that nobody could read does not land unseen; data in any other form does, with its remark. */
function unreadCode({ change, gaps }: Judgement): string | null {
  const named = new Map(gaps.map(({ what, why }) => [what, why]));
  const hidden = change.files.find(
    ({ path, newMode }) =>
      newMode !== '000000' && named.has(path) && languageOf(path, null) !== 'other',
  );
  return hidden === undefined ? null : `${hidden.path} was not read: ${named.get(hidden.path)}`;
}

/** What lands must satisfy the policy. Without a policy file nobody asked for approvals, only findings stop it. */
function landing(judgement: Judgement): string | null {
  const { decision, policy, change } = judgement;
  const broken = brokenByThis(change);
  if (broken !== null) return broken;
  if (decision.verdict === 'land') return null;
  if (policy.builtIn) return crashed(judgement) ?? unreadCode(judgement) ?? proposing(judgement);
  say(owedLines(judgement));
  if (!decision.enforced) return observed(judgement, 'would be refused for what it owes');
  const owes = decision.owed.some(({ kind }) => kind !== 'finding');
  return owes
    ? 'it owes something before it may land; see above'
    : 'it would break something; see above';
}

/** A guard that failed has checked nothing, and nobody's approval makes up for that. */
function crashed({ decision }: Judgement): string | null {
  const failed = decision.owed.some(({ kind, state }) => kind === 'check' && state === 'unknown');
  return failed && decision.enforced ? 'a guard failed on it; see above' : null;
}

/** A policy that nobody can read would stop every later push, so it does not get in. */
function brokenByThis({ files }: Change): string | null {
  const file = files.find(({ path, status }) => path === policyPath && status !== 'deleted');
  if (file === undefined) return null;
  const { policy, problems } = readPolicy(file.after ?? '', policyPath);
  if (policy !== null) return null;
  say(['The policy in this push has errors:', ...problems.map((one) => `  ${problemText(one)}`)]);
  return 'its policy could not be used afterwards; see above';
}

function observed({ policy }: Judgement, would: string): null {
  say([`hallmonitor lets this push in, because the policy's mode is ${policy.mode}; it ${would}.`]);
  return null;
}

function remarks(judgement: Judgement): readonly string[] {
  return [...hookLines(judgement), ...adviceLines(judgement)];
}
