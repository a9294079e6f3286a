import type { Gateway, Signer } from '@hyperledger/fabric-gateway';
import * as attestations from './attestations';
import * as audit from './audit';
import type { BoundRoom } from './bind';
import { bindRoom } from './bind';
import * as certificates from './certificates';
import * as consortium from './consortium';
import * as creditLines from './credit-lines';
import * as disclosures from './disclosure';
import * as disputes from './disputes';
import * as events from './events';
import * as freezes from './freezes';
import * as holdings from './holdings';
import * as invoices from './invoices';
import * as orders from './orders';
import * as quotes from './quotes';
import * as recalls from './recalls';
import * as receiptPledges from './receipt-pledges';
import * as receipts from './receipts';
import type { Hooks, RetryPolicy, Session } from './session';
import { defaultRetry } from './session';
import * as settlements from './settlements';
import * as shipments from './shipments';
import * as trace from './trace';
import type { InternalKey } from './trace/internal-box';
import * as transactions from './transactions';
import type { Connection, Deadlines } from './transport/connection';
import { connectExisting, connectPeers, defaultDeadlines } from './transport/connection';
import type { UserCredentials } from './transport/identity';
import { loadUser } from './transport/identity';
import { checkConnectOptions } from './transport/options';
import type { Profile, ProfileDocument } from './transport/profile';
import { loadProfile } from './transport/profile';

interface CommonOptions {
  /** Channel; default: the profile's, else "dualchain". */
  readonly channel?: string;
  /** Name of the chaincode on the channel; default: the profile's, else "dualchain". */
  readonly chaincode?: string;
  /** Milliseconds of each phase; what is left out keeps its default. */
  readonly deadlines?: Partial<Deadlines>;
  readonly retry?: Partial<RetryPolicy>;
  readonly hooks?: Hooks;
  /** Key of the organisation for its internal events: 32 bytes, or a function that fetches them. Nothing else needs it. */
  readonly internalKey?: InternalKey;
}

/** The SDK makes the connection and closes it. */
export interface ProfileOptions extends CommonOptions {
  /** Folder of the own organisation with its `connection.json`, that file, or its parsed content. */
  readonly profile: string | ProfileDocument;
  /** User of the profile by name ("maker"), an MSP folder (a path), or certificate and key. */
  readonly user: string | UserCredentials;
  /** Signs instead of the private key (HSM, remote): gets a SHA-256 digest, answers a DER signature with low s. */
  readonly signer?: Signer;
  /** Peer that is tried first: its name ("peer0"), full name or address. */
  readonly peer?: string;
}

/** The application made the gateway, for SHA-256 as always, and closes it. */
export interface GatewayOptions extends CommonOptions {
  readonly gateway: Gateway;
  /** Names the other members; left out, the consortium contract is asked. */
  readonly profile?: string | ProfileDocument;
}

export type ConnectOptions = ProfileOptions | GatewayOptions;

/** One user of one organisation on one channel. Every function that writes waits for the commit; its `.async` does not. */
export interface Dualchain extends AsyncDisposable {
  /** The own organisation. */
  readonly mspId: string;
  readonly channel: string;
  readonly chaincode: string;
  /** Founding, members, channel policy. */
  readonly consortium: BoundRoom<typeof consortium>;
  readonly attestations: BoundRoom<typeof attestations>;
  readonly orders: BoundRoom<typeof orders>;
  readonly shipments: BoundRoom<typeof shipments>;
  readonly invoices: BoundRoom<typeof invoices>;
  readonly certificates: BoundRoom<typeof certificates>;
  readonly holdings: BoundRoom<typeof holdings>;
  readonly quotes: BoundRoom<typeof quotes>;
  /** Orders of the authority, and the money of what they freeze. */
  readonly freezes: BoundRoom<typeof freezes>;
  /** Packs that prove chosen fields to someone outside. */
  readonly disclosures: BoundRoom<typeof disclosures>;
  /** Disputes of certificates. */
  readonly disputes: BoundRoom<typeof disputes>;
  /** What financiers let an obligor owe by certificate. */
  readonly creditLines: BoundRoom<typeof creditLines>;
  /** Paying in part or early, netting, what was paid. */
  readonly settlements: BoundRoom<typeof settlements>;
  readonly recalls: BoundRoom<typeof recalls>;
  /** Warehouse receipts: issuing, dividing, passing on, holds, transit, delivery. */
  readonly receipts: BoundRoom<typeof receipts>;
  /** Loans against warehouse receipts. */
  readonly receiptPledges: BoundRoom<typeof receiptPledges>;
  /** EPCIS events: capture, trace. */
  readonly trace: BoundRoom<typeof trace>;
  /** The ledger as it grows: announcements and blocks. */
  readonly events: BoundRoom<typeof events>;
  /** The own ledger replayed, with every invariant checked on it. */
  readonly audit: BoundRoom<typeof audit>;
  /** What became of a transaction. */
  readonly transactions: BoundRoom<typeof transactions>;
  /** What every function of the SDK is bound to. */
  readonly session: Session;
  /** Closes the connections that `connect` made; calls under way end with ABORTED or UNAVAILABLE. More than once does nothing. */
  close(): void;
}

