import type { Judgement } from '../judge.ts';
import { judgeChange, type FactsOptions } from './facts.ts';
import { hookLines, owedLines, say, stopping } from './gate-verdict.ts';
import { isAncestor, openRepository, pushedChange, type Repository } from '../outside/git/git.ts';
import { plain } from './plain.ts';
import { readPreReceive, type PushedRef } from './pushed-refs.ts';

/**
 * `pre-receive`, on a plain git server: refuses what may not land.
 *
 * - A branch that changes land on (the server's HEAD, and what `hallmonitor.protected` names) takes only what the
 *   whole policy lets land; it is neither rewritten nor deleted.
 * - Every other branch or tag takes what brings no blocking finding: it is a proposal.
 * - Git refuses the push as a whole when one reference is refused.
 */
export async function preReceive(input: string): Promise<number> {
  const repository = await openRepository();
  const { refs, malformed } = readPreReceive(input);
  const refused = malformed.map((line) => `a line of git's that is not understood: ${line}`);
  const isProtected = protectedBranches(repository);
  for (const pushed of refs) {
    const why = await refusal(repository, pushed, isProtected(pushed.ref));
    if (why !== null) refused.push(`${pushed.ref}: ${why}`);
  }
  if (refused.length === 0) return 0;
  say(['hallmonitor refuses this push.', ...refused.map((line) => `  · ${plain(line)}`)]);
  return 1;
}

/** Which references are protected: the branch HEAD names, and glob patterns of `hallmonitor.protected`. */
function protectedBranches(repository: Repository): (ref: string) => boolean {
  const more = repository.settings.get('hallmonitor.protected') ?? [];
  const patterns = more.map(({ value }) => globbed(value));
  return (ref) => {
    const branch = ref.replace(/^refs\/heads\//, '');
    return (
      ref === repository.branch ||
      (branch !== ref && patterns.some((pattern) => pattern.test(branch)))
    );
  };
}

function globbed(glob: string): RegExp {
  const text = glob.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*');
  return new RegExp(`^${text}$`);
}

async function refusal(
  repository: Repository,
  pushed: PushedRef,
  isProtected: boolean,
): Promise<string | null> {
  const { ref, from, to } = pushed;
  if (to === null) {
    return isProtected ? 'changes land on this branch, so it is not deleted' : null;
  }
  if (!/^refs\/(?:heads|tags)\//.test(ref)) return null;
  const rewrites =
    from !== null && ref.startsWith('refs/heads/') && !(await isAncestor(repository, from, to));
  if (rewrites && isProtected) {
    return 'this rewrites history that has landed; add a commit that takes it back instead';
  }
  const request = await pushedChange(repository, { from, to });
  if (request === null) return null;
  const options: FactsOptions = { branch: ref.replace(/^refs\/heads\//, '') };
  const judgement = await judgeChange(repository, request, options);
  return isProtected ? landing(judgement) : proposing(judgement);
}

/** A proposal is refused only for what must not even lie on the server. */
function proposing(judgement: Judgement): string | null {
  const stops = stopping(judgement);
  if (stops.length === 0) return null;
  say(hookLines(judgement));
  return judgement.decision.enforced ? 'it would break something; see above' : null;
}

/** What lands must satisfy the policy. Without a policy file nobody asked for approvals, only findings stop it. */
function landing(judgement: Judgement): string | null {
  const { decision, policy } = judgement;
  if (decision.verdict === 'land') return null;
  if (policy.builtIn) return proposing(judgement);
  say([...hookLines(judgement), ...owedLines(judgement)]);
  return decision.enforced ? 'it owes something before it may land; see above' : null;
}
