import { ChaincodeMessageHandler } from 'fabric-shim/lib/handler';
import type { ChaincodeMessage, MessageStream } from 'fabric-shim/lib/handler';
import type { ChaincodeStub, Iterators } from 'fabric-shim-api';
import { field, fieldsOf, varintField } from './protobuf';

/**
 * Many writes, or many reads, in one message to the peer. Peers offer it from Fabric 3.0 on when a chaincode registers
 * (ChaincodeAdditionalParams in READY); the Node shim does not know it, and sends each alone. What the transaction
 * reads and writes is the same either way. A peer that offers nothing gets single messages.
 */
interface Offer {
  /** Records of one message; 0: not offered. */
  readonly writes: number;
  /** Keys of one message; 0: not offered. */
  readonly reads: number;
}

/** A write that waits for its message; `collection` is '' for public state. */
type Write = { readonly key: string; readonly collection: string; readonly value: Uint8Array } | { readonly key: string; readonly policy: Uint8Array } | { readonly key: string };

/** ChaincodeMessage.Type and WriteRecord.Type (fabric-protos, chaincode_shim.proto). */
const READY = 4;
const PUT_STATE = 9;
const DEL_STATE = 10;
const PUT_STATE_METADATA = 21;
const WRITE_BATCH_STATE = 24;
const GET_STATE_MULTIPLE = 25;
const VALIDATION_PARAMETER = Buffer.from('VALIDATION_PARAMETER');
/** Bytes of one message of writes, about: a peer takes 100 MiB. */
const MESSAGE_BYTES = 8 * 1024 * 1024;

interface Peer extends Offer {
  readonly newMessage: () => ChaincodeMessage;
}

const peers = new WeakMap<MessageStream, Peer>();

/** Listens to what peers offer, before the shim begins to talk with them. Once a process. */
export function hearOffers(): void {
  const { chat } = ChaincodeMessageHandler.prototype;
  ChaincodeMessageHandler.prototype.chat = function (this: ChaincodeMessageHandler, first: ChaincodeMessage): void {
    const stream = this._stream;
    const Message = first.constructor as new () => ChaincodeMessage;
    stream.on('data', (message) => {
      if (message.getType() === READY) peers.set(stream, { ...offerOf(message.getPayload_asU8()), newMessage: () => new Message() });
    });
    chat.call(this, first);
  };
}

/** ChaincodeAdditionalParams: use_write_batch 1, max_size_write_batch 2, use_get_multiple_keys 3, max_size_get_multiple_keys 4. */
export function offerOf(payload: Uint8Array): Offer {
  try {
    const found = new Map<number, number>();
    for (const { number, value } of fieldsOf(payload)) if (typeof value === 'number') found.set(number, value);
    return { writes: found.get(1) === 1 ? (found.get(2) ?? 0) : 0, reads: found.get(3) === 1 ? (found.get(4) ?? 0) : 0 };
  } catch {
    return { writes: 0, reads: 0 };
  }
}

/** The reads and writes of one transaction. */
export class Bulk {
  readonly #stub: ChaincodeStub;
  readonly #handler: ChaincodeMessageHandler | undefined;
  readonly #peer: Peer | undefined;
  #writes: Write[] = [];
  #bytes = 0;

  constructor(stub: ChaincodeStub) {
    this.#stub = stub;
    const { handler } = stub as { readonly handler?: ChaincodeMessageHandler };
    this.#handler = handler;
    this.#peer = handler === undefined ? undefined : peers.get(handler._stream);
  }

