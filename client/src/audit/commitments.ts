import { fieldRoot, isNamedByHash, recordKey, sealedEventParts } from '@dualchain/model';
import type { InternalBatchSkeleton, SealedEventSkeleton, SealedRecord } from '@dualchain/model';
import { memberOf, standsBehind } from './anchors';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { changesOf } from './step';
import type { Step } from './step';

/** Two colluders may write a commitment with an earlier date, and no rule of the ledger can tell; the block that it stands in does. */
export const commitmentsStand = stepInvariant('sealed events', 'A sealed event, and the root of internal ones, is what its reporter committed to in the transaction that it names', (step, state, find) => {
  for (const { attributes: [id = ''], before, after } of changesOf(step, 'internalBatch')) {
    if (find.require(before === undefined && after !== undefined, step, () => `the batch ${id} of internal events was changed`) && after !== undefined) requireBatch(after, step, state, find);
  }
  for (const { attributes: [id = ''], before, after } of changesOf(step, 'sealedEvent')) {
    if (find.require(before === undefined && after !== undefined, step, () => `the sealed event ${id} was changed`) && after !== undefined) requireEvent(after, step, state, find);
  }
});

function requireBatch(batch: InternalBatchSkeleton, step: Step, state: LedgerState, find: Findings): void {
  const { id, reporter, capturedAt } = batch;
  find.require(id === step.transactionId && capturedAt === step.at, step, () => `the batch ${id} of internal events says another transaction or time than its own`);
  find.require(memberOf(state, reporter) !== undefined && standsBehind(state, reporter, 'internalBatch', [id], batch), step, () => `${reporter} does not stand behind the batch ${id} of internal events`);
}

function requireEvent(event: SealedEventSkeleton, step: Step, state: LedgerState, find: Findings): void {
  const { id, reporter, visibility, capturedAt, transactionId } = event;
  const key = recordKey('sealedEvent', id);
  const batch = visibility === 'internal' ? state.get('internalBatch', event.batch ?? '') : undefined;
  const said = visibility === 'parties' ? { id: step.transactionId, capturedAt: step.at, reporter } : batch;
  if (!find.require(said?.id === transactionId && said.capturedAt === capturedAt && said.reporter === reporter, step, () => `the sealed event ${id} says another transaction, time or reporter than its own`)) return;
  const hash = state.hashAt(reporter, key);
  if (!find.require(hash !== undefined, step, () => `${reporter} holds no record of the sealed event ${id}`)) return;
  const own = step.records.find((record) => record.key === key)?.after ?? state.recordAt(key);
  if (own === undefined) find.hide();
  else find.require(isRecordOf(own, event), step, () => `the record of the sealed event ${id} is not what its skeleton stands for`);
}

function isRecordOf(record: SealedRecord, { root, reporter }: SealedEventSkeleton): boolean {
  try {
    return fieldRoot(record) === root && sealedEventParts(record).reporter === reporter && isNamedByHash(record);
  } catch {
    return false;
  }
}
