import { common, gateway, ledger, peer } from '@hyperledger/fabric-protos';
import type { LedgerState } from '../../client/src/audit/ledger-state';
import { carriedOutBy, paidStates } from '../../client/src/audit/rules';
import { decodeBlock } from '../../client/src/events/decode-block';
import { splitKey, stateTables } from '../../model/src';
import type { ObjectType, StateTable, Transition } from '../../model/src';

/** An object of a state table that a transaction reads or changes, and the rows that let the transaction do so. */
export interface Reached {
  readonly table: StateTable;
  readonly type: ObjectType;
  readonly id: string;
  /** State before the transaction; null: it did not exist. */
  readonly from: string | null;
  readonly before: Readonly<Record<string, unknown>> | undefined;
  /** As the transaction leaves it; undefined where it only reads. */
  readonly after: Readonly<Record<string, unknown>> | undefined;
  readonly rows: readonly Transition[];
}

const tables = new Map<string, StateTable>(stateTables.map((table) => [table.object.replaceAll(' ', '').toLowerCase(), table]));

/** Name of a transition, as the list of all of them has it: `certificate: declareDue from active`. */
export function nameOfTransition(table: StateTable, { verb }: Pick<Transition, 'verb'>, from: string | null): string {
  return `${table.object}: ${verb} from ${from ?? 'nothing'}`;
}

/** Every transition of every table, one for each state that it may start from. */
export const allTransitions: readonly string[] = stateTables.flatMap((table) => table.transitions.flatMap((row) => row.from.map((from) => nameOfTransition(table, row, from))));

/** What an endorsed transaction would do to the ledger as it stands, before anyone orders it. */
export function reachedBy(verb: string, endorsed: Uint8Array, chaincode: string, state: LedgerState): Reached[] {
  const envelope = gateway.PreparedTransaction.deserializeBinary(endorsed).getEnvelope()!;
  const { keys, written } = keysOf(envelope, chaincode);
  return [...keys].flatMap((key): Reached[] => {
    const split = splitKey(key);
    const table = split === undefined ? undefined : tables.get(split.type.toLowerCase());
    if (split === undefined || table === undefined) return [];
    const before = state.get(split.type, ...split.attributes) as unknown as Reached['before'];
    const after = written.get(key);
    const from = stateOf(split.type, before, state);
    const rows = table.transitions.filter((row) => row.from.includes(from) && fits(row, verb, split.type, before, after));
    return rows.length === 0 ? [] : [{ table, type: split.type, id: split.attributes.join('/'), from, before, after, rows }];
  });
}

/** A row of the verb itself, also where it leaves the object as it is; a row that the verb carries out for another, only where it changes the object as that row says. */
function fits(row: Transition, verb: string, type: ObjectType, before: Reached['before'], after: Reached['after']): boolean {
  if (row.verb === verb) return before !== undefined || after !== undefined;
  if (carriedOutBy[row.verb]?.includes(verb) !== true || after === undefined) return false;
  const to = after['state'];
  const rolesChanged = type !== 'member' || before === undefined || (row.verb === 'changeRoles') === (before['state'] === to);
  return rolesChanged && [row.to, ...(row.or ?? [])].some((outcome) => outcome === to);
}

/** State by which the table goes: an attestation says it by a mark, a certificate of which something was paid is derived from its holdings. */
function stateOf(type: ObjectType, value: Reached['before'], state: LedgerState): string | null {
  if (value === undefined) return null;
  if (type === 'attestation') return value['revoked'] === true ? 'revoked' : 'standing';
  if (type === 'certificate' && value['state'] === 'due') return [...state.find('holdingsOfCertificate', String(value['id']))].some((holding) => paidStates.includes(holding.state)) ? 'partly settled' : 'due';
  return typeof value['state'] === 'string' ? value['state'] : null;
}

/** Public keys that a transaction reads or writes. */
function keysOf(envelope: common.Envelope, chaincode: string): { readonly keys: ReadonlySet<string>; readonly written: ReadonlyMap<string, Readonly<Record<string, unknown>>> } {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action!.getPayload_asU8()).getAction()!;
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8());
  const results = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();
  const keys = new Set<string>();
  const written = new Map<string, Readonly<Record<string, unknown>>>();
  for (const set of ledger.rwset.TxReadWriteSet.deserializeBinary(results).getNsRwsetList()) {
    if (set.getNamespace() !== chaincode) continue;
    const { KVRWSet } = ledger.rwset.kvrwset;
    const rwset = KVRWSet.deserializeBinary(set.getRwset_asU8());
    for (const read of rwset.getReadsList()) keys.add(read.getKey());
    for (const write of rwset.getWritesList()) {
      keys.add(write.getKey());
      if (!write.getIsDelete()) written.set(write.getKey(), objectIn(write.getValue_asU8()));
    }
  }
  return { keys, written };
}

/** Index entries hold no object. */
function objectIn(value: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(value).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

/** Something that others see. */
export interface Shown {
  readonly where: string;
  readonly bytes: Buffer | string;
}

/** Everything of an endorsed transaction that others would see: its arguments, its event, its answer, what it writes in public. */
export function shownBy(endorsed: Uint8Array): Shown[] {
  const block = new common.Block();
  const data = new common.BlockData();
  data.setDataList([gateway.PreparedTransaction.deserializeBinary(endorsed).getEnvelope()!.serializeBinary()]);
  block.setData(data);
  return decodeBlock(block).transactions.flatMap(({ id, args, event, response, writes }) => [
    ...args.map((bytes) => ({ where: `argument of ${id}`, bytes })),
    ...(event === undefined ? [] : [{ where: `event of ${id}`, bytes: event.payload }]),
    { where: `response of ${id}`, bytes: response },
    ...writes.map(({ key, value }) => ({ where: `public state ${key.replaceAll('\u0000', '/')} of ${id}`, bytes: value })),
  ]);
}
