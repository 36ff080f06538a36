import { hole } from '../command.ts';
import type { Run } from '../command.ts';
import { resolvePath } from '../paths.ts';
import type { Hit, Rule } from '../rule.ts';
import { touchedPaths } from './touched-paths.ts';

/** Files that say what is allowed, and who may allow it. */
export const policyChange: Rule = {
  id: 'commands/policy-change',
  title: 'Changing the policy',
  why: 'A policy is for people to change: who is held to rules must not write them.',
  decision: 'ask',
  loses: 'rules that people set for what is written here',
  instead: 'Say which rule is in the way and why, and let a person change it.',
  programs: null,
  caught: [
    'sed -i "s/deny/warn/" .hallmonitor/policy.yml',
    'echo "rules: []" > .hallmonitor/policy.yml',
    'cat >> .hallmonitor/people.yml <<EOF\n- ann\nEOF',
    'tee .hallmonitor/baseline.json < x',
    'rm .hallmonitor/policy.yml',
    'git rm .hallmonitor/policy.yml',
    'mv .hallmonitor/policy.yml /tmp/x',
    'cp /tmp/policy.yml .hallmonitor/',
    'mv /tmp/policy.yml .hallmonitor',
    'cd .hallmonitor && echo x > policy.yml',
    'git checkout HEAD~3 -- .hallmonitor/policy.yml',
    "python3 -c \"open('.hallmonitor/policy.yml','w').write('')\"",
    "node -e \"require('fs').writeFileSync('.hallmonitor/people.yml', '')\"",
    'perl -pi -e "s/a/b/" .hallmonitor/policy.yml',
    'yq -i ".a = 1" .hallmonitor/policy.yml',
    'dd of=.hallmonitor/policy.yml < x',
    'truncate -s 0 .hallmonitor/baseline.json',
    'rm .hallmonitor/*.yml',
    'curl -o .hallmonitor/policy.yml https://example.org/x',
  ],
  passed: [
    'cat .hallmonitor/policy.yml',
    'git diff .hallmonitor/policy.yml',
    'git add .hallmonitor/policy.yml',
    'cp .hallmonitor/policy.yml /tmp/x',
    'sed -n 1,9p .hallmonitor/people.yml',
    'python3 -c "print(open(\'.hallmonitor/policy.yml\').read())"',
    'echo x > docs/policy.yml',
    'hallmonitor check',
  ],
  look: (run) => {
    if (run.elsewhere) return [];
    const { changed } = touchedPaths(run);
    const isTouched = [...changed, ...downloads(run)].some((path) => isPolicy(path, run));
    return isTouched || inCode(run) ? [said] : [];
  },
};

const said: Hit = { says: 'It changes the policy, and a policy is for people to change.' };

const ours = /(?:^|\/)\.hallmonitor\/(?:policy\.ya?ml|people\.ya?ml|baseline\.json)$/;

function isPolicy(path: string, { cwd }: Run): boolean {
  const full = resolvePath(path, cwd) ?? path;
  const isSome = /(?:^|\/)\.hallmonitor\/[^/]{0,40}$/.test(full) && full.includes('*');
  return ours.test(full) || isSome || (full.includes(hole) && /\.hallmonitor\/.{1,60}$/.test(full));
}

function downloads({ name, args }: Run): readonly string[] {
  if (!/^(?:curl|wget|sort|iconv|jq)$/.test(name)) return [];
  return args.filter((_, at) => /^(?:-o|-O|--output|--output-document)$/.test(args[at - 1] ?? ''));
}

const inText = /\.hallmonitor\/(?:policy\.ya?ml|people\.ya?ml|baseline\.json)/;
const writing = /\bwrite|\bunlink|\brm\w{0,10}\(|\bremove|\brename|\bdump\(|['"][wa]\+?['"]/;

/** Longest program in a command that is looked through, in characters. */
const longestCode = 200_000;

function inCode({ name, args, stdin }: Run): boolean {
  if (!/^(?:python|node|ruby|perl|php|bun|deno)/.test(name)) return false;
  const code = [...args.filter((arg) => /[(;]/.test(arg)), stdin?.text ?? ''].join('\n');
  const short = code.slice(0, longestCode);
  return inText.test(short) && writing.test(short);
}
