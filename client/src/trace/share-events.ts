import type { ShareableEvent } from '@dualchain/model';
import { batchProof, DualchainError, hash as hashSchema, MAX_SEALED_EVENTS, MAX_SEALED_QUESTIONS, sealedEventLinks, shareEventsParameters, traceVerbs, validate } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';
import { checkCallOptions, checkFields } from '../submission/plan';
import { commit } from '../submission/submit';
import { linkOpenings, MAX_SHARED_LINKS } from './capture-sealed-events';
import { InternalBox } from './internal-box';
import { openInternal } from './internal-events';
import type { OpenedInternal } from './internal-events';

export interface ShareEventsParameters {
  /** Sealed or internal events of the own organisation, by their id or their event hash. */
  readonly events: readonly string[];
  /** MSP ids of the organisations that are to read them, 1 to 8; all of them endorse. */
  readonly with: readonly string[];
}

/** An event that the organisations can read now; `already`: they could before. */
export interface SharedEvent {
  readonly id: string;
  readonly already?: true;
  readonly transactionId: string;
  readonly blockNumber: bigint;
}

type Shared = { readonly shared: readonly { readonly id: string; readonly already?: true }[] };

/**
 * Opens sealed events to further organisations, in as many transactions as they need. Each recipient's peers check the
 * event against what the own organisation had committed to: the hash in its collection, or for an internal event the
 * root of its batch. With an event go the link keys of its identifiers, by which the recipient can follow other sealed
 * events of them without reading these. Sharing again is safe.
 * Throws NOT_FOUND, NOT_A_PARTY, NOT_A_MEMBER, NOT_GENUINE, INVALID_EPCIS (an internal event that breaks a rule of the ledger).
 */
export async function shareEvents(session: Session, parameters: ShareEventsParameters, options: CallOptions = {}): Promise<SharedEvent[]> {
  checkCallOptions(options);
  const { events, with: recipients } = validate(shareEventsParameters, checkFields(parameters, ['events', 'with']), 'The parameters of shareEvents');
  const found = [];
  for (const event of new Set(events)) found.push(await findEvent(session, event, options));
  const shared: SharedEvent[] = [];
  for (let from = 0; from < found.length; from += MAX_SEALED_EVENTS) shared.push(...(await share(session, found.slice(from, from + MAX_SEALED_EVENTS), recipients, options)));
  return shared;
}

/** In one transaction, or two halves where the events name more identifiers than one takes. */
async function share(session: Session, part: readonly Found[], recipients: readonly string[], options: CallOptions): Promise<SharedEvent[]> {
  const { identifiers } = await openingsOf(session, part, recipients, options);
  if (part.length > 1 && identifiers > Math.min(MAX_SEALED_QUESTIONS, MAX_SHARED_LINKS / (1 + recipients.length))) {
    const half = Math.ceil(part.length / 2);
    return [...(await share(session, part.slice(0, half), recipients, options)), ...(await share(session, part.slice(half), recipients, options))];
  }
  const { result, transactionId, blockNumber } = await commit<Shared>(
    session,
    {
      verb: traceVerbs.shareEvents,
      input: { eventIds: part.map(({ id }) => id), with: recipients },
      // Asked anew for each proposal: an internal event that another user shared meanwhile stands under seal now.
      prepare: async () => {
        const { openings, sealed } = await openingsOf(session, part, recipients, options);
        return { parties: { self: session.mspId, receiver: recipients }, openings, sealed };
      },
      decode: (answer) => answer as Shared,
    },
    { signal: options.signal },
  );
  return result.shared.map((each) => ({ ...each, transactionId, blockNumber }));
}

interface Found {
  readonly id: string;
  readonly internal?: OpenedInternal;
}

/** Under seal, or among the internal events if the organisation's key is at hand. Throws NOT_FOUND. */
async function findEvent(session: Session, name: string, options: CallOptions): Promise<Found> {
  const sealed = await orUndefined(ask(session, traceVerbs.sealedEvent, { id: name }, options));
  if (sealed !== undefined) return { id: sealed.skeleton.id };
  if (session.internalKey !== undefined) {
    const box = await InternalBox.of(session);
    const question = hashSchema.safeParse(name).success ? { ids: [name] } : { tags: [box.tag(name)] };
    const [internal] = [...(await openInternal(session, question, options)).values()].flat();
    if (internal !== undefined) return { id: internal.record.id, internal };
  }
  const key = session.internalKey === undefined ? ' If it is an internal one, connect with the key of your organisation.' : '';
  throw new DualchainError('NOT_FOUND', `Your organisation captured no sealed event ${name}.${key}`, { details: { id: name } });
}

async function openingsOf(session: Session, part: readonly Found[], recipients: readonly string[], options: CallOptions) {
  const standing: readonly ShareableEvent[] = await ask(session, traceVerbs.shareableEvents, { eventIds: part.map(({ id }) => id) }, options);
  const sealed = new Set(standing.map(({ skeleton }) => skeleton.id));
  const internal = part.flatMap(({ id, internal: opened }) => (opened === undefined || sealed.has(id) ? [] : [opened]));
  const links = new Map(linkOpenings(standing.flatMap((event) => event.links)).map((link) => [link.identifier, link]));
  // Keys that lead to a sealed event come first: these are proved; of the rest any will do.
  const others = [...new Set(internal.flatMap(({ record }) => sealedEventLinks(record).subjects))].filter((identifier) => !links.has(identifier));
  const identifiers = links.size + others.length;
  for (let from = 0; from < others.length; from += MAX_SEALED_QUESTIONS) {
    const ground = await ask(session, traceVerbs.sealedGround, { eventIds: [], identifiers: others.slice(from, from + MAX_SEALED_QUESTIONS), born: [], parties: [...recipients] }, options);
    for (const link of linkOpenings(ground.links)) links.set(link.identifier, link);
  }
  return {
    identifiers,
    openings: standing.flatMap(({ records }) => Object.values(records)),
    sealed: {
      links: [...links.values()],
      internal: internal.map(({ record, batch, position }) => ({ record, batch: batch.skeleton.id, position, proof: batchProof(batch.leaves, position) })),
    },
  };
}
