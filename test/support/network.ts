import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Auditor, firstDifference, findLeaks, exposedBy, readLedger } from '../../client/src/audit/audit';
import type { AuditedLedger, AuditReport, Exposed, SealedMarker } from '../../client/src/audit/audit';
import { connect } from '../../client/src';
import type { Dualchain, LedgerBlock } from '../../client/src';
import { DualchainError } from '../../model/src';
import type { ChannelPolicy, ErrorCode } from '../../model/src';
import { EmbeddedNetwork } from '../../network/src/embedded';
import type { FabricNetwork } from '../../network/src/fabric';
import { loadTopology } from '../../network/src/topology';
import type { Organisation, Topology } from '../../network/src/topology';
import type { PlayableNetwork } from '../../scenarios/src/play';
import { loadStory } from '../../scenarios/src/story';
import { root } from './data';
import { startEngine } from './engines';
import type { EngineName, EngineNetwork } from './engines';
import { LeakSearch } from './leak-search';
import type { Growing } from './leak-search';

export type Slug = 'brand' | 'processor' | 'farm' | 'carrier' | 'bank' | 'factor' | 'clearing' | 'regulator';
/** `director`: a suite's own, with the attributes that its topology gives. */
export type User = 'Admin' | 'maker' | 'checker' | 'auditor' | 'director';

/** One user of one organisation. */
export interface Actor {
  readonly slug: Slug;
  readonly user: User;
}

const START = 120_000;
const STOP = 60_000;

/** A running network with its users, for one suite. */
export class TestNetwork {
  readonly engine: EngineName;
  /** Sealed values of the suite, which must never show where they may not (invariant 19). */
  readonly markers: SealedMarker[] = [];
  readonly #users = new Map<string, Promise<Dualchain>>();
  readonly #blocks = new Map<string, LedgerBlock[]>();
  readonly #reading = new Map<string, Promise<number>>();
  /** One auditor an organisation, which has seen the blocks of earlier tests. */
  readonly #auditors = new Map<string, Auditor>();
  readonly #exposed: Exposed[] = [];
  readonly #leaks = new LeakSearch();
  readonly #doubted: string[] = [];
  readonly #tolerated: { readonly invariant: string; readonly transactionId: string }[] = [];
  readonly #away = new Set<string>();
  readonly #policy: Partial<ChannelPolicy>;
  readonly #topology: (topology: Topology) => Topology;
  #network: EngineNetwork | undefined;
  #directory = '';

  constructor(engine: EngineName, { policy = {}, topology = (described) => described }: Pick<NetworkOptions, 'policy' | 'topology'> = {}) {
    this.engine = engine;
    this.#policy = policy;
    this.#topology = topology;
  }

  async start(): Promise<void> {
    this.#directory = mkdtempSync(path.join(os.tmpdir(), `dualchain-${this.engine}-`));
    const topology = this.#topology(loadTopology(path.join(root, 'network/consortium.yaml')));
    this.#network = await startEngine(this.engine, { topology, directory: this.#directory, ports: 'ephemeral', chaincode: { entry: path.join(root, 'chaincode/dist/main.js') } });
    await this.#network.deploy();
  }

