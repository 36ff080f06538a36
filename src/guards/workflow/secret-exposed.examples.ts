import type { Guard } from '../guard.ts';

const path = '.github/workflows/ship.yml';

function flow(steps: string): Readonly<Record<string, string>> {
  return {
    [path]: `name: ship\non: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n${steps}`,
  };
}

/** Cases of `workflow/secret-exposed`. */
export const secretExposedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a secret is printed in another form',
      before: flow(''),
      after: flow('      - run: echo "${{ secrets.DEPLOY_KEY }}" | base64\n'),
    },
    {
      name: 'a secret of the environment is echoed to look at it',
      before: flow(''),
      after: flow(
        '      - run: echo "token is $TOKEN"\n        env:\n          TOKEN: ${{ secrets.API_TOKEN }}\n',
      ),
    },
    {
      name: 'a file with a secret becomes an artifact',
      before: flow(''),
      after: flow(
        '      - run: echo "KEY=${{ secrets.KEY }}" > dist/.env\n      - uses: actions/upload-artifact@v4\n        with:\n          name: app\n          path: dist\n',
      ),
    },
    {
      name: 'an action gets every secret',
      before: flow(''),
      after: flow(
        '      - uses: someone/load@v1\n        with:\n          secrets: ${{ toJSON(secrets) }}\n',
      ),
    },
    {
      name: 'a secret stands in the summary of the run',
      before: flow(''),
      after: flow('      - run: echo "${{ secrets.URL }}" >> $GITHUB_STEP_SUMMARY\n'),
    },
  ],
  passed: [
    {
      name: 'a key goes to the agent by a pipe',
      before: flow(''),
      after: flow('      - run: echo "${{ secrets.SSH_KEY }}" | tr -d "\\r" | ssh-add -\n'),
    },
    {
      name: 'a password goes to a login',
      before: flow(''),
      after: flow(
        '      - run: echo "$PASSWORD" | docker login -u shop --password-stdin\n        env:\n          PASSWORD: ${{ secrets.DOCKER_PASSWORD }}\n',
      ),
    },
    {
      name: 'a key is decoded into a file of the machine',
      before: flow(''),
      after: flow('      - run: echo "${{ secrets.KEYSTORE }}" | base64 -d > app.keystore\n'),
    },
    {
      name: 'the mask is set for it',
      before: flow(''),
      after: flow('      - run: echo "::add-mask::${{ secrets.URL }}"\n'),
    },
    {
      name: 'it was so before',
      before: flow('      - run: echo "${{ secrets.DEPLOY_KEY }}" | base64\n'),
      after: flow('      - run: echo "${{ secrets.DEPLOY_KEY }}" | base64\n      - run: date\n'),
    },
    {
      name: 'a count is printed, not the secret',
      before: flow(''),
      after: flow(
        '      - run: echo "${{ vars.REGION }} $COUNT"\n        env:\n          COUNT: 3\n',
      ),
    },
  ],
};
