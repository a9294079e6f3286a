import { anchorKey } from '@dualchain/model';
import type { RecallFlag } from '@dualchain/model';
import { linksOf } from './event-links';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import type { LedgerState } from './ledger-state';
import { changesOf } from './step';
import type { Step } from './step';

export const recallIsClosure = stepInvariant('15', 'Recall flags follow the goods from the recalled lot, and clearing is exact', (step, state, find) => {
  for (const { attributes, before, after } of changesOf(step, 'recallFlag')) {
    const [lot = '', recallId = ''] = attributes;
    if (after === undefined) find.require(step.verb === 'closeRecall' && before !== undefined && changesOf(step, 'recall').some((change) => change.after?.id === recallId), step, () => `${step.verb} cleared ${lot} of ${recallId}`);
    else requireInherited(after, step, state, find);
  }
  for (const { after: recall } of changesOf(step, 'recall')) {
    if (recall === undefined) continue;
    if (recall.state === 'closed') find.require(state.count('flagsOfRecall', recall.id) === 0, step, () => `recall ${recall.id} is closed and still flags ${[...state.find('flagsOfRecall', recall.id)][0]?.lot ?? ''}`);
    else find.require(isFlagged(state, recall.lot, recall.id) || recall.state === 'closing', step, () => `recall ${recall.id} does not flag its own lot`);
  }
});

function requireInherited({ lot, recallId, from, eventId, sourceEventId }: RecallFlag, step: Step, state: LedgerState, find: Findings): void {
  const recall = state.get('recall', recallId);
  find.require(recall !== undefined && recall.state !== 'closed', step, () => `${lot} is flagged by ${recallId}, which is ${recall?.state ?? 'not there'}`);
  if (from === undefined) {
    find.require(recall?.lot === lot, step, () => `${lot} is flagged by ${recallId}, which recalls another lot`);
    return;
  }
  find.require(isFlagged(state, from, recallId), step, () => `${lot} inherits a flag of ${recallId} from ${from}, which has none`);
  const [into, outOf] = [eventId, sourceEventId ?? eventId].map((id) => (id === undefined ? undefined : linksOf(state, id)?.subjects));
  const linked = into?.includes(lot) === true && outOf?.includes(from) === true;
  find.require(linked, step, () => `${lot} inherits a flag of ${recallId} from ${from}, but the event that it names does not link the two`);
}

/** Recalls that bar a lot: open, standing by an anchor of their author, and reaching the lot over events that nobody declared to be errors. */
export function standingRecalls(state: LedgerState, lot: string): string[] {
  const recalls = new Set([...state.find('flagsOfLot', lot)].map(({ recallId }) => recallId));
  return [...recalls].filter((id) => {
    const recall = state.get('recall', id);
    return recall?.state === 'open' && state.hashAt(recall.author, anchorKey('recall', [id])) !== undefined && reaches(state, lot, id);
  });
}

/** Whether flags that count lead from the recalled lot to this one. */
function reaches(state: LedgerState, lot: string, recallId: string): boolean {
  const visited = new Set([lot]);
  for (const reached of visited) {
    for (const { from, eventId, sourceEventId } of flagsOn(state, reached, recallId)) {
      if (from === undefined) return true;
      if (counts(state, eventId) && counts(state, sourceEventId ?? eventId)) visited.add(from);
    }
  }
  return false;
}

function flagsOn(state: LedgerState, lot: string, recallId: string): RecallFlag[] {
  return [...state.find('flagsOfLot', lot)].filter((flag) => flag.recallId === recallId);
}

function isFlagged(state: LedgerState, lot: string, recallId: string): boolean {
  return flagsOn(state, lot, recallId).length > 0;
}

function counts(state: LedgerState, eventId: string | undefined): boolean {
  const event = eventId === undefined ? undefined : state.get('event', eventId);
  return event !== undefined && event.event['errorDeclaration'] === undefined && (event.declarations ?? []).length === 0;
}
