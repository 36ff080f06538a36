import type { Change, FileChange, Gap } from '../change/change.ts';
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
import type { Baseline } from './baseline.ts';
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
import type { Finding, Inspection, Suppression } from './finding.ts';
import { fingerprint, symbolAt } from './fingerprint.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting } from './guard.ts';
import { flagCheckRemoved } from './fallbacks/flag-check-removed.ts';
import { fallbackRemoved } from './fallbacks/removed.ts';
import { availability } from './kubernetes/availability.ts';
import { imageMutable } from './kubernetes/image-mutable.ts';
import { ingressExposed } from './kubernetes/ingress-exposed.ts';
import { clusterPermissionWidened } from './kubernetes/permission-widened.ts';
import { privileged } from './kubernetes/privileged.ts';
import { referenceDangling } from './kubernetes/reference-dangling.ts';
import { statefulDelete } from './kubernetes/stateful-delete.ts';
import { isMigrationPath, languageOf } from './language.ts';
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
import { runsOrIsWritten, unreadIn } from './reading.ts';
import { buildScene } from './scene.ts';
import { unguardedIn } from './unguarded.ts';
import type { World } from './scene.ts';
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
import { silenceAt } from './suppress.ts';
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

/** What a guarded look at a change needs besides the change. */
export interface Looking extends World {
  /** From the target branch, so that a change cannot accept its own findings. */
  readonly baseline: Baseline;
  /** Guards to ask; all of them unless told otherwise. */
  readonly guards?: readonly Guard[];
}

/** Looks at a change with every guard that knows one of its languages. */
export function inspect(change: Change, looking: Looking): Inspection {
  const gaps: Gap[] = [
    ...looking.baseline.gaps,
    ...(looking.parsers.gaps ?? []),
    ...unreadIn(change),
    ...unguardedIn(change),
  ];
  const scene = buildScene(change, looking, (gap) => gaps.push(gap));
  const written: Scene = {
    ...scene,
    files: scene.files.filter(({ change: file }) => runsOrIsWritten(file)),
  };
  const findings: Finding[] = [];
  for (const guard of looking.guards ?? guards) {
    const seen = guard.readsGenerated === true ? scene : written;
    if (!knowsLanguage(guard, languagesOf(seen))) continue;
    const sightings = ask(guard, seen, (gap) => gaps.push(gap));
    if ('why' in sightings) gaps.push(sightings);
    else findings.push(...settle(guard, sightings, { scene, baseline: looking.baseline }));
  }
  return { findings: findings.sort(byPlace), gaps: once(gaps) };
}

/** Languages whose parsers a look at this change needs. Migrations in other languages hold SQL too. */
export function languagesIn(change: Change): ReadonlySet<Language> {
  const languages = new Set<Language>();
  for (const file of change.files) {
    if (file.content !== 'text') continue;
    languages.add(languageOf(file.path, file.after ?? file.before));
    languages.add(languageOf(file.oldPath, file.before ?? file.after));
    if (isMigrationPath(file.path)) languages.add('sql');
  }
  return languages;
}

/** The guard with this id, for `explain`. */
export function guardById(id: string): Guard | null {
  return guards.find((guard) => guard.id === id) ?? null;
}

function once(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [JSON.stringify([gap.what, gap.why]), gap])).values()];
}

function languagesOf(scene: Scene): ReadonlySet<Language> {
  return new Set(
    scene.files.flatMap((file) => [file.language, file.before?.language ?? file.language]),
  );
}

function knowsLanguage({ languages }: Guard, present: ReadonlySet<Language>): boolean {
  if (languages === 'any') return present.size > 0;
  return languages.some((language) => present.has(language));
}

// A guard that throws is our bug. It must not take the other guards with it, and must not look like silence.
function ask(guard: Guard, scene: Scene, report: (gap: Gap) => void): readonly Sighting[] | Gap {
  try {
    guard.gaps?.(scene).forEach(report);
    return guard.look(scene);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      what: `guard ${guard.id}`,
      why: `it failed, so the change is not checked by it: ${why}`,
    };
  }
}

interface Place {
  readonly scene: Scene;
  readonly baseline: Baseline;
}

function settle(guard: Guard, sightings: readonly Sighting[], place: Place): readonly Finding[] {
  const files = new Map(place.scene.files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const ordinals = new Map<string, number>();
  const findings: Finding[] = [];
  for (const sighting of [...sightings].sort((a, b) => a.line - b.line)) {
    const file = files.get(sighting.path);
    const key = JSON.stringify([sighting.path, sighting.line, sighting.subject, sighting.says]);
    if (file === undefined || seen.has(key) || !isOfChange(file, sighting)) continue;
    seen.add(key);
    const symbol = file.after === null ? '' : symbolAt(file.after, sighting.line);
    const twin = JSON.stringify([sighting.path, symbol, sighting.subject]);
    const ordinal = ordinals.get(twin) ?? 0;
    ordinals.set(twin, ordinal + 1);
    const { path, subject } = sighting;
    const print = fingerprint({ guard: guard.id, path, symbol, subject, ordinal });
    findings.push(finding(guard, sighting, { file, print, baseline: place.baseline }));
  }
  return findings;
}

interface Settled {
  readonly file: ChangedFile;
  readonly print: string;
  readonly baseline: Baseline;
}

function finding(guard: Guard, sighting: Sighting, { file, print, baseline }: Settled): Finding {
  const silence = silenceAt(file, sighting.line, guard.id);
  const unheard =
    silence === 'no-reason' ? ' (the comment that asks to ignore it gives no reason)' : '';
  const accepted = baseline.accepted.get(print);
  const byBaseline: Suppression | null =
    accepted === undefined ? null : { by: 'baseline', reason: accepted };
  return {
    guard: guard.id,
    severity: sighting.severity ?? guard.severity,
    path: sighting.path,
    line: Math.max(1, sighting.line),
    endLine: Math.max(1, sighting.line, sighting.endLine ?? sighting.line),
    message: `${sighting.says}${unheard}`,
    impact: sighting.breaks ?? guard.breaks,
    fix: sighting.fix ?? guard.fix,
    confidence: sighting.confidence ?? guard.confidence,
    fingerprint: print,
    suppressed: byBaseline ?? (silence === 'no-reason' ? null : silence),
  };
}

/** Whether a sighting touches what the change did: an added line, a line beside one, or the seam of a removal. */
function isOfChange({ change, after }: ChangedFile, { line, endLine }: Sighting): boolean {
  if (after === null || change.status === 'deleted') return true;
  const last = Math.max(line, endLine ?? line);
  return seams(change).some(([from, to]) => line <= to && last >= from);
}

// A pure removal has no line after the change; its seam is the lines on both sides of the gap.
function seams(change: FileChange): readonly (readonly [number, number])[] {
  return change.hunks.map((hunk) => [
    hunk.newStart - 1,
    hunk.newStart + Math.max(hunk.added.length, 1),
  ]);
}

const ranks = { block: 0, warn: 1, note: 2 } as const;

function byPlace(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return ranks[a.severity] - ranks[b.severity];
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || (a.guard < b.guard ? -1 : 1);
}
