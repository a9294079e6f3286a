import { canonicalId, traceVerbs as verbs } from '@dualchain/model';
import type { CaptureResult, EventRecord, InputOf, RecallProgress } from '@dualchain/model';
import type { Context } from 'fabric-contract-api';
import { allOf, DualchainContract, flagCaptured, flagsToClear, indexDeclaration, indexEvent, membersOf, recallFact, requireSameContent, spreadRecall, standingFlags, writeFlag } from '../ledger';
import type { Call } from '../ledger';
import { bornIn, decideCapture, judgeEvents } from '../rules/trace/capture';
import type { CaptureDecision, CaptureGround, Judged } from '../rules/trace/capture';
import { brandOwnerOf } from '../rules/trace/place';
import { closeRecall, openRecall, originFlag, requireSpreading } from '../rules/trace/recall';
import { closureOf } from './trace/closure';
import { delegatePlaces, judgePlaces, placeDelegations } from './trace/places';
import { queryEvents } from './trace/query-events';
import * as question from './trace/questions';
import { captureInternal, captureSealed, shareSealed } from './trace/sealed';
import * as read from './trace/sealed-read';

/** Flags that one step of a recall writes or clears unless the caller says otherwise. */
const DEFAULT_STEP = 100;
/** Flags in one page of a recall. */
const DEFAULT_FLAGS = 500;
/** Certificates, and receipts, of one lot in the report of a recall. */
const MAX_CERTIFICATES = 500;

/** Capture, trace, recall (traceability.md). */
export class TraceContract extends DualchainContract {
  constructor() {
    super('trace');
  }

