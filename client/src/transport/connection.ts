import { Client, credentials, InterceptingCall, status } from '@grpc/grpc-js';
import type { CallOptions, Interceptor } from '@grpc/grpc-js';
import { DualchainError } from '@dualchain/model';
import type { Gateway, Identity, Network } from '@hyperledger/fabric-gateway';
import { connect as connectGateway } from '@hyperledger/fabric-gateway';
import type { SigningIdentity } from './identity';
import type { PeerEndpoint } from './profile';

/** Milliseconds that each phase may take. */
export interface Deadlines {
  readonly evaluate: number;
  readonly endorse: number;
  readonly submit: number;
  readonly commitStatus: number;
  /** How long to look for a transaction whose outcome is unknown, before the same envelope is sent again. */
  readonly resolve: number;
  /** How long organisations may take to catch up with each other. */
  readonly catchUp: number;
}

export const defaultDeadlines: Deadlines = { evaluate: 30_000, endorse: 30_000, submit: 15_000, commitStatus: 60_000, resolve: 5_000, catchUp: 15_000 };

/** The way to the ledger: the gateway of one of the own organisation's peers, another one when it is gone. */
export interface Connection {
  readonly channel: string;
  readonly identity: Identity;
  gateway(): Gateway;
  network(): Network;
  /** Turns to the next peer after a failure of the present one; a no-op where there is only one. */
  failOver(failed: Gateway): void;
  readonly peerCount: number;
  close(): void;
}

export interface PeerConnectionOptions extends SigningIdentity {
  readonly peers: readonly PeerEndpoint[];
  /** Tried first. */
  readonly peer?: string | undefined;
  readonly channel: string;
}

const channelOptions = {
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 120_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
};

/** Connects to the peers of a profile over gRPC with TLS; connections open on first use. Throws INVALID_PROFILE. */
export function connectPeers({ peers, peer, channel, identity, signer, hash }: PeerConnectionOptions): Connection {
  const first = peer === undefined ? 0 : peers.findIndex(({ name, address }) => name === peer || name.split('.')[0] === peer || address === peer);
  if (first < 0) throw new DualchainError('INVALID_PROFILE', `The profile has no peer "${peer}"; it has ${peers.map(({ name }) => name).join(', ')}.`, { details: { peer } });
  const ordered = [...peers.slice(first), ...peers.slice(0, first)];
  const open = new Map<PeerEndpoint, { client: Client; gateway: Gateway }>();
  let current = 0;
  let closed = false;
  const connection = () => {
    if (closed) throw new DualchainError('ABORTED', 'The connection was closed; call connect() again.');
    const endpoint = ordered[current % ordered.length];
    if (endpoint === undefined) throw new DualchainError('INVALID_PROFILE', 'The profile has no peer.');
    let opened = open.get(endpoint);
    if (opened === undefined) {
      const client = grpcClient(endpoint);
      opened = { client, gateway: connectGateway({ client, identity, signer, hash }) };
      open.set(endpoint, opened);
    }
    return opened;
  };
  return {
    channel,
    identity,
    peerCount: ordered.length,
    gateway: () => connection().gateway,
    network: () => connection().gateway.getNetwork(channel),
    failOver: (failed) => {
      if (!closed && connection().gateway === failed) current = (current + 1) % ordered.length;
    },
    close: () => {
      closed = true;
      for (const { client, gateway } of open.values()) {
        gateway.close();
        client.close();
      }
      open.clear();
    },
  };
}

/** Uses a gateway that the application made and will close itself. */
export function connectExisting(gateway: Gateway, channel: string): Connection {
  return { channel, identity: gateway.getIdentity(), peerCount: 1, gateway: () => gateway, network: () => gateway.getNetwork(channel), failOver: () => undefined, close: () => undefined };
}

function grpcClient({ address, tlsRoots, serverName }: PeerEndpoint): Client {
  const options = { ...channelOptions, ...(serverName !== undefined && { 'grpc.ssl_target_name_override': serverName, 'grpc.default_authority': serverName }) };
  return new Client(address, tlsRoots === undefined ? credentials.createInsecure() : credentials.createSsl(tlsRoots), options);
}

/** Options of one call: its deadline, and cancellation by the caller's signal. */
export function callOptions(milliseconds: number | undefined, signal: AbortSignal | undefined): CallOptions {
  return { ...(milliseconds !== undefined && { deadline: Date.now() + milliseconds }), ...(signal !== undefined && { interceptors: [cancelledBy(signal)] }) };
}

function cancelledBy(signal: AbortSignal): Interceptor {
  return (options, nextCall) => {
    const call: InterceptingCall = new InterceptingCall(nextCall(options), {
      start: (metadata, _listener, next) => {
        const cancel = () => call.cancelWithStatus(status.CANCELLED, 'aborted by the caller');
        signal.addEventListener('abort', cancel, { once: true });
        next(metadata, {
          onReceiveStatus: (received, pass) => {
            signal.removeEventListener('abort', cancel);
            pass(received);
          },
        });
        if (signal.aborted) cancel();
      },
    });
    return call;
  };
}