  async stop(): Promise<void> {
    for (const user of this.#users.values()) await user.then((dualchain) => dualchain.close(), () => undefined);
    await this.#network?.stop();
    if (this.#directory !== '') rmSync(this.#directory, { recursive: true, force: true });
  }

  get network(): EngineNetwork {
    if (this.#network === undefined) throw new Error('the network did not start');
    return this.#network;
  }

  /** The embedded engine, for what only a network inside this process can do. */
  get embedded(): EmbeddedNetwork {
    if (!(this.network instanceof EmbeddedNetwork)) throw new Error('this suite needs the embedded engine');
    return this.network;
  }

  get organisations(): readonly Organisation[] {
    return this.network.topology.organisations;
  }

  /** The network as a story sees it. */
  get playable(): PlayableNetwork {
    return { topology: { organisations: this.organisations.map((organisation) => ({ ...organisation, roles: [...organisation.roles] })) }, profileDirectory: (slug) => this.network.profileDirectory(slug) };
  }

  mspId(slug: Slug): string {
    return this.organisations.find((organisation) => organisation.slug === slug)!.mspId;
  }

  /** A connected user; connected on first use and closed with the network. */
  as(slug: Slug, user: User = 'maker'): Promise<Dualchain> {
    const key = `${slug}/${user}`;
    const known = this.#users.get(key) ?? connect({ profile: this.network.profileDirectory(slug), user });
    this.#users.set(key, known);
    return known;
  }

  /** Founds the consortium as the story does; again is no change. */
  async found(): Promise<void> {
    const brand = await this.as('brand');
    await brand.consortium.bootstrap({ members: this.organisations.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles: [...roles] })), policy: { ...loadStory().policy, ...this.#policy } });
  }

  /** Takes an organisation's peers away for good: they answer nobody, and nobody waits for them or audits their ledgers from here on. */
  async takeAway(slug: Slug): Promise<void> {
    const { network } = this;
    this.#away.add(slug);
    if (network instanceof EmbeddedNetwork) network.stopPeer(this.mspId(slug));
    else for (const { name, kind } of (await network.status()).nodes.filter(({ mspId }) => mspId === this.mspId(slug))) if (kind === 'peer') await network.stopNode(name);
  }

  /** Organisations whose peers were not taken away. */
  get #present(): readonly Organisation[] {
    return this.organisations.filter(({ slug }) => !this.#away.has(slug));
  }

  /** Own ledgers of all organisations, all read to the newest block that any of them has. */
  async ledgers(): Promise<AuditedLedger[]> {
    // A peer that comes back may not answer yet; the second reading waits for it.
    const heights = await Promise.all(
      this.#present.map(({ slug }) =>
        this.#read(slug as Slug, 'latest').catch((error: unknown) => {
          if (error instanceof DualchainError && error.code === 'UNAVAILABLE') return 0;
          throw error;
        }),
      ),
    );
    const newest = Math.max(...heights) - 1;
    await Promise.all(this.#present.map(({ slug }) => this.#read(slug as Slug, newest)));
    return this.#present.map(({ slug, mspId }) => readLedger(mspId, this.network.topology.chaincode.name, this.#blocks.get(slug) ?? []));
  }

  /** Waits until every peer has the newest block that any of them has: only then do all organisations see the same. */
  async inStep(): Promise<void> {
    const { network } = this;
    if (!(network instanceof EmbeddedNetwork)) {
      await this.ledgers();
      return;
    }
    const heights = () => this.#present.map(({ mspId }) => network.ledger(mspId).height);
    const newest = Math.max(...heights());
    while (heights().some((height) => height < newest)) await setTimeout(1);
  }

  /** The blocks of an organisation's ledger, up to the newest. */
  async blocks(slug: Slug): Promise<readonly LedgerBlock[]> {
    await this.#read(slug, 'latest');
    return this.#blocks.get(slug) ?? [];
  }

  /** Number of blocks of an organisation's ledger. */
  async height(slug: Slug): Promise<number> {
    return this.#read(slug, 'latest');
  }

  /** What stands on the ledger: the state hash of a peer where the engine tells it, else the number of its blocks. Equal before and after exactly if nothing was written. */
  async fingerprint(): Promise<unknown> {
    await this.inStep();
    if (this.network instanceof EmbeddedNetwork) return this.network.ledger(this.mspId('regulator')).stateHash();
    return this.height('regulator');
  }

  /** All public objects and all private hashes, as the regulator's ledger has them. */
  async objects(): Promise<Record<string, unknown>> {
    const ledger = (await this.ledgers()).find(({ mspId }) => mspId === this.mspId('regulator'))!;
    const state: Record<string, unknown> = {};
    for (const step of ledger.steps) {
      for (const { type, attributes, after } of step.changes) state[[type, ...attributes].join('/')] = after;
      for (const { mspId, keyHash, valueHash } of step.hashes) state[`${mspId} ${keyHash}`] = valueHash;
    }
    return state;
  }

  /** A break that a test makes on purpose, and that auditors must find. */
  tolerate(invariant: string, transactionId: string): void {
    this.#tolerated.push({ invariant, transactionId });
  }

  /** A lot of which a test's reports do not add up, on purpose or because its data are real. */
  doubt(lot: string): void {
    this.#doubted.push(lot);
  }

  /** Every invariant on every organisation's own ledger, equal ledgers everywhere, and no sealed value where it may not be. */
  async audit(): Promise<AuditReport[]> {
    const ledgers = await this.ledgers();
    expect(firstDifference(ledgers)).toBeUndefined();
    if (this.#network instanceof EmbeddedNetwork) {
      const { network } = this;
      const hashes = this.#present.map(({ mspId }) => [mspId, (network as EmbeddedNetwork).ledger(mspId).stateHash()]);
      expect(new Set(hashes.map(([, hash]) => hash)).size).toBe(1);
    }
    const reports = ledgers.map((ledger) => this.#auditorOf(ledger).report());
    for (const { mspId, verdicts } of reports) {
      const broken = verdicts.flatMap(({ invariant, breaks }) => breaks.map((each) => ({ mspId, invariant, ...each })));
      expect(verdicts.flatMap(({ discrepancies }) => discrepancies).filter(({ message }) => !this.#doubted.some((lot) => message.includes(lot)))).toEqual([]);
      expect(broken).toEqual(this.#tolerated.map(({ invariant, transactionId }) => expect.objectContaining({ mspId, invariant, transactionId }) as unknown));
    }
    expect(this.#leaks.search(this.markers, this.#everythingExposed(ledgers))).toEqual([]);
    return reports;
  }

  /** Sealed values that none of their readers holds: looking for them elsewhere would prove nothing. */
  async unusedMarkers(): Promise<string[]> {
    const ledgers = await this.ledgers();
    return this.markers.filter((marker) => !ledgers.some(({ mspId, blocks }) => marker.readers.includes(mspId) && findLeaks([{ ...marker, readers: [] }], heldBy(mspId, blocks)).length > 0)).map(({ label }) => label);
  }

  /** Tells that an organisation was shown something, in which no sealed value of others may be. */
  show(where: string, bytes: string, slug: Slug): void {
    this.#exposed.push({ where: `${where} to ${slug}`, bytes, seenBy: this.mspId(slug) });
  }

  /** Fails unless the call is refused with this code (one of these, where a race decides), a message that says what to do, and nothing of it on the ledger. Returns the error. */
  async refused(slug: Slug, code: ErrorCode | readonly ErrorCode[], call: () => Promise<unknown>): Promise<DualchainError> {
    const error = await call().then(
      (answer) => ({ unexpected: answer }),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DualchainError);
    const refusal = error as DualchainError;
    expect({ code: refusal.code, message: refusal.message }).toEqual({ code: expect.stringMatching(new RegExp(`^(${[code].flat().join('|')})$`)) as unknown, message: expect.stringMatching(/\w+ .*\w+/) as unknown });
    this.show(`error ${refusal.code}`, JSON.stringify(refusal), slug);
    return refusal;
  }

  /** The auditor of an organisation, once it has seen the whole ledger. */
  #auditorOf({ mspId, chaincode, blocks }: AuditedLedger): Auditor {
    const auditor = this.#auditors.get(mspId) ?? new Auditor({ mspId, chaincode });
    this.#auditors.set(mspId, auditor);
    for (const block of blocks.slice(Number(auditor.height))) auditor.add(block);
    return auditor;
  }

  /** Readings of one ledger follow one another, so that no block is read twice. */
  #read(slug: Slug, to: number | 'latest'): Promise<number> {
    const turn = (this.#reading.get(slug) ?? Promise.resolve(0)).then(() => this.#readNow(slug, to));
    this.#reading.set(slug, turn.catch(() => 0));
    return turn;
  }

  async #readNow(slug: Slug, to: number | 'latest'): Promise<number> {
    const known = this.#blocks.get(slug) ?? [];
    this.#blocks.set(slug, known);
    if (to !== 'latest' && known.length > to) return known.length;
    for await (const block of (await this.as(slug)).events.blocks({ from: known.length, to })) known.push(block);
    return known.length;
  }

  /** All that organisations see: what the suite showed them, their blocks with private data, their chaincode's log. */
  #everythingExposed(ledgers: readonly AuditedLedger[]): Growing[] {
    const logOf = (mspId: string) => ({ where: `chaincode log of ${mspId}`, bytes: (this.network as EmbeddedNetwork | FabricNetwork).chaincodeLog(mspId).join('\n') });
    return [
      { name: 'shown', length: this.#exposed.length, from: (position) => this.#exposed.slice(position) },
      // The blocks themselves are the same everywhere, so that one organisation's are enough; the private data are not.
      ...ledgers.map(({ mspId, blocks }, index): Growing => ({ name: `blocks of ${mspId}`, length: blocks.length, from: (position) => (index === 0 ? exposedBy(mspId, blocks.slice(position)) : heldBy(mspId, blocks.slice(position))) })),
      ...ledgers.map(({ mspId }): Growing => ({ name: `log of ${mspId}`, length: 0, from: () => [logOf(mspId)] })),
    ];
  }
}

/** The private data that came with an organisation's blocks. */
function heldBy(mspId: string, blocks: readonly LedgerBlock[]): Exposed[] {
  return [...exposedBy(mspId, blocks)].filter(({ seenBy }) => seenBy !== undefined);
}

/** How a suite's network differs from the story's. */
export interface NetworkOptions {
  /** Whether the consortium is founded before the first test; default true. */
  readonly founded?: boolean;
  /** Rules of the channel other than the story's, such as no days of grace. */
  readonly policy?: Partial<ChannelPolicy>;
  /** What the network has other than network/consortium.yaml says, such as another user. */
  readonly topology?: (topology: Topology) => Topology;
}

/** Runs a network for the suite around it; after each test every organisation's own ledger is audited. */
export function withNetwork(engine: EngineName, { founded = true, ...shape }: NetworkOptions = {}): TestNetwork {
  const network = new TestNetwork(engine, shape);
  beforeAll(async () => {
    await network.start();
    if (founded) await network.found();
  }, START);
  afterEach(async () => {
    await network.audit();
  }, START);
  afterAll(() => network.stop(), STOP);
  return network;
}
