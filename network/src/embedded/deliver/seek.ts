import type { ServerDuplexStream } from '@grpc/grpc-js';
import { common, orderer as protos } from '@hyperledger/fabric-protos';
import type { ChannelBundle, Identity } from '../interfaces';
import { tryParse } from '../protos';

/** Numbers at or above this mean "for ever": clients differ in how they write it. */
const FOREVER = Number.MAX_SAFE_INTEGER;
const MAX_CLOCK_SKEW_MS = 15 * 60_000;

export interface BlockSource {
  height(): number;
  block(number: number): Uint8Array | undefined;
  onBlock(listener: (number: number) => void): () => void;
}

export interface Answers<R> {
  status(status: number): R;
  block(bytes: Uint8Array, number: number, reader: Identity): R;
}

/** Serves signed seek requests on a stream (wire notes, section 5, "Deliver"). */
export function serveDeliver<R>(call: ServerDuplexStream<common.Envelope, R>, source: BlockSource, bundle: ChannelBundle, readers: string, answers: Answers<R>): void {
  let queue = Promise.resolve(true);
  let cancelled = false;
  let wake: () => void = () => undefined;
  const woken = () => new Promise<void>((resolve) => (wake = resolve));
  const unsubscribe = source.onBlock(() => wake());
  const stop = () => {
    cancelled = true;
    unsubscribe();
    wake();
  };
  call.on('drain', () => wake());
  call.on('cancelled', stop);
  call.on('close', stop);
  call.on('error', stop);
  call.on('data', (envelope: common.Envelope) => {
    queue = queue.then(async (open) => {
      if (!open || cancelled) return false;
      const status = await seek(envelope);
      if (cancelled) return false;
      call.write(answers.status(status));
      if (status === common.Status.SUCCESS) return true;
      call.end();
      return false;
    });
  });
  call.on('end', () => {
    void queue.then(() => {
      unsubscribe();
      call.end();
    });
  });

  async function seek(envelope: common.Envelope): Promise<number> {
    const { BAD_REQUEST, FORBIDDEN, NOT_FOUND, SUCCESS } = common.Status;
    const payload = tryParse(common.Payload.deserializeBinary, envelope.getPayload_asU8());
    const header = payload?.getHeader();
    const channelHeader = header && tryParse(common.ChannelHeader.deserializeBinary, header.getChannelHeader_asU8());
    const signatureHeader = header && tryParse(common.SignatureHeader.deserializeBinary, header.getSignatureHeader_asU8());
    if (payload === undefined || channelHeader === undefined || signatureHeader === undefined) return BAD_REQUEST;
    const stamp = channelHeader.getTimestamp()?.toDate().getTime() ?? 0;
    if (Math.abs(Date.now() - stamp) > MAX_CLOCK_SKEW_MS) return BAD_REQUEST;
    if (channelHeader.getChannelId() !== bundle.channelId) return NOT_FOUND;
    const creator = signatureHeader.getCreator_asU8();
    let reader: Identity;
    try {
      reader = bundle.mspManager.deserialize(creator);
      if (reader.expiresAt.getTime() < Date.now()) return FORBIDDEN;
      bundle.policies.evaluate(readers, [{ message: envelope.getPayload_asU8(), identity: creator, signature: envelope.getSignature_asU8() }]);
    } catch {
      return FORBIDDEN;
    }
    const info = tryParse(protos.SeekInfo.deserializeBinary, payload.getData_asU8());
    const first = position(info?.getStart(), source.height());
    const stopAt = info?.getStop();
    if (info === undefined || first === undefined || stopAt === undefined) return BAD_REQUEST;
    if (first > source.height()) return NOT_FOUND;
    const last = position(stopAt, source.height()) ?? FOREVER;
    if (last < first) return BAD_REQUEST;
    const failIfNotReady = info.getBehavior() === protos.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY;
    for (let number = first; number <= last && !cancelled; number += 1) {
      if (number >= source.height() && failIfNotReady) return NOT_FOUND;
      while (number >= source.height() && !cancelled) await woken();
      const bytes = source.block(number);
      if (bytes === undefined || cancelled) break;
      call.write(answers.block(bytes, number, reader));
      while (call.writableNeedDrain && !cancelled) await woken();
      if (number >= FOREVER) break;
    }
    return SUCCESS;
  }
}

function position(seek: protos.SeekPosition | undefined, height: number): number | undefined {
  if (seek === undefined) return undefined;
  const Kind = protos.SeekPosition.TypeCase;
  switch (seek.getTypeCase()) {
    case Kind.OLDEST:
      return 0;
    case Kind.NEWEST:
      return Math.max(0, height - 1);
    case Kind.SPECIFIED:
      return seek.getSpecified()?.getNumber() ?? 0;
    case Kind.NEXT_COMMIT:
      return height;
    default:
      return undefined;
  }
}
