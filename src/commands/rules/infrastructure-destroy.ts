import { hasAny, readArgs } from '../read-args.ts';
import type { Rule } from '../rule.ts';
import { isRehearsal, verbsOf } from './rehearsal.ts';

/** Whole environments taken down by the tools that built them. */
export const infrastructureDestroy: Rule = {
  id: 'commands/infrastructure-destroy',
  title: 'Destroying infrastructure',
  why: 'The tool deletes every resource it manages, with the data in it.',
  decision: 'deny',
  loses: 'servers, databases and storage of the environment',
  instead: 'Show the plan (for example terraform plan -destroy) and let a person run it.',
  programs: [
    'terraform',
    'tofu',
    'terragrunt',
    'pulumi',
    'cdk',
    'cdktf',
    'serverless',
    'sls',
    'sst',
    'sam',
    'copilot',
    'eb',
    'kops',
    'eksctl',
    'vagrant',
    'cdk8s',
    'azd',
    'nomad',
    'kind',
    'amplify',
    'chalice',
  ],
  caught: [
    'terraform destroy',
    'terraform -chdir=infra destroy -auto-approve',
    'tofu apply -destroy',
    'terragrunt run-all destroy',
    'pulumi destroy --yes',
    'npx cdk destroy',
    'serverless remove --stage prod',
    'sst remove',
    'eb terminate shop',
    'sam delete',
    'eksctl delete cluster --name a',
    'azd down',
    'TF_VAR_x=1 terraform destroy',
  ],
  passed: [
    'terraform plan',
    'terraform plan -destroy',
    'terraform validate',
    'terraform fmt',
    'pulumi preview',
    'cdk diff',
    'terraform init',
    'serverless deploy --help',
    'terraform destroy -help',
  ],
  look: (run) => {
    const verbs = verbsOf(run, [
      '-s',
      '--stack',
      '--stage',
      '-var',
      '-var-file',
      '--profile',
      '--region',
    ]);
    const read = readArgs(run.args);
    if (isRehearsal(run) || hasAny(read, '-help') || verbs[0] === 'plan') return [];
    const [first = '', second = ''] = verbs;
    const destroys =
      /^(?:destroy|destroy-all)$/.test(first) ||
      (/^(?:run-all|stack|run)$/.test(first) && run.args.includes('destroy')) ||
      (first === 'apply' && hasAny(read, '-destroy', '--destroy')) ||
      (/^(?:serverless|sls|sst)$/.test(run.name) && first === 'remove') ||
      (run.name === 'eb' && first === 'terminate') ||
      (run.name === 'azd' && first === 'down') ||
      (/^(?:sam|amplify|chalice)$/.test(run.name) && first === 'delete') ||
      (/^(?:kops|eksctl)$/.test(run.name) && first === 'delete') ||
      (run.name === 'copilot' && second === 'delete') ||
      (run.name === 'pulumi' && first === 'stack' && second === 'rm');
    if (!destroys || run.name === 'vagrant' || run.name === 'kind') return [];
    return [{ says: `It destroys the infrastructure that ${run.name} manages.` }];
  },
};
