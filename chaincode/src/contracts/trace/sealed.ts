import { batchRoot, DualchainError, fieldRoot, freshLinkKey, linkRecord, linkTag, recordHash, sealedEventFields, sealedEventId, sealedEventLinks, sealedEventParts, sealedNameRecord, sealRecord } from '@dualchain/model';
import type { InternalBatchSkeleton, LinkOpening, sealedTraceVerbs as verbs, SealedCapture, SealedEventSkeleton, SealedRecord } from '@dualchain/model';
import { allOf, membersOf } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import type { Candidate } from '../../rules/trace/capture';
import { judgeSealed, partiesBeside, requireCommitted, requireReporter } from '../../rules/trace/sealed';
import { judgeSealedPlaces } from './places';

/** Link keys of one transaction, counted for each organisation that is to have them. */
const MAX_SHARED_LINKS = 6_000;
/** Keyed hashes of one batch of internal events. */
const MAX_TAGS = 10_000;

type Writer = Pick<Call, 'state' | 'sealed'>;

/**
 * Captures events under seal. Endorsers read nothing that is named after the events, because the keys of what they read
 * are public: what stands publicly of the same objects is asked by the reporter's client at its own peer.
 */
export async function captureSealed(call: CallOf<typeof verbs.captureSealedEvents>): Promise<SealedCapture> {
  const { input, content, caller, at, transactionId, state, sealed } = call;
  const members = await membersOf(state);
  const readers = [caller.mspId, ...partiesBeside(caller.mspId, input.parties, members)];
  const candidates = judgeSealed(content, at, await judgeSealedPlaces(call, members));
  const declares = await declaredEvents(call, candidates);
  const tags = await shareLinks(call, subjectsOf(candidates), content.links, readers, caller.mspId);
  const captured: { readonly index: number; readonly id: string }[] = [];
  for (const { index, id: eventId, event, links } of candidates) {
    const id = sealedEventId(sealed.seed, eventId);
    const declared = declares.get(index);
    const { record, root } = sealed.make('sealedEvent', id, sealedEventFields({ reporter: caller.mspId, eventId, context: content.context ?? null, event, ...(declared === undefined ? {} : { declares: declared }) }));
    await writeSealed(call, { id, reporter: caller.mspId, visibility: 'parties', capturedAt: at, transactionId, root }, record, links.subjects, tags, readers);
    captured.push({ index, id });
  }
  call.emit({ ids: { sealedEvent: captured.map(({ id }) => id), reader: readers } });
  return { captured };
}

/** Keeps ciphertext in the reporter's collection, and one root on the channel. */
export async function captureInternal(call: CallOf<typeof verbs.captureInternalEvents>): Promise<InternalBatchSkeleton> {
  const { content: { events }, caller, at, transactionId, state, sealed, anchors } = call;
  if (new Set(events.map(({ id }) => id)).size < events.length) throw new DualchainError('INVALID_INPUT', 'Two internal events have the same id; draw one for each.');
  const tags = events.reduce((sum, event) => sum + event.tags.length, 0);
  if (tags > MAX_TAGS) throw new DualchainError('TOO_LARGE', `The events have ${tags} keyed hashes; one transaction takes ${MAX_TAGS}. Capture fewer events at once.`, { details: { tags, limit: MAX_TAGS } });
  const leaves = events.map(({ leaf }) => leaf);
  const batch: InternalBatchSkeleton = { id: transactionId, reporter: caller.mspId, capturedAt: at, count: events.length, root: batchRoot(leaves) };
  // A commitment holds against its author too, who has nobody but itself to ask: only all members together could change it.
  const members = await membersOf(state);
  await state.create('internalBatch', [batch.id], batch, allOf(members.map(({ mspId }) => mspId)));
  await anchors.put('internalBatch', [batch.id], batch, batch.reporter);
  const keep = (type: string, id: string, fields: Record<string, unknown>) => sealed.share(sealRecord(sealed.seed, type, id, fields), [caller.mspId]);
  await keep('internalLeaves', batch.id, { leaves });
  for (const [position, { id, keyId, ciphertext, tags: tagsOfEvent }] of events.entries()) {
    await keep('internalEvent', id, { batch: batch.id, position, keyId, ciphertext });
    for (const tag of new Set(tagsOfEvent)) await keep('internalLink', `${tag}\n${id}`, {});
  }
  call.emit({ ids: { internalBatch: batch.id } });
  return batch;
}

