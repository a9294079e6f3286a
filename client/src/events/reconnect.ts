import { DualchainError } from '@dualchain/model';
import type { CloseableAsyncIterable, Network } from '@hyperledger/fabric-gateway';
import { errorFromGateway } from '../errors/from-gateway';
import type { CallOptions, Session } from '../session';
import { backoffDelay, pause } from '../submission/backoff';

/**
 * Reads a stream that may break: opens it again, on another peer where there is one, from wherever `open` then says.
 * Ends when the consumer stops or the caller aborts. Throws what another attempt cannot heal.
 */
export async function* reconnecting<Item>(session: Session, what: string, open: (network: Network) => Promise<CloseableAsyncIterable<Item>>, { signal }: CallOptions): AsyncGenerator<Item, void, undefined> {
  for (let failures = 0; ; ) {
    if (isAborted(signal)) return;
    const gateway = session.connection.gateway();
    let stream: CloseableAsyncIterable<Item> | undefined;
    const close = () => stream?.close();
    signal?.addEventListener('abort', close, { once: true });
    try {
      stream = await open(gateway.getNetwork(session.connection.channel));
      for await (const item of stream) {
        failures = 0;
        yield item;
      }
    } catch (cause) {
      if (isAborted(signal)) return;
      const error = errorFromGateway(cause, { verb: what, phase: 'events' });
      if (!isPassing(error)) throw error;
    } finally {
      signal?.removeEventListener('abort', close);
      stream?.close();
    }
    if (isAborted(signal)) return;
    session.connection.failOver(gateway);
    failures += 1;
    if (await aborted(pause(backoffDelay(session.retry, failures), signal))) return;
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function isPassing({ code, message }: DualchainError): boolean {
  return code === 'UNAVAILABLE' || code === 'TIMEOUT' || /RST_STREAM|Unexpected status response: 503|stream (was )?closed/i.test(message);
}

async function aborted(waiting: Promise<void>): Promise<boolean> {
  try {
    await waiting;
    return false;
  } catch (error) {
    if (error instanceof DualchainError && error.code === 'ABORTED') return true;
    throw error;
  }
}