  /**
   * Captures events. Reads: 1 and one an event, one for each single object that comes into being, a range for each
   * product among inputs and contents (is it recalled?), one range of members if there is a place, two for each other member whose place it is. Writes: two an event,
   * one for each index row (identifier, step, place, business transaction), three for the batch. Peers of Fabric 3 take
   * a thousand reads, or a thousand writes, in one message.
   */
  async captureEvents(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.captureEvents, args, async (call): Promise<CaptureResult> => {
      const { input, caller, at, transactionId } = call;
      const judged = judgeEvents(input, at);
      const ground = await captureGround(call, judged);
      const decision = decideCapture(judged, ground, { reporter: caller.mspId, at, transactionId, mode: input.mode, context: input.context });
      await storeCapture(call, decision);
      return decision.result;
    });
  }

  /** Reads 4, 1 hash; writes 3. */
  async delegatePlaces(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.delegatePlaces, args, delegatePlaces);
  }

  async placeDelegations(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.placeDelegations, args, placeDelegations);
  }

  /** Reads 2, and the members if the caller does not supervise; writes 7. The lot need not have been captured: what comes later is marked then. */
  async openRecall(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.openRecall, args, async (call) => {
      const { state, anchors, input, caller, member, at } = call;
      const lot = canonicalId(input.lot);
      const standing = await state.get('recall', input.recallId);
      if (standing !== undefined) {
        const { reasonClass, reason } = input;
        requireSameContent('recall', [standing.id], [standing.author, standing.lot, standing.reasonClass, standing.reason], [caller.mspId, lot, reasonClass, reason]);
        return { ...standing, already: true };
      }
      const supervises = member.roles.some((role) => role === 'inspector' || role === 'authority');
      const recall = openRecall(input, lot, member, supervises ? undefined : brandOwnerOf(lot, await membersOf(call.state)), at);
      await state.create('recall', [recall.id], recall, allOf([recall.author]));
      await anchors.put('recall', [recall.id], recallFact(recall), recall.author);
      await writeFlag(call, originFlag(recall), recall.author, true);
      call.emit({ ids: { recall: recall.id, lot }, from: null, to: recall.state });
      return recall;
    });
  }

  /** Reads and writes: {@link spreadRecall}. Two that advance one recall at once conflict, and one of them tries again. */
  async advanceRecall(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.advanceRecall, args, async (call): Promise<RecallProgress> => {
      const { state, input, caller } = call;
      const recall = await state.require('recall', input.recallId);
      requireSpreading(recall, caller.mspId);
      const { flagged, done } = await spreadRecall(call, recall, input.limit ?? DEFAULT_STEP);
      const lots = [...new Set(flagged.map(({ lot }) => lot))];
      call.emit({ ids: { recall: recall.id, flagged: lots }, from: recall.state, to: recall.state });
      return { recall, flagged: lots, cleared: [], done };
    });
  }

  /** From the first step on none of its flags counts. Reads 2 and a range; writes 1 and three a flag. */
  async closeRecall(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.closeRecall, args, async (call): Promise<RecallProgress> => {
      const { state, input, caller, at } = call;
      const before = await state.require('recall', input.recallId);
      const limit = input.limit ?? DEFAULT_STEP;
      const { lots, clear, rest } = await flagsToClear(call, before.id, limit);
      const recall = closeRecall(before, caller.mspId, rest, at);
      await clear();
      await state.update('recall', [recall.id], recall);
      call.emit({ ids: { recall: recall.id, cleared: lots }, from: before.state, to: recall.state });
      return { recall, flagged: [], cleared: lots, done: recall.state === 'closed' };
    });
  }

  async traceBack(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.traceBack, args, (call) => closureOf(call, 'back'));
  }

  async traceForward(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.traceForward, args, (call) => closureOf(call, 'forward'));
  }

  /**
   * Captures events under seal. Reads: the members, one for each identifier whose link key the reporter has and each party.
   * Writes: two an event and two for each reader of it, one an identifier and event, one for each reader of a new link key.
   */
  async captureSealedEvents(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.captureSealedEvents, args, captureSealed);
  }

  /** Reads 2 and the members; writes 4, one an event, one for each of its keyed hashes. */
  async captureInternalEvents(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.captureInternalEvents, args, captureInternal);
  }

  /**
   * Reads: the members; for a sealed event 2, one a recipient, two an identifier and one for each recipient of it; for an
   * internal one 3, and what {@link captureSealedEvents} reads. Writes: two for each recipient that lacks the event, one
   * for each that lacks a link key; for an internal event what captureSealedEvents writes.
   */
  async shareEvents(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.shareEvents, args, shareSealed);
  }

  async sealedEvent(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.sealedEvent, args, read.sealedEvent);
  }

  async sealedEvents(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.sealedEvents, args, read.sealedEvents);
  }

  async sealedEventsOf(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.sealedEventsOf, args, read.sealedEventsOf);
  }

  async sealedGround(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.sealedGround, args, read.sealedGround);
  }

  async shareableEvents(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.shareableEvents, args, read.shareableEvents);
  }

  async internalEventsByTag(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.internalEventsByTag, args, read.internalEventsByTag);
  }

  async internalBatch(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.internalBatch, args, read.internalBatch);
  }

  async traceRows(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.traceRows, args, read.traceRows);
  }

  /** Reads: {@link queryEvents}. */
  async queryEvents(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.queryEvents, args, queryEvents);
  }

  async oneStepBack(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.oneStepBack, args, question.oneStepBack);
  }

  async oneStepForward(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.oneStepForward, args, question.oneStepForward);
  }

  async custody(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.custody, args, question.custody);
  }

  async massBalance(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.massBalance, args, question.massBalance);
  }

  async event(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.event, args, ({ state, input }) => state.require('event', input.id));
  }

  /** One range and one read an event. */
  async eventsOf(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.eventsOf, args, async ({ state, input }) => {
      const { items, bookmark } = await state.page('subject', [canonicalId(input.id)], input);
      await state.prepare(items.map(({ attributes }) => ['event', attributes[2] ?? '']));
      const events = [];
      for (const { attributes } of items) events.push(await state.require('event', attributes[2] ?? ''));
      return { items: events, bookmark };
    });
  }

  /** One range, one read a flag, a range for each flagged lot. */
  async recall(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.recall, args, async ({ state, input }) => {
      const recall = await state.require('recall', input.id);
      const { items, bookmark } = await state.page('recallMark', [recall.id], { pageSize: input.pageSize ?? DEFAULT_FLAGS, bookmark: input.bookmark });
      const flags = [];
      for (const { attributes: [, lot = '', way = ''] } of items) {
        const flag = await state.get('recallFlag', lot, recall.id, way);
        if (flag !== undefined) flags.push(flag);
      }
      const certificates = [];
      const receipts = [];
      for (const lot of new Set(flags.map((flag) => flag.lot))) {
        for (const { attributes } of await state.scan('lotCertificate', [lot], MAX_CERTIFICATES)) certificates.push({ lot, certificateId: attributes[1] ?? '' });
        for (const { value } of await state.scan('lotReceipt', [lot], MAX_CERTIFICATES)) {
          const receipt = await state.get('receipt', value.receiptId);
          if (receipt !== undefined) receipts.push({ lot, receiptId: receipt.id, ...(receipt.pledgeId === undefined ? {} : { pledgeId: receipt.pledgeId }) });
        }
      }
      const spreading = recall.state === 'open' && (await state.scan('recallFrontier', [recall.id], 1)).length > 0;
      return { recall, flags, certificates, receipts, spreading, bookmark };
    });
  }

  /** Only the flags that count: {@link standingFlags}. */
  async recallFlags(context: Context, ...args: string[]): Promise<string> {
    return this._run(context, verbs.recallFlags, args, (call) => standingFlags(call, canonicalId(call.input.id)));
  }
}

