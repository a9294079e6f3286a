import type { ObjectType } from '@dualchain/model/disclosure';
import type { Signer } from './identities';

/** What a pack proves, if it proves anything. */
export interface Statement {
  /** The public object that was shown, or that carries the root of the record that was shown. */
  readonly object: { readonly type: ObjectType; readonly attributes: readonly string[] };
  /** The sealed record of which fields were shown; left out where a public object was. */
  readonly record?: { readonly type: string; readonly id: string; readonly fields: readonly { readonly name: string; readonly value: unknown }[]; readonly hidden: number };
  /** What stands publicly on the channel under the object's name. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly transaction: {
    readonly id: string;
    readonly channel: string;
    readonly chaincode: string;
    /** Contract and verb, such as "certificate:acceptTransfer". */
    readonly verb: string;
    /** As the sender's clock said. */
    readonly at: string;
    readonly sender: Signer;
    /** MSP ids of the organisations whose peers endorsed it. */
    readonly endorsedBy: readonly string[];
    /** Other public objects that it wrote, which the pack shows too. */
    readonly alsoWrote: readonly string[];
  };
  readonly position: { readonly block: string; readonly index: number };
  /** Its block, where the pack has it. */
  readonly block?: {
    /** SHA-256 (hex) of the header. */
    readonly hash: string;
    /** MSP ids of the organisations whose orderers signed it; empty: the verifier gave its hash. */
    readonly orderedBy: readonly string[];
    readonly otherTransactions: number;
  };
  /** Peers that said, over their signatures, that the object stood so. */
  readonly standing: { readonly by: readonly string[]; /** As the clock of whoever made the pack said. */ readonly at: string; readonly challenge?: string };
}

/** What the statement says, one sentence a fact. */
export function provedBy({ object, record, transaction, position, block, standing }: Statement): string[] {
  const name = [object.type, ...object.attributes].join('/');
  const { id, channel, at, sender, endorsedBy, verb } = transaction;
  return [
    record === undefined ? `What is shown is what stands on the channel as ${name}.` : `${shownText(record)} the sealed record ${record.type}:${record.id}, whose Merkle root stands on the channel on ${name}; ${record.hidden} more ${record.hidden === 1 ? 'field is' : 'fields are'} hidden.`,
    `Transaction ${id} wrote it on the channel "${channel}" (${verb}), sent by "${sender.name}" of ${sender.mspId} at ${at} by its own clock.`,
    `Peers of ${list(endorsedBy)} endorsed what it wrote.`,
    block === undefined ? `It is transaction ${position.index} of block ${position.block}, as the peers say that are named next.` : `It is transaction ${position.index} of block ${position.block} with the hash ${block.hash}, ${block.orderedBy.length === 0 ? 'which you gave' : `signed by the ordering service (${list(block.orderedBy)})`}.`,
    `Peers of ${list(standing.by)} signed that it counts and that nothing had changed it since, ${standing.challenge === undefined ? `at ${standing.at} by the clock of whoever made the pack` : `after your challenge "${standing.challenge}"`}.`,
  ];
}

/** What nobody should read into it. */
export function notProvedBy({ record, block, standing }: Statement): string[] {
  return [
    standing.challenge === undefined ? 'That it is still so: the pack says how it stood when it was made, and when that was is the word of whoever made it. Ask for a pack that answers a challenge of yours.' : 'That it is still so: it was so at some moment after your challenge.',
    'That what the parties wrote is true: it proves that they agreed on it.',
    ...(record !== undefined && record.hidden > 0 ? ['Anything about the hidden fields, except how many there are.'] : []),
    ...(block === undefined ? ['That the ordering service signed the block: the pack was made without it, because others have transactions in it.'] : []),
    'That no certificate had been revoked when it signed.',
  ];
}

function shownText({ fields }: NonNullable<Statement['record']>): string {
  if (fields.length === 0) return 'There is';
  return fields.length === 1 ? 'The field shown belongs to' : `The ${fields.length} fields shown belong to`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