/**
 * Connects one user of an organisation to Dualchain. With a profile nothing is sent before the first call.
 * Throws INVALID_INPUT (options), INVALID_PROFILE (profile, identity or peer), with a gateway alone also what
 * reading the members throws.
 */
export async function connect(options: ConnectOptions): Promise<Dualchain> {
  checkConnectOptions(options);
  const session = 'gateway' in options ? await sessionOfGateway(options) : sessionOfProfile(options);
  return dualchain(session);
}

function sessionOfProfile(options: ProfileOptions): Session {
  const profile = loadProfile(options.profile);
  const signing = loadUser(profile, options.user, options.signer);
  const connection = connectPeers({ peers: profile.peers, peer: options.peer, channel: options.channel ?? profile.channel, ...signing });
  return makeSession(connection, options, profile);
}

async function sessionOfGateway(options: GatewayOptions): Promise<Session> {
  const profile = options.profile === undefined ? undefined : loadProfile(options.profile);
  const connection = connectExisting(options.gateway, options.channel ?? profile?.channel ?? 'dualchain');
  const session = makeSession(connection, options, profile);
  if (session.members.length > 0) return session;
  const known: Session['members'][number][] = [];
  for await (const { mspId, name, gln, roles, state } of consortium.members(session)) if (state === 'active') known.push({ mspId, name, gln, roles: [...roles] });
  return { ...session, members: known };
}

function makeSession(connection: Connection, options: CommonOptions, profile: Profile | undefined): Session {
  return {
    mspId: connection.identity.mspId,
    connection,
    chaincode: options.chaincode ?? profile?.chaincode ?? 'dualchain',
    members: profile?.members ?? [],
    deadlines: { ...defaultDeadlines, ...options.deadlines },
    retry: { ...defaultRetry, ...options.retry },
    hooks: options.hooks ?? {},
    ...(options.internalKey !== undefined && { internalKey: options.internalKey }),
  };
}

function dualchain(session: Session): Dualchain {
  const { mspId, connection, chaincode } = session;
  return Object.freeze({
    mspId,
    channel: connection.channel,
    chaincode,
    consortium: bindRoom(session, consortium),
    attestations: bindRoom(session, attestations),
    orders: bindRoom(session, orders),
    shipments: bindRoom(session, shipments),
    invoices: bindRoom(session, invoices),
    certificates: bindRoom(session, certificates),
    holdings: bindRoom(session, holdings),
    quotes: bindRoom(session, quotes),
    freezes: bindRoom(session, freezes),
    disclosures: bindRoom(session, disclosures),
    disputes: bindRoom(session, disputes),
    creditLines: bindRoom(session, creditLines),
    settlements: bindRoom(session, settlements),
    recalls: bindRoom(session, recalls),
    receipts: bindRoom(session, receipts),
    receiptPledges: bindRoom(session, receiptPledges),
    trace: bindRoom(session, trace),
    events: bindRoom(session, events),
    audit: bindRoom(session, audit),
    transactions: bindRoom(session, transactions),
    session,
    close: () => connection.close(),
    [Symbol.asyncDispose]: () => Promise.resolve(connection.close()),
  });
}