type CaptureCall = Call<InputOf<typeof verbs.captureEvents>>;

async function captureGround(call: CaptureCall, { candidates }: Judged): Promise<CaptureGround> {
  const { state } = call;
  const standing = new Map<string, EventRecord>();
  await state.prepare(candidates.map(({ id }) => ['event', id]));
  for (const id of new Set(candidates.map((candidate) => candidate.id))) {
    const record = await state.get('event', id);
    if (record !== undefined) standing.set(id, record);
  }
  const changing = candidates.filter(({ id, links }) => !standing.has(id) || links.errorDeclaration !== undefined);
  const commissioned = new Map<string, string>();
  const born = new Set(changing.flatMap(({ links }) => bornIn(links).map(({ id }) => id)));
  await state.prepare(Array.from(born, (id) => ['commissioned', id]));
  for (const object of born) {
    const before = await state.get('commissioned', object);
    if (before !== undefined) commissioned.set(object, before.eventId);
  }
  return { standing, commissioned, places: await judgePlaces(call, changing.map(({ links }) => links)) };
}

async function storeCapture(call: CaptureCall, { written, commissioned }: CaptureDecision): Promise<void> {
  const { state, anchors, caller, transactionId } = call;
  if (written.length === 0) return;
  const fresh = written.filter((each) => each.fresh);
  const flagged = await flagCaptured(call, written.map(({ record, links, declaredAt }) => ({ id: record.id, subjects: links.subjects, links: declaredAt === undefined ? links : { ...links, errorDeclaration: { declarationTime: declaredAt } } })));
  // Only its reporter captures an event, so one policy guards all that are new.
  const policy = allOf([caller.mspId]);
  for (const { record, links, fresh: isNew, declaredAt } of written) {
    if (isNew) {
      await state.create('event', [record.id], record, policy);
      await indexEvent(call, record.id, links, declaredAt);
    } else {
      await state.update('event', [record.id], record);
      if (declaredAt !== undefined) await indexDeclaration(call, record.id, links, declaredAt);
    }
  }
  for (const [object, eventId] of commissioned) {
    if (eventId === null) await state.remove('commissioned', object);
    else await state.index('commissioned', [object], { eventId });
  }
  if (fresh.length > 0) {
    const batch = { id: transactionId, reporter: caller.mspId, events: fresh.map(({ record }) => record.id) };
    await state.create('batch', [batch.id], batch, allOf([batch.reporter]));
    await anchors.put('batch', [batch.id], batch, batch.reporter);
    await state.index('captured', [call.at, batch.id]);
  }
  const marks = flagged.length === 0 ? {} : { recall: [...new Set(flagged.map(({ recallId }) => recallId))], flagged: [...new Set(flagged.map(({ lot }) => lot))] };
  call.emit({ ids: { batch: transactionId, event: written.map(({ record }) => record.id), ...marks } });
}
