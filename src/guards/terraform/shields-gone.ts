import type { Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { addressOf, attribute } from './infrastructure.ts';
import type { Infrastructure, Placed } from './infrastructure.ts';

// Resources that do nothing but protect another one, and what is lost with them.
const shields: Readonly<Record<string, string>> = {
  aws_s3_bucket_versioning: 'the versions of a bucket',
  aws_s3_bucket_object_lock_configuration: 'the lock on objects',
  aws_backup_plan: 'a backup plan',
  aws_backup_selection: 'what a backup plan covers',
  aws_backup_vault_lock_configuration: 'the lock on backups',
  aws_dlm_lifecycle_policy: 'the snapshots of disks',
  azurerm_management_lock: 'the lock against deletion',
  azurerm_backup_policy_vm: 'a backup plan',
  azurerm_backup_protected_vm: 'the backup of a machine',
  google_resource_manager_lien: 'the lock against deletion',
  google_compute_resource_policy: 'the snapshots of disks',
  google_compute_disk_resource_policy_attachment: 'the snapshots of a disk',
};

/** Resources that protect others and go while those stay. */
export function shieldsGone({ before, after }: Infrastructure): readonly Sighting[] {
  const stays = new Set(after.map(({ block }) => addressOf(block)));
  return before.flatMap((was) => {
    const what = shields[was.block.labels[0] ?? ''];
    const address = addressOf(was.block);
    if (what === undefined || address === null || was.file.after === null) return [];
    if (stays.has(address) || isMoved(address, after) || isReplaced(was, { before, after }))
      return [];
    return [
      {
        path: was.file.path,
        line: lineAfter(was.file, was.block.line),
        says: `removes ${what} (${address})`,
        subject: address,
        severity: 'warn',
        confidence: 0.7,
      },
    ];
  });
}

function isMoved(address: string, after: readonly Placed[]): boolean {
  return after.some(
    ({ block }) =>
      block.type === 'moved' && String(attribute(block, 'from')?.value ?? '').startsWith(address),
  );
}

function isReplaced({ block }: Placed, { before, after }: Infrastructure): boolean {
  const count = (list: readonly Placed[]): number =>
    list.filter((one) => one.block.labels[0] === block.labels[0]).length;
  return count(after) >= count(before);
}
