import type { Guard } from './guard.ts';
import { cloudPermissionWidened } from './access/permission-widened.ts';
import { guardTampering } from './agents/guard-tampering.ts';
import { injection } from './agents/injection.ts';
import { instructionsChanged } from './agents/instructions-changed.ts';
import { alarmRemoved } from './alarms/removed.ts';
import { errorCodeChanged } from './api/error-code-changed.ts';
import { exportBroken } from './api/export-broken.ts';
import { implementorMissing } from './api/implementor-missing.ts';
import { schemaBroken } from './api/schema-broken.ts';
import { awaitDropped } from './async/await-dropped.ts';
import { blockingCall } from './async/blocking-call.ts';
import { asyncForEach } from './async/for-each.ts';
import { notAwaited } from './async/not-awaited.ts';
import { authCheckRemoved } from './auth/check-removed.ts';
import { eagerLoadRemoved } from './bounds/eager-load-removed.ts';
import { queryInLoop } from './bounds/query-in-loop.ts';
import { boundRemoved } from './bounds/removed.ts';
import { unboundedCache } from './bounds/unbounded-cache.ts';
import { expiryRemoved } from './caches/expiry-removed.ts';
import { keyNarrowed } from './caches/key-narrowed.ts';
import { stampede } from './caches/stampede.ts';
import { checksSuppressed } from './checks/suppressed.ts';
import { checksWeakened } from './checks/weakened.ts';
import { capacityCut } from './cloud/capacity-cut.ts';
import { encryptionOff } from './cloud/encryption-off.ts';
import { loggingOff } from './cloud/logging-off.ts';
import { publicExposure } from './cloud/public-exposure.ts';
import { retentionShortened } from './cloud/retention-shortened.ts';
import { stackProtectionOff } from './cloudformation/protection-off.ts';
import { stackDestroy } from './cloudformation/stateful-destroy.ts';
import { portExposed } from './compose/port-exposed.ts';
import { restartOrLimitsRemoved } from './compose/restart-or-limits-removed.ts';
import { volumeRemoved } from './compose/volume-removed.ts';
import { always } from './conditions/always.ts';
import { assignment } from './conditions/assignment.ts';
import { inverted } from './conditions/inverted.ts';
import { configBroken } from './config/broken.ts';
import { debugOn } from './config/debug-on.ts';
import { flagDefault } from './config/flag-default.ts';
import { limitCut } from './config/limit-cut.ts';
import { productionValue } from './config/production-value.ts';
import { rolloutJump } from './config/rollout-jump.ts';
import { scheduleWidened } from './config/schedule-widened.ts';
import { tlsVerificationOff } from './config/tls-verification-off.ts';
import { variableRemoved } from './config/variable-removed.ts';
import { variableUndeclared } from './config/variable-undeclared.ts';
import { destructiveCommand } from './data/destructive-command.ts';
import { seedOrTruncateUnconditional } from './data/seed-or-truncate-unconditional.ts';
import { doesNotExist } from './dependencies/does-not-exist.ts';
import { licenceChanged } from './dependencies/licence-changed.ts';
import { lockOutOfStep } from './dependencies/lock-out-of-step.ts';
import { lookAlike } from './dependencies/look-alike.ts';
import { runtimeRaised } from './dependencies/runtime-raised.ts';
import { tooYoung } from './dependencies/too-young.ts';
import { unpinnedInstallScript } from './dependencies/unpinned-install-script.ts';
import { withdrawn } from './dependencies/withdrawn.ts';
import { healthcheckRemoved } from './docker/healthcheck-removed.ts';
import { imageUnpinned } from './docker/image-unpinned.ts';
import { secretInImage } from './docker/secret-in-image.ts';
import { userRoot } from './docker/user-root.ts';
import { handlingRemoved } from './errors/handling-removed.ts';
import { swallowed } from './errors/swallowed.ts';
import { flagCheckRemoved } from './fallbacks/flag-check-removed.ts';
import { fallbackRemoved } from './fallbacks/removed.ts';
import { availability } from './kubernetes/availability.ts';
import { imageMutable } from './kubernetes/image-mutable.ts';
import { ingressExposed } from './kubernetes/ingress-exposed.ts';
import { clusterPermissionWidened } from './kubernetes/permission-widened.ts';
import { privileged } from './kubernetes/privileged.ts';
import { referenceDangling } from './kubernetes/reference-dangling.ts';
import { statefulDelete } from './kubernetes/stateful-delete.ts';
import { chatText } from './leftovers/chat-text.ts';
import { conflictMarker } from './leftovers/conflict-marker.ts';
import { elision } from './leftovers/elision.ts';
import { stub } from './leftovers/stub.ts';
import { lockRemoved } from './locks/removed.ts';
import { transactionSplit } from './locks/transaction-split.ts';
import { commentContradicts } from './machine/comment-contradicts.ts';
import { duplicatedBlock } from './machine/duplicated-block.ts';
import { failureAsSuccess } from './machine/failure-as-success.ts';
import { placeholderValue } from './machine/placeholder-value.ts';
import { simulatedResult } from './machine/simulated-result.ts';
import { unrelatedRewrite } from './machine/unrelated-rewrite.ts';
import { backfillInTransaction } from './migrations/backfill-in-transaction.ts';
import { irreversible } from './migrations/irreversible.ts';
import { missing } from './migrations/missing.ts';
import { outOfOrder } from './migrations/out-of-order.ts';
import { rewritten } from './migrations/rewritten.ts';
import { checkRemoved } from './nulls/check-removed.ts';
import { exitIntroduced } from './process/exit-introduced.ts';
import { notClosed } from './resources/not-closed.ts';
import { backoffRemoved } from './retries/backoff-removed.ts';
import { retryUnbounded } from './retries/unbounded.ts';
import { added } from './secrets/added.ts';
import { accessWidened } from './sql/access-widened.ts';
import { commandInjection } from './security/command-injection.ts';
import { cookieWeakened } from './security/cookie-weakened.ts';
import { corsOpened } from './security/cors-opened.ts';
import { csrfOff } from './security/csrf-off.ts';
import { fileOpenToAll } from './security/file-open-to-all.ts';
import { headersRemoved } from './security/headers-removed.ts';
import { markupUnescaped } from './security/markup-unescaped.ts';
import { massAssignment } from './security/mass-assignment.ts';
import { pathTraversal } from './security/path-traversal.ts';
import { rateLimitRemoved } from './security/rate-limit-removed.ts';
import { redirectOpen } from './security/redirect-open.ts';
import { regexBacktracking } from './security/regex-backtracking.ts';
import { requestForgery } from './security/request-forgery.ts';
import { secretLogged } from './security/secret-logged.ts';
import { sqlInjection } from './security/sql-injection.ts';
import { tenantFilterRemoved } from './security/tenant-filter-removed.ts';
import { tokenUnverified } from './security/token-unverified.ts';
import { unsafeDeserialisation } from './security/unsafe-deserialisation.ts';
import { validationRemoved } from './security/validation-removed.ts';
import { weakCrypto } from './security/weak-crypto.ts';
import { xmlEntities } from './security/xml-entities.ts';
import { blockingConstraint } from './sql/blocking-constraint.ts';
import { blockingIndex } from './sql/blocking-index.ts';
import { blockingRebuild } from './sql/blocking-rebuild.ts';
import { blockingTypeChange } from './sql/blocking-type-change.ts';
import { cascadeDelete } from './sql/cascade-delete.ts';
import { columnRequired } from './sql/column-required.ts';
import { concurrentInTransaction } from './sql/concurrent-in-transaction.ts';
import { constraintDropped } from './sql/constraint-dropped.ts';
import { dropColumn } from './sql/drop-column.ts';
import { dropTable } from './sql/drop-table.ts';
import { indexDropped } from './sql/index-dropped.ts';
import { lockTimeoutMissing } from './sql/lock-timeout-missing.ts';
import { renameInOneStep } from './sql/rename-in-one-step.ts';
import { unboundedWrite } from './sql/unbounded-write.ts';
import { volatileDefault } from './sql/volatile-default.ts';
import { duplicateDefinition } from './symbols/duplicate-definition.ts';
import { undefinedName } from './symbols/undefined-name.ts';
import { unknownImport } from './symbols/unknown-import.ts';
import { unknownMember } from './symbols/unknown-member.ts';
import { planDestroys } from './terraform/plan-destroys.ts';
import { protectionOff } from './terraform/protection-off.ts';
import { stateExposed } from './terraform/state-exposed.ts';
import { statefulDestroy } from './terraform/stateful-destroy.ts';
import { unpinnedModule } from './terraform/unpinned-module.ts';
import { assertionWeakened } from './tests/assertion-weakened.ts';
import { removed } from './tests/removed.ts';
import { skipped } from './tests/skipped.ts';
import { timeoutMissing } from './timeouts/missing.ts';
import { timeoutRemoved } from './timeouts/removed.ts';
import { invisible } from './unicode/invisible.ts';
import { actionUnpinned } from './workflow/action-unpinned.ts';
import { workflowBroken } from './workflow/broken.ts';
import { permissionWidened } from './workflow/permission-widened.ts';
import { secretExposed } from './workflow/secret-exposed.ts';
import { untrustedInput } from './workflow/untrusted-input.ts';

