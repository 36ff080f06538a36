import { at } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { stepsOf, triggersOf, workflows } from './workflow.ts';
import type { Workflow } from './workflow.ts';

const path = '.github/workflows/greet.yml';

function flow(step: string, trigger = 'issues'): Readonly<Record<string, string>> {
  return {
    [path]: `name: greet\non: ${trigger}\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n${step}`,
  };
}

/** Text that strangers write becomes part of a script. */
export const untrustedInput: Guard = guard({
  id: 'workflow/untrusted-input',
  severity: 'block',
  protects: 'the secrets and rights of workflows',
  breaks:
    'Whoever writes an issue, comment, branch name or pull request can put commands into the script and run them with the secrets of the workflow.',
  fix: 'Hand the value over as an environment variable (env: TITLE: ${{ … }}) and use "$TITLE" in the script.',
  languages: ['yaml'],
  cwe: [78, 94],
  confidence: 0.9,
  caught: [
    {
      name: 'the title of an issue is echoed',
      after: flow('      - run: echo "${{ github.event.issue.title }}"\n'),
    },
    {
      name: 'the body of a comment in a longer script',
      after: flow(
        '      - run: |\n          set -e\n          if [ "${{ github.event.comment.body }}" = go ]; then make; fi\n',
        'issue_comment',
      ),
    },
    {
      name: 'a branch name in an inline JavaScript',
      after: flow(
        '      - uses: actions/github-script@v7\n        with:\n          script: |\n            const name = "${{ github.head_ref }}";\n',
        'pull_request_target',
      ),
    },
    {
      name: 'a commit message in brackets',
      after: flow("      - run: echo ${{ github.event.head_commit['message'] }}\n", 'push'),
    },
  ],
  passed: [
    {
      name: 'the value comes by the environment',
      after: flow(
        '      - run: echo "$TITLE"\n        env:\n          TITLE: ${{ github.event.issue.title }}\n',
      ),
    },
    {
      name: 'the value is a number or an id',
      after: flow(
        '      - run: echo ${{ github.event.issue.number }} ${{ github.event.pull_request.head.sha }}\n',
      ),
    },
    {
      name: 'the script gets only the answer to a question',
      after: flow(
        "      - run: echo ${{ contains(github.event.issue.title, 'bug') }} ${{ github.head_ref == 'main' }}\n",
      ),
    },
    {
      name: 'the condition of a step reads it',
      after: flow(
        "      - if: contains(github.event.comment.body, '/go')\n        run: make\n",
        'issue_comment',
      ),
    },
    {
      name: 'it was so before',
      before: flow('      - run: echo "${{ github.event.issue.title }}"\n'),
      after: flow('      - run: echo "${{ github.event.issue.title }}"\n      - run: date\n'),
    },
  ],
  look,
});

const property = String.raw`(?:issue|pull_request|discussion)\.(?:title|body)|(?:comment|review|review_comment)\.body|pull_request\.head\.(?:ref|label|repo\.default_branch)|pages\.[^.]+\.page_name|commits\.[^.]+\.(?:message|author\.(?:email|name))|head_commit\.(?:message|author\.(?:email|name))|workflow_run\.(?:head_branch|head_commit\.(?:message|author\.(?:email|name))|head_repository\.description)|workflow_run\.pull_requests\.[^.]+\.head\.ref|\*\.(?:title|body|message)`;
const written = new RegExp(String.raw`\bgithub\.event\.(?:${property})\b|\bgithub\.head_ref\b`);
// Any of these gives strangers a token that writes, or secrets; with the others they must have rights already.
const open: readonly string[] = [
  'pull_request_target',
  'issues',
  'issue_comment',
  'discussion',
  'discussion_comment',
  'workflow_run',
  'pull_request_review',
  'pull_request_review_comment',
  'fork',
  'watch',
  'gollum',
];

function look(scene: Scene): readonly Sighting[] {
  return workflows(scene).flatMap(({ now, was }) => {
    const triggers = triggersOf(now);
    const fresh = open.find(
      (name) => triggers.has(name) && was !== null && !triggersOf(was).has(name),
    );
    const isOpen = open.some((name) => triggers.has(name)) || triggers.size === 0;
    const old = new Set(was === null ? [] : uses(was).map(keyOf));
    return uses(now).flatMap((use) => {
      const isNew = now.file.added.has(use.line) && !old.has(keyOf(use));
      if (!isNew && fresh === undefined) return [];
      const { expression, line, job } = use;
      return [
        {
          path: now.file.path,
          line: isNew || fresh === undefined ? line : (triggers.get(fresh) ?? line),
          says: `puts ${expression} into a script${job === '' ? '' : ` of job ${job}`}`,
          subject: `${job} ${expression}`,
          ...(isOpen ? {} : { severity: 'warn' as const, confidence: 0.7 }),
        },
      ];
    });
  });
}

function keyOf({ job, expression }: Use): string {
  return `${job} ${expression}`;
}

interface Use {
  readonly expression: string;
  readonly line: number;
  readonly job: string;
}

function uses(workflow: Workflow): readonly Use[] {
  return stepsOf(workflow).flatMap(({ job, data }) => {
    const scripts = [at(data, 'run'), at(data, 'with', 'script')];
    return scripts.flatMap((script) =>
      untrustedIn(script, workflow).map((use) => ({ ...use, job })),
    );
  });
}

function untrustedIn(script: Data | null, { source }: Workflow): readonly Omit<Use, 'job'>[] {
  if (script === null) return [];
  const found: Omit<Use, 'job'>[] = [];
  for (let line = script.line; line <= script.endLine; line += 1) {
    const text = source.lines[line - 1] ?? '';
    for (const [, inner] of text.matchAll(/\$\{\{(.{0,1000}?)\}\}/g)) {
      const expression = untrusted(inner ?? '');
      if (expression !== null) found.push({ expression, line });
    }
  }
  return found;
}

function untrusted(expression: string): string | null {
  const dotted = expression.replace(/\[\s*'([^']*)'\s*\]/g, '.$1').replace(/\[\s*\d+\s*\]/g, '.*');
  const open = dotted
    .replace(/\b(?:contains|startsWith|endsWith|hashFiles)\((?:[^()]|\([^()]*\))*\)/gi, 'true')
    .replace(/[\w.*-]+\s*[!=]=\s*(?:'[^']*'|[\w.*-]+)|'[^']*'\s*[!=]=\s*[\w.*-]+/g, 'true');
  return written.exec(open)?.[0] ?? null;
}
