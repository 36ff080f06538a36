import type { Guard } from '../guard.ts';

const probe =
  '          readinessProbe:\n            httpGet:\n              path: /ready\n              port: 80\n';
const limits =
  '          resources:\n            limits:\n              memory: 1Gi\n              cpu: "1"\n';
const budget =
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 2\n';

function deployment({ replicas = 3, inside = probe + limits, strategy = '' } = {}): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: ${replicas}\n${strategy}  template:\n    spec:\n      containers:\n        - name: app\n          image: shop/web:1.2.3\n${inside}          ports:\n            - containerPort: 80\n`;
}

const recreate = '  strategy:\n    type: Recreate\n';
const file = 'deploy/web.yaml';

/** Cases of `kubernetes/availability`. */
export const availabilityExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'values of a chart leave one replica',
      before: { 'charts/web/values.yaml': 'web:\n  replicaCount: 3\n  image:\n    tag: v1\n' },
      after: { 'charts/web/values.yaml': 'web:\n  replicaCount: 1\n  image:\n    tag: v1\n' },
    },
    {
      name: 'values of a chart lose the probe and the budget',
      before: {
        'charts/web/values.yaml':
          'livenessProbe:\n  httpGet:\n    path: /health\npodDisruptionBudget:\n  enabled: true\nport: 80\n',
      },
      after: { 'charts/web/values.yaml': 'podDisruptionBudget:\n  enabled: false\nport: 80\n' },
    },
    {
      name: 'the readiness probe is removed',
      before: { [file]: deployment() },
      after: { [file]: deployment({ inside: limits }) },
    },
    {
      name: 'limits are removed',
      before: { [file]: deployment() },
      after: { [file]: deployment({ inside: probe }) },
    },
    {
      name: 'one replica stays',
      before: { [file]: deployment() },
      after: { [file]: deployment({ replicas: 1 }) },
    },
    {
      name: 'all replicas are stopped',
      before: { [file]: deployment() },
      after: { [file]: deployment({ replicas: 0 }) },
    },
    {
      name: 'each deployment stops everything first',
      before: { [file]: deployment() },
      after: { [file]: deployment({ strategy: recreate }) },
    },
    {
      name: 'the disruption budget is removed',
      before: { [file]: `${deployment()}---\n${budget}` },
      after: { [file]: deployment() },
    },
  ],
  passed: [
    {
      name: 'values of a chart scale by load from now on',
      before: { 'charts/web/values.yaml': 'replicaCount: 3\nautoscaling:\n  enabled: false\n' },
      after: { 'charts/web/values.yaml': 'replicaCount: 1\nautoscaling:\n  enabled: true\n' },
    },
    {
      name: 'replicas are raised',
      before: { [file]: deployment() },
      after: { [file]: deployment({ replicas: 5 }) },
    },
    {
      name: 'a limit on processor time goes, memory stays',
      before: { [file]: deployment() },
      after: {
        [file]: deployment({ inside: probe + limits.replace('              cpu: "1"\n', '') }),
      },
    },
    {
      name: 'an autoscaler takes over the replicas',
      before: { [file]: deployment() },
      after: {
        [file]: `${deployment({ replicas: 1 })}---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: web\nspec:\n  minReplicas: 2\n  scaleTargetRef:\n    name: web\n`,
      },
    },
    {
      name: 'the workload goes together with its budget',
      before: { [file]: `${deployment()}---\n${budget}` },
      after: { [file]: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n' },
    },
    {
      name: 'a development overlay runs one replica',
      before: { 'overlays/dev/web.yaml': deployment() },
      after: { 'overlays/dev/web.yaml': deployment({ replicas: 1 }) },
    },
    {
      name: 'the manifest moves to another file unchanged',
      before: { [file]: deployment() },
      after: { 'base/web.yaml': deployment() },
    },
    {
      name: 'a startup probe takes the place of the liveness probe',
      before: { [file]: deployment({ inside: probe.replace('readiness', 'liveness') }) },
      after: { [file]: deployment({ inside: probe.replace('readiness', 'startup') }) },
    },
  ],
};