/** Every guard there is. One import and one entry a line, sorted by id. */
export const guards: readonly Guard[] = [
  cloudPermissionWidened,
  guardTampering,
  injection,
  instructionsChanged,
  alarmRemoved,
  errorCodeChanged,
  exportBroken,
  implementorMissing,
  schemaBroken,
  awaitDropped,
  blockingCall,
  asyncForEach,
  notAwaited,
  authCheckRemoved,
  eagerLoadRemoved,
  queryInLoop,
  boundRemoved,
  unboundedCache,
  expiryRemoved,
  keyNarrowed,
  stampede,
  checksSuppressed,
  checksWeakened,
  capacityCut,
  encryptionOff,
  loggingOff,
  publicExposure,
  retentionShortened,
  stackProtectionOff,
  stackDestroy,
  portExposed,
  restartOrLimitsRemoved,
  volumeRemoved,
  always,
  assignment,
  inverted,
  configBroken,
  debugOn,
  flagDefault,
  limitCut,
  productionValue,
  rolloutJump,
  scheduleWidened,
  tlsVerificationOff,
  variableRemoved,
  variableUndeclared,
  destructiveCommand,
  seedOrTruncateUnconditional,
  doesNotExist,
  licenceChanged,
  lockOutOfStep,
  lookAlike,
  runtimeRaised,
  tooYoung,
  unpinnedInstallScript,
  withdrawn,
  healthcheckRemoved,
  imageUnpinned,
  secretInImage,
  userRoot,
  handlingRemoved,
  swallowed,
  flagCheckRemoved,
  fallbackRemoved,
  availability,
  imageMutable,
  ingressExposed,
  clusterPermissionWidened,
  privileged,
  referenceDangling,
  statefulDelete,
  chatText,
  conflictMarker,
  elision,
  stub,
  lockRemoved,
  transactionSplit,
  commentContradicts,
  duplicatedBlock,
  failureAsSuccess,
  placeholderValue,
  simulatedResult,
  unrelatedRewrite,
  backfillInTransaction,
  irreversible,
  missing,
  outOfOrder,
  rewritten,
  checkRemoved,
  exitIntroduced,
  notClosed,
  backoffRemoved,
  retryUnbounded,
  added,
  commandInjection,
  cookieWeakened,
  corsOpened,
  csrfOff,
  fileOpenToAll,
  headersRemoved,
  markupUnescaped,
  massAssignment,
  pathTraversal,
  rateLimitRemoved,
  redirectOpen,
  regexBacktracking,
  requestForgery,
  secretLogged,
  sqlInjection,
  tenantFilterRemoved,
  tokenUnverified,
  unsafeDeserialisation,
  validationRemoved,
  weakCrypto,
  xmlEntities,
  accessWidened,
  blockingConstraint,
  blockingIndex,
  blockingRebuild,
  blockingTypeChange,
  cascadeDelete,
  columnRequired,
  concurrentInTransaction,
  constraintDropped,
  dropColumn,
  dropTable,
  indexDropped,
  lockTimeoutMissing,
  renameInOneStep,
  unboundedWrite,
  volatileDefault,
  duplicateDefinition,
  undefinedName,
  unknownImport,
  unknownMember,
  planDestroys,
  protectionOff,
  stateExposed,
  statefulDestroy,
  unpinnedModule,
  assertionWeakened,
  removed,
  skipped,
  timeoutMissing,
  timeoutRemoved,
  invisible,
  actionUnpinned,
  workflowBroken,
  permissionWidened,
  secretExposed,
  untrustedInput,
];