/** Opens events to further organisations, each of which proves for itself that they are what the reporter had committed to. */
export async function shareSealed(call: CallOf<typeof verbs.shareEvents>): Promise<{ readonly shared: readonly { readonly id: string; readonly already?: true }[] }> {
  const { input, content, caller, state } = call;
  const recipients = partiesBeside(caller.mspId, input.with, await membersOf(state));
  const internal = new Map(content.internal.map((each) => [each.record.id, each]));
  const shared: { readonly id: string; readonly already?: true }[] = [];
  for (const id of new Set(input.eventIds)) {
    const skeleton = await state.get('sealedEvent', id);
    const opened = internal.get(id);
    if (skeleton !== undefined) shared.push({ id, ...((await shareStanding(call, skeleton, recipients)) ? {} : { already: true as const }) });
    else if (opened !== undefined) {
      await shareInternal(call, opened, recipients);
      shared.push({ id });
    } else throw new DualchainError('NOT_FOUND', `There is no sealed event ${id}; an internal one must be opened from its batch.`, { details: { id } });
  }
  call.emit({ ids: { sealedEvent: shared.map((each) => each.id), reader: recipients } });
  return { shared };
}

type ShareCall = CallOf<typeof verbs.shareEvents>;

/** Whether somebody learned something. */
async function shareStanding(call: ShareCall, skeleton: SealedEventSkeleton, recipients: readonly string[]): Promise<boolean> {
  const { state, sealed, caller, content } = call;
  const { id, reporter, root } = skeleton;
  requireReporter(skeleton, caller.mspId);
  const record = await sealed.requireGenuine('sealedEvent', id, [reporter]);
  if (fieldRoot(record) !== root || sealedEventParts(record).reporter !== reporter) throw new DualchainError('NOT_GENUINE', `The record of the sealed event ${id} is not the one that its skeleton has the root of.`, { details: { id } });
  const lacking = await lackingOf(call, record, recipients);
  const { subjects } = sealedEventLinks(record);
  const keys = new Map(content.links.map(({ identifier, key }) => [identifier, key]));
  for (const subject of subjects) {
    const key = keys.get(subject);
    if (key === undefined) throw new DualchainError('OPENING_REQUIRED', `A link key that leads to the sealed event ${id} must be opened; read it at your own peer.`, { details: { id } });
    if ((await state.get('sealedSubject', linkTag(subject, key), id)) === undefined) throw new DualchainError('NOT_GENUINE', `A link key does not lead to the sealed event ${id}; read it anew at your own peer.`, { details: { id } });
  }
  await shareLinks(call, subjects, content.links, [reporter, ...recipients], reporter);
  await sealed.share(record, lacking);
  await sealed.share(sealedNameRecord(record), lacking);
  return lacking.length > 0;
}

/** An internal event gets its skeleton when it is shared first. It is judged like any other, now that endorsers see it. */
async function shareInternal(call: ShareCall, { record, batch: batchId, position, proof }: ShareCall['content']['internal'][number], recipients: readonly string[]): Promise<void> {
  const { state, anchors, caller, content, at } = call;
  const batch = await state.require('internalBatch', batchId);
  requireReporter(batch, caller.mspId);
  if (!(await anchors.stands('internalBatch', [batch.id], batch, batch.reporter))) throw new DualchainError('NOT_GENUINE', `${batch.reporter} does not stand behind the batch ${batch.id}.`, { details: { batch: batch.id } });
  requireCommitted(record, batch, position, proof, caller.mspId);
  const members = await membersOf(state);
  const { event, context } = sealedEventParts(record);
  const candidates = judgeSealed({ context, events: [event] }, at, await judgeSealedPlaces(call, members));
  const readers = [caller.mspId, ...recipients];
  const subjects = subjectsOf(candidates);
  const tags = await shareLinks(call, subjects, content.links, readers, caller.mspId);
  const skeleton: SealedEventSkeleton = { id: record.id, reporter: caller.mspId, visibility: 'internal', capturedAt: batch.capturedAt, transactionId: batch.id, root: fieldRoot(record), batch: batch.id };
  await writeSealed(call, skeleton, record, subjects, tags, readers);
}

