import type { Rule } from '../rule.ts';
import { checksOff } from './checks-off.ts';
import { cloudDelete } from './cloud-delete.ts';
import { clusterDelete } from './cluster-delete.ts';
import { databaseDrop } from './database-drop.ts';
import { databaseReset } from './database-reset.ts';
import { databaseRows } from './database-rows.ts';
import { forcePush } from './force-push.ts';
import { gitLoss } from './git-loss.ts';
import { infrastructureChange } from './infrastructure-change.ts';
import { infrastructureDestroy } from './infrastructure-destroy.ts';
import { machineDamage } from './machine-damage.ts';
import { machineStop } from './machine-stop.ts';
import { monitorOff } from './monitor-off.ts';
import { policyChange } from './policy-change.ts';
import { policySource } from './policy-source.ts';
import { publish } from './publish.ts';
import { readCredentials } from './read-credentials.ts';
import { recursiveDelete } from './recursive-delete.ts';
import { sendSecrets } from './send-secrets.ts';
import { systemWrite } from './system-write.ts';
import { tooDeep } from './too-deep.ts';
import { unseenCode } from './unseen-code.ts';

/** All rules, the gravest first. */
export const rules: readonly Rule[] = [
  monitorOff,
  policySource,
  policyChange,
  recursiveDelete,
  databaseDrop,
  databaseRows,
  databaseReset,
  infrastructureDestroy,
  infrastructureChange,
  cloudDelete,
  clusterDelete,
  forcePush,
  gitLoss,
  checksOff,
  machineDamage,
  machineStop,
  systemWrite,
  unseenCode,
  tooDeep,
  publish,
  readCredentials,
  sendSecrets,
];
