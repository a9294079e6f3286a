import { peer } from '@hyperledger/fabric-protos';
import { ChaincodeMessageHandler } from 'fabric-shim/lib/handler';
import type { ChaincodeStub } from 'fabric-shim-api';
import { Bulk, hearOffers, offerOf } from './bulk';

interface Sent {
  readonly type: number;
  readonly payload: Uint8Array;
}

/** A stub as the shim makes it, at a peer that offered what is said; single calls and messages are noted. */
function connection({ writes, reads, values = () => new Uint8Array() }: { writes: number; reads: number; values?: (key: string) => Uint8Array | undefined }) {
  const sent: Sent[] = [];
  const single: string[] = [];
  let listener: (message: unknown) => void = () => undefined;
  const handler = Object.create(ChaincodeMessageHandler.prototype) as ChaincodeMessageHandler;
  const offer = new peer.ChaincodeAdditionalParams();
  offer.setUseWriteBatch(writes > 0);
  offer.setMaxSizeWriteBatch(writes);
  offer.setUseGetMultipleKeys(reads > 0);
  offer.setMaxSizeGetMultipleKeys(reads);
  const ready = new peer.ChaincodeMessage();
  ready.setType(peer.ChaincodeMessage.Type.READY);
  ready.setPayload(offer.serializeBinary());
  Object.assign(handler, {
    _stream: { on: (event: string, heard: typeof listener) => void (event === 'data' && (listener = heard)), write: () => undefined },
    _askPeerAndListen: (message: peer.ChaincodeMessage) => {
      sent.push({ type: message.getType(), payload: message.getPayload_asU8() });
      if (message.getType() !== peer.ChaincodeMessage.Type.GET_STATE_MULTIPLE) return Promise.resolve(Buffer.alloc(0));
      const answer = new peer.GetStateMultipleResult();
      answer.setValuesList(peer.GetStateMultiple.deserializeBinary(message.getPayload_asU8()).getKeysList().flatMap((key) => values(key) ?? []));
      return Promise.resolve(Buffer.from(answer.serializeBinary()));
    },
  });
  // The shim listens too, and registers first; only the offer matters here.
  handler.chat(new peer.ChaincodeMessage() as never);
  listener(ready);
  const note = (name: string) => (key: string) => (single.push(`${name} ${key}`), Promise.resolve(Buffer.from(key)));
  const stub = { handler, getTxID: () => 'tx', getChannelID: () => 'ch', getState: note('get'), putState: note('put'), putPrivateData: (collection: string, key: string) => note('put')(`${key} in ${collection}`), deleteState: note('delete'), setStateValidationParameter: note('guard') };
  return { bulk: new Bulk(stub as unknown as ChaincodeStub), sent, single };
}

const recordsOf = ({ payload }: Sent) => peer.WriteBatchState.deserializeBinary(payload).getRecList().map((record) => ({ key: record.getKey(), type: record.getType(), value: Buffer.from(record.getValue_asU8()).toString(), collection: record.getCollection(), policy: Buffer.from(record.getMetadata()?.getValue_asU8() ?? []).toString(), metakey: record.getMetadata()?.getMetakey() }));

// The last listener that is registered is the test's: the shim's own would want a whole conversation.
const { chat } = ChaincodeMessageHandler.prototype;
beforeAll(() => {
  ChaincodeMessageHandler.prototype.chat = () => undefined;
  hearOffers();
});
afterAll(() => {
  ChaincodeMessageHandler.prototype.chat = chat;
});

const { PUT_STATE, DEL_STATE, PUT_STATE_METADATA } = peer.WriteRecord.Type;

it('sends writes together, in their order, no more at once than the peer takes', async () => {
  const { bulk, sent, single } = connection({ writes: 3, reads: 0 });
  await bulk.put('a', Buffer.from('1'));
  await bulk.guard('a', Buffer.from('policy'));
  expect(sent).toEqual([]);
  await bulk.delete('b');
  expect(sent).toHaveLength(1);
  await bulk.put('ключ', Buffer.alloc(300, 'x'));
  await bulk.putPrivate('of one', 'a', Buffer.from('2'));
  await bulk.flush();
  await bulk.flush();
  expect(single).toEqual([]);
  expect(sent.map(({ type }) => type)).toEqual([peer.ChaincodeMessage.Type.WRITE_BATCH_STATE, peer.ChaincodeMessage.Type.WRITE_BATCH_STATE]);
  expect(sent.flatMap(recordsOf)).toEqual([
    { key: 'a', type: PUT_STATE, value: '1', collection: '', policy: '', metakey: undefined },
    { key: 'a', type: PUT_STATE_METADATA, value: '', collection: '', policy: 'policy', metakey: 'VALIDATION_PARAMETER' },
    { key: 'b', type: DEL_STATE, value: '', collection: '', policy: '', metakey: undefined },
    { key: 'ключ', type: PUT_STATE, value: 'x'.repeat(300), collection: '', policy: '', metakey: undefined },
    { key: 'a', type: PUT_STATE, value: '2', collection: 'of one', policy: '', metakey: undefined },
  ]);
});

it('reads together, in the order asked', async () => {
  const { bulk, sent } = connection({ writes: 0, reads: 2, values: (key) => (key === 'none' ? new Uint8Array() : Buffer.from(`=${key}`)) });
  expect((await bulk.read(['a', 'none', 'c'])).map((value) => Buffer.from(value).toString())).toEqual(['=a', '', '=c']);
  expect(sent).toHaveLength(2);
});

it('takes an answer that lacks values for a failure, and not for keys without a value', async () => {
  const { bulk } = connection({ writes: 0, reads: 10, values: () => undefined });
  await expect(bulk.read(['a', 'b'])).rejects.toThrow('0 values for 2 keys');
});

it('sends one after the other to a peer that offers nothing', async () => {
  const { bulk, sent, single } = connection({ writes: 0, reads: 0 });
  await bulk.put('a', Buffer.from('1'));
  await bulk.guard('a', Buffer.from('p'));
  await bulk.delete('b');
  await bulk.putPrivate('of one', 'd', Buffer.from('2'));
  await bulk.flush();
  expect((await bulk.read(['c'])).map(String)).toEqual(['c']);
  expect({ sent, single }).toEqual({ sent: [], single: ['put a', 'guard a', 'delete b', 'put d in of one', 'get c'] });
});

it.each([['none', ''], ['what is no message', 'ffffff'], ['sizes without consent', '10e80720e907'], ['a message that is cut off', '0a05']])('takes %s for no offer', (_, hex) => {
  expect(offerOf(Buffer.from(hex, 'hex'))).toEqual({ writes: 0, reads: 0 });
});