  /** Values of the keys in their order; empty where nothing stands. */
  async read(keys: readonly string[]): Promise<Uint8Array[]> {
    const most = this.#peer?.reads ?? 0;
    const values: Uint8Array[] = [];
    if (most < 2) {
      for (const key of keys) values.push(await this.#stub.getState(key));
      return values;
    }
    for (let from = 0; from < keys.length; from += most) {
      const some = keys.slice(from, from + most);
      const answer = await this.#ask(GET_STATE_MULTIPLE, 'GetStateMultiple', Buffer.concat(some.map((key) => field(1, Buffer.from(key, 'utf8')))));
      const found = [...fieldsOf(answer)].flatMap(({ number, value }) => (number === 1 && typeof value !== 'number' ? [value] : []));
      // A peer whose database fails answers with nothing at all instead of an error.
      if (found.length !== some.length) throw new Error(`GET_STATE_MULTIPLE failed: transaction ID: ${this.#stub.getTxID()}: ${found.length} values for ${some.length} keys`);
      values.push(...found);
    }
    return values;
  }

  /** Rows from one key to before another, which the shim refuses for composite keys; undefined without the shim. */
  async range(start: string, end: string): Promise<Iterators.StateQueryIterator | undefined> {
    const answer = await this.#handler?.handleGetStateByRange('', start, end, this.#stub.getChannelID(), this.#stub.getTxID());
    return answer?.iterator;
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    if (this.#peer === undefined || this.#peer.writes < 2) return this.#stub.putState(key, value);
    await this.#add({ key, collection: '', value }, value.length);
  }

  /** Writes into a private data collection. */
  async putPrivate(collection: string, key: string, value: Uint8Array): Promise<void> {
    if (this.#peer === undefined || this.#peer.writes < 2) return this.#stub.putPrivateData(collection, key, value);
    await this.#add({ key, collection, value }, value.length);
  }

  async guard(key: string, policy: Uint8Array): Promise<void> {
    if (this.#peer === undefined || this.#peer.writes < 2) return this.#stub.setStateValidationParameter(key, policy);
    await this.#add({ key, policy }, policy.length);
  }

  async delete(key: string): Promise<void> {
    if (this.#peer === undefined || this.#peer.writes < 2) return this.#stub.deleteState(key);
    await this.#add({ key }, 0);
  }

  /** Sends what still waits. A transaction that ends without it has not written. */
  async flush(): Promise<void> {
    const writes = this.#writes;
    if (writes.length === 0) return;
    this.#writes = [];
    this.#bytes = 0;
    await this.#ask(WRITE_BATCH_STATE, 'WriteBatchState', Buffer.concat(writes.map((write) => field(1, recordBytes(write)))));
  }

  async #add(write: Write, bytes: number): Promise<void> {
    this.#writes.push(write);
    this.#bytes += bytes + write.key.length;
    if (this.#writes.length >= (this.#peer?.writes ?? 1) || this.#bytes >= MESSAGE_BYTES) await this.flush();
  }

  #ask(type: number, method: string, payload: Buffer): Promise<Buffer> {
    if (this.#handler === undefined || this.#peer === undefined) throw new Error('There is no peer that takes such messages.');
    const message = this.#peer.newMessage();
    message.setType(type);
    message.setPayload(payload);
    message.setTxid(this.#stub.getTxID());
    message.setChannelId(this.#stub.getChannelID());
    return this.#handler._askPeerAndListen(message, method);
  }
}

/** WriteRecord: key 1, value 2, collection 3, metadata 4 (StateMetadata: metakey 1, value 2), type 5. */
function recordBytes(write: Write): Buffer {
  const key = field(1, Buffer.from(write.key, 'utf8'));
  if ('value' in write) return Buffer.concat([key, field(2, Buffer.from(write.value.buffer, write.value.byteOffset, write.value.byteLength)), ...(write.collection === '' ? [] : [field(3, Buffer.from(write.collection, 'utf8'))]), varintField(5, PUT_STATE)]);
  if ('policy' in write) return Buffer.concat([key, field(4, Buffer.concat([field(1, VALIDATION_PARAMETER), field(2, Buffer.from(write.policy))])), varintField(5, PUT_STATE_METADATA)]);
  return Buffer.concat([key, varintField(5, DEL_STATE)]);
}
