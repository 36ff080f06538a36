import { readCommit } from '../provenance/commit-evidence.ts';
import type { Evidence } from '../provenance/provenance.ts';
import { agentsHere } from './agents-here.ts';
import { say } from './gate-verdict.ts';
import { plain } from './plain.ts';
import { readNamed } from './print.ts';

/**
 * `commit-msg`: when an agent runs the commit and its message does not say so, names the line that would.
 * It changes nothing and stops nothing: disclosure is for the team to ask for, and consent for the person.
 */
export async function commitMessage(file: string): Promise<number> {
  const message = await readNamed(file);
  say(disclosureAdvice(message, agentsHere()));
  return 0;
}

/** What to say about a message, given what the environment shows; nothing when all is said. */
export function disclosureAdvice(
  message: string,
  environment: readonly Evidence[],
): readonly string[] {
  const disclosed = readCommit(asCommit(message));
  const spoken = disclosed.some(
    ({ claim }) => claim === 'ai' || claim === 'mixed' || claim === 'advised',
  );
  const tools = [...new Set(environment.map(({ tool }) => tool ?? 'an AI agent'))];
  if (spoken || tools.length === 0) return [];
  return [
    `hallmonitor: ${tools.map(plain).join(', ')} runs this commit, and the message does not say so.`,
    ...tools.map((tool) => `  To disclose it, end the message with:  Assisted-by: ${plain(tool)}`),
  ];
}

function asCommit(message: string): Parameters<typeof readCommit>[0] {
  const nobody = { name: '', email: '' };
  const times = { authoredAt: 0, committedAt: 0 };
  // Git has not yet taken out the comment lines of the editor.
  const text = message.replaceAll(/^#.*$/gm, '');
  return { sha: '', parents: [], author: nobody, committer: nobody, ...times, message: text };
}
