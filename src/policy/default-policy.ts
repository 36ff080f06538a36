/**
 * The policy that holds where a repository has none, as text, so that `init` can write the same file. It starts by
 * observing, asks only what any repository can give, and says where it falls back.
 */
export const defaultPolicyText = `# What a change owes before it may land. Hallmonitor reads this file from the branch a change
# wants to land on, so that no change can exempt itself. The language is described in docs/policy.md.
version: 1
mode: observe             # observe -> warn -> enforce. Observe says what would happen and stops nothing.
agents: enforce           # what a coding agent proposes is refused from the start: it corrects itself at once

who:
  senior:
    level: L5+            # levels come from .hallmonitor/people.yml
    if_nobody: expert     # while nobody but the author has that level, knowing the files has to do
  expert:                 # has shown they know these files
    any: [ changed the file at least 1 time, reviewed the file at least 3 times ]
    within: 12 months
    covering: 50% of changed lines
    if_nobody: anyone     # new files, or a project of one person

areas:
  guarded:                # what hurts most when it is wrong
    - "**/migrations/**"
    - "**/auth/**"
    - .github/workflows/**
    - .gitlab-ci.yml
    - .hallmonitor/**
    - "**/CODEOWNERS"
    - "**/*.tf"
  docs:
    - "**/*.md"
    - "**/*.rst"
    - "**/*.adoc"
    - "!**/AGENTS.md"     # coding agents obey these
    - "!**/CLAUDE.md"
    - "!**/GEMINI.md"
    - "!**/SKILL.md"
    - "!.*/**"

# Uncomment to count lines without evidence as written by a person. Otherwise they may be AI's.
# humans:
#   people: [ ann@example.org ]
#   whole_repository: true

rules:                    # every matching rule applies; the strictest wins; only "waives" asks for less
  - name: Everything gets one reviewer
    require: { approvals: 1 }         # never the author, a committer, a bot, or whoever prompted the AI

  - name: Human-written docs need none
    when: { only: docs, ai: none }
    waives: Everything gets one reviewer

  - name: AI-assisted work needs someone who knows the code
    when: { ai: assisted }            # any evidence of AI; what has no known author counts as assisted
    require: { approvals: 1, from: expert }

  - name: A warning needs someone who knows the code
    when: { severity: warn }
    require: { approvals: 1, from: expert }

  - name: Risky or mostly-AI changes need a senior
    when: { any: [ { risk: top 10% }, { ai_share: "> 50%", lines: "> 200" }, { touches: guarded } ] }
    require: { approvals: 1, from: senior and expert }

  - name: Too big to review well
    when: { ai: assisted, lines: "> 400" }   # generated, vendored and lock files do not count
    require: { split: true, or: { approvals: 2 } }

attention:                # was it really reviewed?
  too_fast: faster than 1500 lines/hour since the last push
  stale: when a push changes reviewed lines (clean merges from main do not count)
  reviewer_budget: 800 lines/day per person
  answer_within: 4 working hours

# Uncomment when people.yml says who is on call.
# break_glass:
#   who: [ on-call, incident-commander ]
#   needs: [ incident-id, reason ]
#   allows: 1 approval from anyone, canary only
#   review_after: { within: 24 hours, from: senior and expert, if_missed: block this team's next merge }

if_unknown: ask for more  # a missing signal or a crashed check never lowers a requirement

tests:                    # run by "hallmonitor policy test"
  - name: A small change by a person needs anyone's approval
    given: { ai: none, lines: 40 }
    expect: { approvals: 1, from: anyone }
  - name: Human-written docs need nobody
    given: { ai: none, paths: [ docs/guide.md ] }
    expect: { approvals: 0 }
  - name: Instructions for coding agents are no docs
    given: { ai: none, paths: [ AGENTS.md ] }
    expect: { approvals: 1 }
  - name: AI-assisted work needs an expert
    given: { ai: assisted, lines: 40 }
    expect: { approvals: 1, from: expert }
  - name: What nobody knows the author of counts as AI-assisted
    given: { ai: unknown, lines: 40 }
    expect: { approvals: 1, from: expert }
  - name: A guarded area needs a senior
    given: { ai: none, paths: [ db/migrations/0001.sql ] }
    expect: { approvals: 1, from: senior and expert }
  - name: A big AI-assisted change is split or read twice
    given: { ai: assisted, lines: 500 }
    expect: { approvals: 1, split: true, or: { approvals: 2 } }
`;

/** Shown in place of a file name. */
export const defaultPolicyName = 'the default policy';
