import { isActor, isError } from './actors.ts';
import { failed, usersOf } from './facts.ts';
import type { BotCommit, Loaded, PolicyBotFacts } from './facts.ts';
import type { Actors } from './predicate.ts';
import { byBytes, fails, failsForOne, firstLetters, goQuoted, holds } from './satisfied.ts';
import type { Satisfaction } from './satisfied.ts';

type Answer = Loaded<Satisfaction>;

/** The author of the pull request is an actor. */
export function authorIn(actors: Actors, facts: PolicyBotFacts): Answer {
  const member = isActor(actors, facts, facts.author);
  if (isError(member)) return member;
  if (member) return holds();
  const author = goQuoted(facts.author);
  return fails(
    `The pull request author ${author} does not meet the required membership conditions`,
  );
}

/** Somebody who opened, wrote or committed is an actor. */
export function contributorIn(actors: Actors, facts: PolicyBotFacts): Answer {
  if ('error' in facts.commits) return failed('failed to get commits', facts.commits);
  for (const user of contributors(facts.author, facts.commits)) {
    const member = isActor(actors, facts, user);
    if (isError(member)) return member;
    if (member) return holds();
  }
  return fails('No contributors meet the required membership conditions');
}

/** Everybody who opened, wrote or committed is an actor. */
export function onlyContributorsIn(actors: Actors, facts: PolicyBotFacts): Answer {
  if ('error' in facts.commits) return failed('failed to get commits', facts.commits);
  for (const user of contributors(facts.author, facts.commits)) {
    const member = isActor(actors, facts, user);
    if (isError(member)) return member;
    if (!member) {
      return fails(
        `Contributor ${goQuoted(user)} does not meet the required membership conditions`,
      );
    }
  }
  return holds();
}

function contributors(author: string, commits: readonly BotCommit[]): readonly string[] {
  return [...new Set([author, ...commits.flatMap(usersOf)])].toSorted(byBytes);
}

/** Whether the author wrote and committed everything; a commit through the web has no committer of its own. */
export function authorAlone(wanted: boolean, facts: PolicyBotFacts): Answer {
  if ('error' in facts.commits) return failed('failed to get commits', facts.commits);
  const foreign = facts.commits.find((commit) => {
    const committed = commit.committedViaWeb || commit.committer === facts.author;
    return commit.author !== facts.author || !committed;
  });
  if (wanted) {
    if (foreign === undefined) return holds();
    const sha = firstLetters(foreign.sha, 10);
    return fails(`Commit ${sha} was authored or committed by a different user`);
  }
  if (foreign !== undefined) return holds();
  return fails(`All commits were authored and committed by ${facts.author}`);
}

/** Whether GitHub verified the signature of every commit. */
export function validSignatures(wanted: boolean, facts: PolicyBotFacts): Answer {
  if ('error' in facts.commits) return failed('failed to get commits', facts.commits);
  const faults = facts.commits.map(signatureFault);
  const fault = faults.find((each) => each !== null);
  if (wanted) return fault === undefined || fault === null ? holds() : fails(fault);
  if (fault !== undefined && fault !== null) return holds();
  return fails('All commits are signed and have valid signatures');
}

/** Every commit is verified and signed by an actor. */
export function validSignaturesBy(actors: Actors, facts: PolicyBotFacts): Answer {
  if ('error' in facts.commits) return failed('failed to get commits', facts.commits);
  for (const commit of facts.commits) {
    const fault = signatureFault(commit);
    if (fault !== null) return fails(fault);
  }
  const strangers: string[] = [];
  for (const signer of new Set(facts.commits.map((commit) => commit.signature?.signer ?? ''))) {
    const member = isActor(actors, facts, signer);
    if (isError(member)) return member;
    if (!member) strangers.push(signer);
  }
  if (strangers.length === 0) return holds();
  return failsForOne(
    strangers.map((signer) => {
      const name = goQuoted(signer);
      return `Contributor ${name} does not meet the required membership conditions for signing`;
    }),
  );
}

/** Every commit is verified and signed with one of the GPG keys. */
export function validSignaturesByKeys(keyIds: readonly string[], facts: PolicyBotFacts): Answer {
  if ('error' in facts.commits) return failed('failed to get commits', facts.commits);
  for (const commit of facts.commits) {
    const fault = signatureFault(commit);
    if (fault !== null) return fails(fault);
    if (commit.signature?.type !== 'GpgSignature') {
      return fails(`Commit ${firstLetters(commit.sha, 10)} signature is not a GPG signature`);
    }
  }
  const used = new Set(facts.commits.map((commit) => commit.signature?.keyId ?? ''));
  const strange = [...used].filter((key) => !keyIds.includes(key));
  if (strange.length === 0) return holds();
  return failsForOne(
    strange.map((key) => {
      return `Key ${goQuoted(key)} does not meet the required key conditions for signing`;
    }),
  );
}

function signatureFault({ sha, signature }: BotCommit): string | null {
  const commit = `Commit ${firstLetters(sha, 10)}`;
  if (signature === null) return `${commit} has no signature`;
  if (!signature.valid) return `${commit} has an invalid signature due to ${signature.state}`;
  return null;
}
