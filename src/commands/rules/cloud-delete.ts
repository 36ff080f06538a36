import type { Run } from '../command.ts';
import type { Hit, Rule } from '../rule.ts';
import { isRehearsal, verbsOf } from './rehearsal.ts';

/** Cloud resources deleted by a provider's own tool. */
export const cloudDelete: Rule = {
  id: 'commands/cloud-delete',
  title: 'Deleting cloud resources',
  why: 'Cloud deletions take effect at once and most of them cannot be undone.',
  decision: 'deny',
  loses: 'the cloud resource with its data and its address',
  instead: 'Describe the resource, say why it should go, and let a person delete it.',
  programs: [
    'aws',
    'gcloud',
    'gsutil',
    'az',
    'doctl',
    'fly',
    'flyctl',
    'heroku',
    'vercel',
    'netlify',
    'railway',
    'wrangler',
    'linode-cli',
    'hcloud',
    'ibmcloud',
    'oci',
    'scw',
    'supabase',
    'firebase',
    'gh',
    'glab',
    'mc',
    's3cmd',
    's5cmd',
    'rclone',
    'bq',
    'neonctl',
    'pscale',
    'turso',
    'render',
    'cf',
  ],
  caught: [
    'aws s3 rm s3://shop --recursive',
    'aws s3 rb s3://shop --force',
    'aws s3 sync . s3://shop --delete',
    'aws ec2 terminate-instances --instance-ids i-1',
    'aws rds delete-db-instance --db-instance-identifier a',
    'gcloud projects delete shop',
    'gcloud -q sql instances delete a',
    'az group delete -n shop -y',
    'doctl compute droplet delete 1',
    'flyctl apps destroy shop',
    'heroku apps:destroy shop',
    'vercel remove shop',
    'netlify sites:delete 1',
    'gsutil -m rm -r gs://shop',
    'gh repo delete ann/shop --yes',
    'firebase projects:delete',
    'aws --profile p dynamodb delete-table --table-name t',
    'bq rm -r -f shop.data',
    'wrangler d1 delete shop',
  ],
  passed: [
    'aws s3 ls',
    'aws s3 cp a s3://b',
    'aws ec2 describe-instances',
    'gcloud compute instances list',
    'az group list',
    'aws s3 rm s3://b/tmp --recursive --dryrun',
    'doctl compute droplet list',
    'vercel ls',
    'heroku logs --tail',
    'gh repo view',
    'fly status',
    'aws ec2 terminate-instances --instance-ids i --dry-run',
    'aws logs tail g',
  ],
  look: (run) => {
    if (isRehearsal(run) || run.args.includes('--dryrun')) return [];
    const { args, name } = run;
    const words = verbsOf(run, [
      '--profile',
      '--region',
      '--project',
      '-a',
      '--app',
      '-n',
      '--name',
      '-g',
      '--output',
      '--query',
      '-p',
    ]);
    const verb = words.find((word, at) => at < 6 && deletes.test(word));
    const isBulk =
      name === 'aws'
        ? awsBulk(args)
        : /^(?:gsutil|rclone|mc|s3cmd|s5cmd)$/.test(name) && storageBulk(words, args);
    if (isBulk) return [{ says: 'It deletes objects in cloud storage in bulk.' }];
    if (verb === undefined || (name === 'aws' && /^s3$/.test(words[0] ?? '')) || milder(run, words))
      return mild(run, words);
    return [
      {
        says: `It deletes a cloud resource (${name} ${words.slice(0, 3).join(' ').slice(0, 60)}).`,
      },
    ];
  },
};

const deletes =
  /^(?:delete|destroy|remove|terminate|purge|rm|rb|delete-.{1,80}|terminate-.{1,80}|purge-.{1,60}|deregister-.{1,60}|schedule-key-deletion|[\w-]{1,40}:(?:delete|destroy|remove|reset))$/;

function awsBulk(args: readonly string[]): boolean {
  const at = args.indexOf('s3');
  if (at < 0) return false;
  const verb = args[at + 1];
  return (
    verb === 'rb' ||
    (verb === 'rm' && args.includes('--recursive')) ||
    (verb === 'sync' && args.includes('--delete'))
  );
}

function storageBulk(words: readonly string[], args: readonly string[]): boolean {
  const [verb = ''] = words;
  if (/^(?:rb|purge|delete|deletefile|del)$/.test(verb)) return true;
  if (verb === 'rm') return args.some((arg) => /^(?:-\w*[rR]\w*|--recursive|--force)$/.test(arg));
  return verb === 'rsync' && args.some((arg) => /^-\w*d/.test(arg));
}

// Taking away settings or a tag is asked about; the resource itself stays.
const small =
  /^(?:env|secrets?|config|variable|label|alias|release|run|cache|domains?|certs?|auth|completions?|autolink|gist|ssh-key|gpg-key|issue|pr|delete-(?:tags|alias|message|log-stream|function-concurrency)|codespace|extension|tag)$/;

function milder(run: Run, words: readonly string[]): boolean {
  return (
    words.slice(0, 3).some((word) => small.test(word)) ||
    /^(?:config|ps|domains|addons):unset$/.test(run.args[0] ?? '')
  );
}

function mild(run: Run, words: readonly string[]): readonly Hit[] {
  const isDelete = words.some((word) => deletes.test(word)) && milder(run, words);
  const isApiDelete =
    /^(?:gh|glab)$/.test(run.name) &&
    run.args.includes('api') &&
    run.args.some((arg) => /^(?:-X)?DELETE$/i.test(arg) || arg === '--method=DELETE');
  return isDelete || isApiDelete
    ? [{ decision: 'ask', says: `It deletes something on a remote service with ${run.name}.` }]
    : [];
}
