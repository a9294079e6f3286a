import type { Committed, Dualchain } from '@dualchain/client';
import { connect } from '@dualchain/client';
import type { Role } from '@dualchain/model';
import type { Actor, Story } from '../story/index';
import { cast } from '../story/index';
import type { Step, StepDescription } from './step';

/** An organisation of a topology. */
export interface PlayingOrganisation {
  readonly slug: string;
  readonly mspId: string;
  readonly name: string;
  readonly gln: string;
  readonly roles: readonly Role[];
}

/** What a story needs of a network that runs, whichever engine runs it. */
export interface PlayableNetwork {
  readonly topology: { readonly organisations: readonly PlayingOrganisation[] };
  /** Folder with the connection profile of an organisation. */
  profileDirectory(slug: string): string;
}

export interface StageOptions {
  /** Seconds from the issue of the certificate to its due date; default 15. The story must accept the certificate in this time. */
  readonly tenorSeconds?: number | undefined;
  /** Ends the play: steps that have not begun are not begun, calls under way are cancelled. */
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_TENOR_SECONDS = 15;

/** Where a story is played: the actors' connections, and what later steps need to know of earlier ones. */
export class Stage implements AsyncDisposable {
  readonly story: Story;
  readonly tenorSeconds: number;
  readonly signal: AbortSignal | undefined;
  /** Ids of the captured events by EPCIS document. */
  readonly eventIds = new Map<string, readonly string[]>();
  readonly #network: PlayableNetwork;
  readonly #connections = new Map<string, { readonly client: Promise<Dualchain>; readonly committed: Committed[] }>();

  constructor(network: PlayableNetwork, story: Story, { tenorSeconds = DEFAULT_TENOR_SECONDS, signal }: StageOptions = {}) {
    this.#network = network;
    this.story = story;
    this.tenorSeconds = tenorSeconds;
    this.signal = signal;
    for (const actor of cast) this.organisation(actor);
  }

  get organisations(): readonly PlayingOrganisation[] {
    return this.#network.topology.organisations;
  }

  /** Throws RangeError where the network lacks an organisation of the story. */
  organisation(actor: Actor): PlayingOrganisation {
    const found = this.organisations.find(({ slug }) => slug === actor);
    if (found === undefined) throw new RangeError(`The story needs an organisation "${actor}"; the topology has ${this.organisations.map(({ slug }) => slug).join(', ')}.`);
    return found;
  }

  mspId(actor: Actor): string {
    return this.organisation(actor).mspId;
  }

  /** Name of an organisation for people; the MSP id where it is none of the topology. */
  nameOf(mspId: string): string {
    return this.organisations.find((organisation) => organisation.mspId === mspId)?.name ?? mspId;
  }

  /** The connection of a user of an organisation, made once. */
  as(actor: Actor, user = 'maker'): Promise<Dualchain> {
    return this.#connection(actor, user).client;
  }

  /** Takes one step and tells what it did. Throws what the verb throws. */
  async take<Result>(description: StepDescription, act: (client: Dualchain) => Promise<Result>): Promise<Step<Result>> {
    this.signal?.throwIfAborted();
    const { actor, user = 'maker' } = description;
    const { client, committed } = this.#connection(actor, user);
    const before = committed.length;
    const began = performance.now();
    const result = await act(await client);
    return { ...description, user, mspId: this.mspId(actor), result, transactions: committed.slice(before).map(({ verb, transactionId, blockNumber }) => ({ verb, transactionId, blockNumber })), milliseconds: performance.now() - began };
  }

  async close(): Promise<void> {
    for (const { client } of this.#connections.values()) (await client.catch(() => undefined))?.close();
    this.#connections.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #connection(actor: Actor, user: string): { readonly client: Promise<Dualchain>; readonly committed: Committed[] } {
    const key = `${actor}/${user}`;
    let connection = this.#connections.get(key);
    if (connection === undefined) {
      const committed: Committed[] = [];
      connection = { client: connect({ profile: this.#network.profileDirectory(actor), user, hooks: { onCommit: (entry) => committed.push(entry) } }), committed };
      this.#connections.set(key, connection);
    }
    return connection;
  }
}
