import type { Run } from '../command.ts';
import type { Hit, Rule } from '../rule.ts';
import { isRehearsal, verbsOf } from './rehearsal.ts';

/** Workloads and data of a cluster, and volumes of the local container engine. */
export const clusterDelete: Rule = {
  id: 'commands/cluster-delete',
  title: 'Deleting or stopping workloads and volumes',
  why: 'Deleting namespaces, claims or volumes deletes their data; stopping workloads stops their users.',
  decision: 'ask',
  loses: 'running workloads, or the data in volumes',
  instead: 'Name the single object and the context, and let a person confirm.',
  programs: [
    'kubectl',
    'oc',
    'k',
    'helm',
    'docker',
    'podman',
    'nerdctl',
    'docker-compose',
    'argocd',
    'flux',
    'k3d',
    'minikube',
  ],
  caught: [
    'kubectl delete namespace shop',
    'kubectl delete pvc data-0',
    'kubectl -n shop delete pods --all',
    'kubectl delete -f k8s/',
    'kubectl drain node-1',
    'kubectl scale deploy/shop --replicas=0',
    'helm uninstall shop',
    'docker volume rm data',
    'docker system prune -af --volumes',
    'docker volume prune -f',
    'docker compose down -v',
    'kubectl --context prod apply -f k8s/',
    'argocd app delete shop',
    'kubectl delete pod shop-1',
  ],
  passed: [
    'kubectl get pods',
    'kubectl describe pod a',
    'kubectl logs a',
    'helm list',
    'helm template .',
    'docker compose down',
    'docker compose up -d',
    'docker ps',
    'docker rm -f web',
    'docker rmi web',
    'kubectl apply -f k8s/ --dry-run=server',
    'kubectl diff -f k8s/',
    'docker system df',
    'docker image prune -f',
    'kubectl --context kind-dev apply -f k8s/',
  ],
  look: (run) => {
    if (isRehearsal(run)) return [];
    const words = verbsOf(run, [
      '-n',
      '--namespace',
      '--context',
      '--kubeconfig',
      '-l',
      '--selector',
      '-f',
      '--file',
      '-p',
      '--filename',
      '-c',
      '--cluster',
      '--profile',
    ]);
    if (/^(?:kubectl|oc|k)$/.test(run.name)) return kubernetes(run, words);
    if (/^(?:docker|podman|nerdctl|docker-compose)$/.test(run.name)) return containers(run, words);
    const said = words.slice(0, 3).join(' ');
    return /^(?:uninstall|delete|del|un|app delete|delete kustomization|cluster delete)\b/.test(
      said,
    ) && !/^(?:k3d|minikube)$/.test(run.name)
      ? [{ says: `It removes a release and what belongs to it with ${run.name}.` }]
      : [];
  },
};

function kubernetes(run: Run, words: readonly string[]): readonly Hit[] {
  const [verb = '', kind = ''] = words;
  const { args } = run;
  if (verb === 'delete') {
    const isWide =
      /^(?:ns|namespaces?|pvc?|persistentvolume\w*|all|crds?|nodes?|customresourcedefinitions?|statefulsets?|sts)\b/i.test(
        kind,
      ) ||
      args.includes('--all') ||
      args.includes('--all-namespaces') ||
      args.includes('-A');
    return [
      isWide
        ? {
            decision: 'deny',
            says: 'It deletes whole namespaces, volumes or all objects of a kind in a cluster.',
          }
        : { says: 'It deletes objects in a cluster.' },
    ];
  }
  if (/^(?:drain|cordon|taint|evict)$/.test(verb))
    return [{ says: 'It takes a node of a cluster out of service.' }];
  if (verb === 'scale' && args.some((arg) => /^--replicas=0$/.test(arg)))
    return [{ says: 'It stops a workload of a cluster.' }];
  if (verb === 'replace' && args.includes('--force'))
    return [{ says: 'It deletes and makes objects of a cluster again.' }];
  const context = args.flatMap((arg, at) =>
    arg === '--context' || arg === '--kubeconfig' || arg === '--cluster'
      ? [args[at + 1] ?? '']
      : arg.startsWith('--context=')
        ? [arg.slice(10)]
        : [],
  );
  const changes = /^(?:apply|create|replace|patch|set|edit|rollout|scale|label|annotate)$/.test(
    verb,
  );
  return changes && context.some((name) => /prod|live/i.test(name))
    ? [{ says: 'It changes a production cluster.' }]
    : [];
}

function containers(run: Run, words: readonly string[]): readonly Hit[] {
  const said = words
    .filter((word) => word !== 'container')
    .slice(0, 2)
    .join(' ');
  const { args } = run;
  const volumes = args.some((arg) => /^(?:-v|--volumes|-\w*v)$/.test(arg));
  if (/^volume (?:rm|remove|prune)/.test(said))
    return [{ says: 'It deletes container volumes with their data.' }];
  if (said === 'system prune')
    return volumes ? [{ says: 'It deletes every unused container volume with its data.' }] : [];
  const isCompose = words[0] === 'compose' || run.name === 'docker-compose';
  const isDown = words.includes('down') || (words.includes('rm') && isCompose);
  return isCompose && isDown && volumes
    ? [{ says: 'It deletes the volumes of the composed services.' }]
    : [];
}