async function writeSealed({ state, sealed }: Writer, skeleton: SealedEventSkeleton, record: SealedRecord, subjects: readonly string[], tags: ReadonlyMap<string, string>, readers: readonly string[]): Promise<void> {
  // Nobody has a reason to change it. The reporter alone must not: it could show another event later than it committed to.
  await state.create('sealedEvent', [skeleton.id], skeleton, allOf(readers));
  await sealed.share(record, readers);
  await sealed.share(sealedNameRecord(record), readers);
  for (const subject of subjects) await state.index('sealedSubject', [tags.get(subject) ?? '', skeleton.id]);
}

/** Gives all readers the link key of each identifier: the one that the holder has, else a fresh one. Answers the tags. */
async function shareLinks({ sealed }: Writer, identifiers: readonly string[], given: readonly LinkOpening[], readers: readonly string[], holder: string): Promise<ReadonlyMap<string, string>> {
  if (identifiers.length * readers.length > MAX_SHARED_LINKS) throw new DualchainError('TOO_LARGE', `The events name ${identifiers.length} identifiers for ${readers.length} organisations; one transaction takes ${MAX_SHARED_LINKS} together. Send fewer events at once.`, { details: { identifiers: identifiers.length, readers: readers.length } });
  const keys = new Map(given.map(({ identifier, key }) => [identifier, key]));
  const tags = new Map<string, string>();
  for (const identifier of identifiers) {
    const key = keys.get(identifier) ?? freshLinkKey(sealed.seed, identifier);
    const record = linkRecord(identifier, key);
    tags.set(identifier, linkTag(identifier, key));
    if (!keys.has(identifier)) {
      await sealed.share(record, readers);
      continue;
    }
    // Nobody is told of a link that the caller does not itself hold, and no message names the identifier.
    if ((await sealed.hashAt('link', record.id, holder)) !== recordHash(record)) throw new DualchainError('NOT_GENUINE', `A link key is not one that ${holder} holds; read it anew at your own peer.`, { details: { mspId: holder } });
    await sealed.share(record, await lackingOf({ sealed }, record, readers.filter((mspId) => mspId !== holder)));
  }
  return tags;
}

/** Organisations that do not hold exactly this record. */
async function lackingOf({ sealed }: Pick<Call, 'sealed'>, record: SealedRecord, mspIds: readonly string[]): Promise<string[]> {
  const hash = recordHash(record);
  const lacking: string[] = [];
  for (const mspId of mspIds) if ((await sealed.hashAt(record.type, record.id, mspId)) !== hash) lacking.push(mspId);
  return lacking;
}

/** Sealed events that candidates declare to be errors, by place. Throws OPENING_REQUIRED, NOT_GENUINE, INVALID_INPUT. */
async function declaredEvents({ content, sealed, caller }: CallOf<typeof verbs.captureSealedEvents>, candidates: readonly Candidate[]): Promise<ReadonlyMap<number, string>> {
  const declared = new Map<number, string>();
  for (const { index, id } of content.declares) {
    const parts = sealedEventParts(await sealed.requireGenuine('sealedEvent', id, [caller.mspId]));
    const candidate = candidates.find((each) => each.index === index);
    if (candidate?.links.errorDeclaration === undefined || parts.eventId !== candidate.id || parts.reporter !== caller.mspId) throw new DualchainError('INVALID_INPUT', `Event ${index} does not declare the sealed event ${id} to be an error: it must be the same event of the same reporter, with an error declaration.`, { details: { event: index, id } });
    declared.set(index, id);
  }
  return declared;
}

function subjectsOf(candidates: readonly Candidate[]): string[] {
  return [...new Set(candidates.flatMap(({ links }) => links.subjects))];
}
