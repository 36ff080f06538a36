import type { Run } from '../command.ts';
import type { Hit, Rule } from '../rule.ts';
import { isRehearsal, verbsOf } from './rehearsal.ts';

/** Changes to real infrastructure that nobody confirms. */
export const infrastructureChange: Rule = {
  id: 'commands/infrastructure-change',
  title: 'Changing infrastructure without a person',
  why: 'The change is applied with no one reading the plan, and may replace resources that hold data.',
  decision: 'ask',
  loses: 'resources that the plan replaces or forgets',
  instead: 'Show the plan and ask the person to apply it.',
  programs: [
    'terraform',
    'tofu',
    'terragrunt',
    'pulumi',
    'cdk',
    'serverless',
    'sls',
    'ansible-playbook',
    'helmfile',
  ],
  caught: [
    'terraform apply -auto-approve',
    'terraform apply',
    'terraform state rm aws_db.main',
    'pulumi up --yes',
    'cdk deploy --require-approval never',
    'terraform import a.b c',
    'terraform taint a.b',
    'terraform workspace delete prod',
    'terraform force-unlock 1',
  ],
  passed: [
    'terraform plan -out p',
    'terraform state list',
    'terraform state show a',
    'pulumi stack ls',
    'terraform output -json',
    'cdk synth',
    'ansible-playbook site.yml --check',
    'terraform workspace list',
  ],
  look: (run) => {
    if (isRehearsal(run)) return [];
    const verbs = verbsOf(run, [
      '-s',
      '--stack',
      '-var',
      '-var-file',
      '--profile',
      '--region',
      '-i',
      '-e',
      '-l',
    ]);
    const said = verbs.slice(0, 3).join(' ');
    if (run.name === 'ansible-playbook' || run.name === 'helmfile') {
      const applies =
        run.name === 'ansible-playbook'
          ? !run.args.some((arg) => /^(?:--syntax-check|--list-\w+|-C|--version)$/.test(arg))
          : /^(?:destroy|delete|apply|sync)/.test(said);
      return applies ? hit(run, 'changes the hosts or releases of an environment') : [];
    }
    if (/^(?:apply|run-all apply|up|update|deploy)\b/.test(said))
      return hit(run, 'applies changes to infrastructure');
    if (
      /^(?:state (?:rm|mv|push|replace-provider)|state delete|taint|untaint|import|force-unlock|workspace delete)/.test(
        said,
      )
    ) {
      return hit(run, 'changes what the tool knows of the infrastructure');
    }
    return [];
  },
};

function hit(run: Run, what: string): readonly Hit[] {
  return [{ says: `It ${what} with ${run.name}.` }];
}
