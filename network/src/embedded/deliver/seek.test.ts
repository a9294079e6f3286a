import { Duplex } from 'node:stream';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { common, orderer } from '@hyperledger/fabric-protos';
import type { ChannelBundle, Identity } from '../interfaces';
import { timestampOf } from '../protos';
import { serveDeliver } from './seek';

const BLOCKS = 40;

/** A signed wish for all blocks from the first on, for ever. */
function wish(): common.Envelope {
  const channel = new common.ChannelHeader();
  channel.setChannelId('channel');
  channel.setTimestamp(timestampOf(new Date()));
  const header = new common.Header();
  header.setChannelHeader(channel.serializeBinary());
  header.setSignatureHeader(new common.SignatureHeader().serializeBinary());
  const from = new orderer.SeekPosition();
  from.setOldest(new orderer.SeekOldest());
  const to = new orderer.SeekPosition();
  const last = new orderer.SeekSpecified();
  last.setNumber(Number.MAX_SAFE_INTEGER);
  to.setSpecified(last);
  const seek = new orderer.SeekInfo();
  seek.setStart(from);
  seek.setStop(to);
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(seek.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope;
}

/** A reader that takes nothing until it is told to. */
function slowReader() {
  const taken: number[] = [];
  let waiting: (() => void) | undefined;
  const call = new Duplex({
    objectMode: true,
    highWaterMark: 2,
    read: () => undefined,
    write: (block: number, _encoding, done) => {
      taken.push(block);
      waiting = done;
    },
  });
  const take = async () => {
    const done = waiting;
    waiting = undefined;
    done?.();
    await new Promise(setImmediate);
  };
  return { call, taken, take };
}

it('writes no more to a slow reader than it takes, however many blocks come meanwhile', async () => {
  const { call, taken, take } = slowReader();
  const listeners = new Set<(number: number) => void>();
  let height = 1;
  const source = { height: () => height, block: () => new Uint8Array(), onBlock: (listener: (number: number) => void) => (listeners.add(listener), () => listeners.delete(listener)) };
  const bundle = { channelId: 'channel', mspManager: { deserialize: () => ({ expiresAt: new Date(Date.now() + 60_000) }) as Identity }, policies: { evaluate: () => undefined } } as unknown as ChannelBundle;
  serveDeliver(call as unknown as ServerDuplexStream<common.Envelope, number>, source, bundle, '/Channel/Application/Readers', { status: () => -1, block: (_bytes, number) => number });
  call.push(wish());
  for (; height < BLOCKS; height += 1) {
    await new Promise(setImmediate);
    for (const listener of listeners) listener(height);
  }
  expect(call.writableLength).toBeLessThanOrEqual(2);
  expect(call.listenerCount('drain')).toBe(1);
  for (let turn = 0; turn < 2 * BLOCKS; turn += 1) await take();
  expect(taken).toEqual(Array.from({ length: BLOCKS }, (_, number) => number));
  call.destroy();
  await new Promise(setImmediate);
  expect(listeners.size).toBe(0);
});
