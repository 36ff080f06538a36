import type { Guard } from '../guard.ts';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-config\ndata:\n  A: b\n';
const workload = (label: string, port = 'http', config = 'web-config'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      labels:\n        app: ${label}\n    spec:\n      containers:\n        - name: web\n          image: web:1.2\n          ports:\n            - name: ${port}\n              containerPort: 8080\n          envFrom:\n            - configMapRef:\n                name: ${config}\n`;
const service = (label: string, port = 'http'): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: ${label}\n  ports:\n    - port: 80\n      targetPort: ${port}\n`;
const join = (...parts: readonly string[]): Readonly<Record<string, string>> => ({
  'deploy/web.yaml': parts.join('---\n'),
});

/** Cases of `kubernetes/reference-dangling`. */
export const referenceDanglingExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'settings are removed that pods still read',
      before: join(workload('web'), config),
      after: join(workload('web').replace('1.2', '1.3')),
    },
    {
      name: 'the label of the pods changes, the selector does not',
      before: join(workload('web'), service('web')),
      after: join(workload('shop'), service('web')),
    },
    {
      name: 'the port of the pods gets another name, also in files of their own',
      before: { 'deploy/web.yaml': workload('web'), 'deploy/service.yaml': service('web') },
      after: {
        'deploy/web.yaml': workload('web', 'web'),
        'deploy/service.yaml': service('web').replace('port: 80', 'port: 81'),
      },
    },
    {
      name: 'the settings get another name',
      before: join(workload('web'), config),
      after: join(workload('web'), config.replace('web-config', 'shop-config')),
    },
  ],
  passed: [
    {
      name: 'both ends change together',
      before: join(workload('web'), service('web')),
      after: join(workload('shop', 'web'), service('shop', 'web')),
    },
    {
      name: 'the settings move to another file',
      before: join(workload('web'), config),
      after: { ...join(workload('web')), 'deploy/config.yaml': config },
    },
    {
      name: 'kustomize makes the settings now',
      before: join(workload('web'), config),
      after: {
        ...join(workload('web')),
        'deploy/kustomization.yaml':
          'configMapGenerator:\n  - name: web-config\n    literals: [A=b]\n',
      },
    },
    {
      name: 'the pods read other settings',
      before: join(workload('web'), config),
      after: join(workload('web', 'http', 'other')),
    },
    {
      name: 'the whole service goes',
      before: join(workload('web'), service('web'), config),
      after: {},
    },
    {
      name: 'a selector whose pods are elsewhere',
      before: join(service('web')),
      after: join(service('shop')),
    },
  ],
};
