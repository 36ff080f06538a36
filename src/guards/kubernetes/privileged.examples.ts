import type { Guard } from '../guard.ts';

const pod = (
  context: readonly string[],
  spec: readonly string[] = [],
): Readonly<Record<string, string>> => ({
  'deploy/web.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n${spec.map((line) => `      ${line}\n`).join('')}      containers:\n        - name: web\n          image: web:1.2\n${context.length === 0 ? '' : `          securityContext:\n${context.map((line) => `            ${line}\n`).join('')}`}`,
});

/** Cases of `kubernetes/privileged`. */
export const privilegedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    { name: 'the container becomes privileged', before: pod([]), after: pod(['privileged: true']) },
    {
      name: 'it no longer refuses to run as root',
      before: pod(['runAsNonRoot: true', 'runAsUser: 1000']),
      after: pod(['runAsUser: 1000']),
    },
    {
      name: 'it may gain rights again',
      before: pod(['allowPrivilegeEscalation: false']),
      after: pod(['allowPrivilegeEscalation: true']),
    },
    {
      name: 'the socket of the container engine is mounted',
      before: pod([]),
      after: pod(
        [],
        ['volumes:', '  - name: engine', '    hostPath:', '      path: /var/run/docker.sock'],
      ),
    },
    {
      name: 'it sees the processes of the node',
      before: pod([]),
      after: pod([], ['hostPID: true']),
    },
    {
      name: 'it is given the rights of an administrator',
      before: pod(['capabilities:', '  drop: [ALL]']),
      after: pod(['capabilities:', '  add: [SYS_ADMIN]']),
    },
  ],
  passed: [
    {
      name: 'it gives rights up',
      before: pod(['privileged: true']),
      after: pod(['privileged: false']),
    },
    {
      name: 'it was privileged before',
      before: pod(['privileged: true']),
      after: pod(['privileged: true', 'runAsUser: 1000']),
    },
    {
      name: 'the pod as a whole refuses to run as root',
      before: pod(['runAsNonRoot: true']),
      after: pod([], ['securityContext:', '  runAsNonRoot: true']),
    },
    {
      name: 'it may open low ports',
      before: pod([]),
      after: pod(['capabilities:', '  add: [NET_BIND_SERVICE]']),
    },
    {
      name: 'a pod of the tests is privileged',
      before: { 'test/e2e/web.yaml': pod([])['deploy/web.yaml'] ?? '' },
      after: { 'test/e2e/web.yaml': pod(['privileged: true'])['deploy/web.yaml'] ?? '' },
    },
    {
      name: 'an empty folder is shared',
      before: pod([]),
      after: pod([], ['volumes:', '  - name: tmp', '    emptyDir: {}']),
    },
  ],
};
