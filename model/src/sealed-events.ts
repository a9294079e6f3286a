import { createHmac } from 'node:crypto';
import { eventHash, eventLinks, parseContext } from './epcis/index';
import type { EventLinks, JsonObject, TraceEvent } from './epcis/index';
import { DualchainError } from './errors';
import { fieldRoot, recordKey } from './sealed';
import type { SealedRecord } from './sealed';
import { fromHex, toHex } from './disclosure/bytes';
import { provenRoot, treeProof, treeRoot } from './disclosure/field-tree';

/**
 * Records of events that not everybody may read (traceability.md, "Visibility per event"). Nothing of such an event may
 * be recognised by guessing it, so whatever is public of it (ids, tags, hashes of private keys) hangs on secrets of 32
 * bytes: the salt of its record, and one link key for each identifier, known to those entitled to an event of it.
 */

/** Stands before the name of each top-level field of the event, because records have a `type` of their own. */
const FIELD = 'event.';

/** What a sealed event record says besides the event. */
export interface SealedEventParts {
  readonly reporter: string;
  /** CBV 2.0 event hash. */
  readonly eventId: string;
  readonly context: unknown;
  readonly event: JsonObject;
  /** The sealed event of the same reporter that this one declares to be an error. */
  readonly declares?: string;
}

/** Fields of the record of an event: each top-level field of the event stands alone, so that each can be shown alone. */
export function sealedEventFields({ event, ...parts }: SealedEventParts): Record<string, unknown> {
  return { ...parts, ...Object.fromEntries(Object.entries(event).map(([name, value]) => [FIELD + name, value])) };
}

/** What a record of an event says. Throws NOT_GENUINE where it is none. */
export function sealedEventParts(record: SealedRecord): SealedEventParts {
  const { reporter, eventId, context = null, declares } = record;
  if (record.type !== 'sealedEvent' || typeof reporter !== 'string' || typeof eventId !== 'string') throw new DualchainError('NOT_GENUINE', `The sealed record ${record.id.slice(0, 64)} is not that of an event.`);
  const event = Object.fromEntries(Object.entries(record).flatMap(([name, value]) => (name.startsWith(FIELD) ? [[name.slice(FIELD.length), value] as const] : [])));
  return { reporter, eventId, context, event, ...(typeof declares === 'string' ? { declares } : {}) };
}

/** Links of the event in a record. */
export function sealedEventLinks(record: SealedRecord): EventLinks {
  const { event, context } = sealedEventParts(record);
  return eventLinks(event, parseContext(context));
}

/**
 * Events of a walk from records, each once. One that its own reporter declared to be an error comes with the declaration,
 * and does not count; what another says of it changes nothing.
 */
export function traceEventsOf(records: readonly SealedRecord[]): TraceEvent[] {
  const told = records.map((record) => ({ parts: sealedEventParts(record), links: sealedEventLinks(record) }));
  const nameOf = ({ parts: { reporter, eventId } }: (typeof told)[number]) => `${reporter}\n${eventId}`;
  const declared = new Set(told.filter(({ links }) => links.errorDeclaration !== undefined).map(nameOf));
  const events = new Map<string, TraceEvent>();
  for (const each of told) {
    const { parts: { eventId }, links } = each;
    const counts = !declared.has(nameOf(each));
    if (counts || (links.errorDeclaration !== undefined && !events.has(eventId))) events.set(eventId, { id: eventId, links });
  }
  return [...events.values()];
}

/** Whether a record names its event by the hash of what it says of it. */
export function isNamedByHash(record: SealedRecord): boolean {
  const { event, context, eventId } = sealedEventParts(record);
  return eventHash(event, parseContext(context)).id === eventId;
}

/** Public id (hex) of a sealed event: without the transaction's seed nobody can tell whether it is that of an event he guesses. */
export function sealedEventId(seed: Uint8Array, eventId: string): string {
  return derive(seed, `sealed event\n${eventId}`);
}

/**
 * The record under which a holder finds a sealed event by its event hash. The hash of a private key is public, so the
 * key ends in something that follows from the secret salt of the event's record.
 */
export function sealedNameRecord(record: SealedRecord): SealedRecord {
  const { eventId } = sealedEventParts(record);
  const salt = fromHex(record.salt) ?? new Uint8Array();
  return { type: 'sealedName', id: `${eventId}\n${derive(salt, 'name')}`, salt: derive(salt, 'salt of the name'), sealedEventId: record.id };
}

/** A fresh link key (hex) of an identifier: every endorser derives the same from the transaction's seed. */
export function freshLinkKey(seed: Uint8Array, identifier: string): string {
  return derive(seed, `link key\n${identifier}`);
}

/** The record that gives its holders the link key of an identifier. It follows from both, so that all holders have the same; its own key gives the identifier away to nobody. */
export function linkRecord(identifier: string, key: string): SealedRecord {
  const bytes = fromHex(key) ?? new Uint8Array();
  return { type: 'link', id: `${identifier}\n${derive(bytes, `name\n${identifier}`)}`, salt: derive(bytes, `salt\n${identifier}`), identifier, key };
}

/** Tag (hex) under which the sealed events of an identifier are listed on the channel. */
export function linkTag(identifier: string, key: string): string {
  return derive(fromHex(key) ?? new Uint8Array(), `tag\n${identifier}`);
}

/** First part of the ids of all records of a kind that belong to this identifier or event hash. */
export function recordPrefix(identifier: string): string {
  return `${identifier}\n`;
}

/** Where the private keys of such records begin and end (exclusive). */
export function recordRange(type: string, identifier: string): { readonly from: string; readonly to: string } {
  // What follows the line feed in byte order.
  return { from: recordKey(type, recordPrefix(identifier)), to: recordKey(type, `${identifier}\u000b`) };
}

/** Root (hex) over the field roots of a batch of internal events, in order. */
export function batchRoot(leaves: readonly string[]): string {
  return treeRoot(leaves.map(bytesOf));
}

/** The hashes that lead from one event of a batch to its root. */
export function batchProof(leaves: readonly string[], position: number): string[] {
  return treeProof(leaves.map(bytesOf), new Set([position])).map(toHex);
}

/** Whether a record is the event at this position of a batch of so many with this root. */
export function isInBatch(record: SealedRecord, { root, count }: { readonly root: string; readonly count: number }, position: number, proof: readonly string[]): boolean {
  return provenRoot(count, new Map([[position, bytesOf(fieldRoot(record))]]), proof.map(bytesOf)) === root;
}

function bytesOf(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array();
}

function derive(secret: Uint8Array, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('hex');
}
