/** A CI job that judges each pull or merge request; `path` is relative to the repository. */
export interface CiSnippet {
  readonly path: string;
  readonly text: string;
  readonly after: string;
}

export type Forge = 'github' | 'gitlab';

/** Which forge a remote belongs to, by its host; null when its name does not tell. */
export function forgeOf(remoteUrl: string | null): Forge | null {
  if (remoteUrl === null) return null;
  if (/(?:^|[/@.])github\./i.test(remoteUrl)) return 'github';
  return /(?:^|[/@.])gitlab\./i.test(remoteUrl) ? 'gitlab' : null;
}

/** The job for a forge. The branch name reaches the shell as a variable, never as text of the script. */
export function ciSnippet(forge: Forge, version: string): CiSnippet {
  return forge === 'github' ? github(version) : gitlab(version);
}

function github(version: string): CiSnippet {
  const text = `name: Hallmonitor
on: pull_request
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          fetch-depth: 0
          ref: \${{ github.event.pull_request.head.sha }}
          persist-credentials: false
      - uses: actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af # v4.1.0
        with:
          node-version: 24
      - name: Judge the change
        env:
          BASE: \${{ github.base_ref }}
        run: |
          status=0
          npx --yes hallmonitor@${version} check "origin/$BASE..HEAD" --format markdown > hallmonitor.md || status=$?
          cat hallmonitor.md >> "$GITHUB_STEP_SUMMARY"
          cat hallmonitor.md
          exit $status
`;
  return {
    path: '.github/workflows/hallmonitor.yml',
    text,
    after: 'Make "Hallmonitor / check" a required status check once the policy says mode: enforce.',
  };
}

function gitlab(version: string): CiSnippet {
  const text = `hallmonitor:
  image: node:24
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"
  script:
    - git fetch --quiet origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - npx --yes hallmonitor@${version} check "FETCH_HEAD..$CI_COMMIT_SHA"
`;
  return {
    path: '.gitlab/hallmonitor.yml',
    text,
    after: 'Add to .gitlab-ci.yml:  include: { local: .gitlab/hallmonitor.yml }',
  };
}
