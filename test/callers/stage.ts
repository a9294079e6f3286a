import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallOptions } from '@grpc/grpc-js';
import type { Gateway, Network, ProposalOptions, Transaction } from '@hyperledger/fabric-gateway';
import type { Dualchain } from '../../client/src';
import { LedgerState } from '../../client/src/audit/ledger-state';
import { readStep } from '../../client/src/audit/step-reader';
import { answersOf } from '../../client/src/errors/answers';
import { errorFromGateway } from '../../client/src/errors/from-gateway';
import type { Session } from '../../client/src/session';
import { EmbeddedNetwork } from '../../network/src/embedded';
import { verbs } from '../../model/src';
import type { Verb } from '../../model/src';
import type { Slug, TestNetwork, User } from '../support/network';
import { roleUsers } from './exceptions';
import { nameOfTransition, reachedBy, shownBy } from './reach';
import type { Reached, Shown } from './reach';
import { wrongCallers } from './wrong-callers';
import type { WrongCaller } from './wrong-callers';

const allVerbs = new Map(Object.values(verbs).flatMap((room): [string, Verb][] => Object.values(room as Readonly<Record<string, Verb>>).map((verb) => [`${verb.contract}:${verb.name}`, verb])));

/** A transaction of a right caller, endorsed and not yet handed to anyone. */
interface Rightful {
  readonly verb: Verb;
  readonly mspId: string;
  readonly call: string;
  readonly proposal: ProposalOptions;
  readonly endorsed: Uint8Array;
}

/** What a wrong caller was told. */
export interface Cell extends WrongCaller {
  readonly verb: string;
  readonly objects: string;
  /** Organisation whose peer was asked to endorse it. */
  readonly asked: string;
  /** Codes of all organisations that answered; empty: it was endorsed. */
  readonly said: readonly string[];
  readonly message: string;
}

/** Says to the SDK that a transaction which was only tried is not to be sent. */
class OnlyTried extends Error {}

/**
 * Right callers play; just before each of their transactions is sent, everyone that must not do it sends the very same
 * proposal under its own name: the same arguments, the true openings and sealed contents, the same endorsing
 * organisations. While they try, nothing else is sent, so that the peers can be compared before and after.
 */
export class Stage {
  readonly cells: Cell[] = [];
  /** What others would see of transactions that were not sent, and what wrong callers were told. */
  readonly shown: Shown[] = [];
  /** Transitions that were reached. */
  readonly transitions = new Set<string>();
  /** Verbs that were played to the end, by contract. */
  readonly played = new Set<string>();
  /** Transactions of right callers that were handed to the ordering service. */
  readonly sent = new Set<string>();
  /** Phases in which wrong callers tried and something stood differently afterwards. */
  readonly written: string[] = [];
  readonly #network: TestNetwork;
  readonly #tries = new AsyncLocalStorage<{ endorsed: boolean }>();
  readonly #tried = new Set<string>();
  /** The way to the ledger without the stage. */
  readonly #real = new Map<Session, () => Network>();
  readonly #state = new LedgerState();
  #read = 0;
  /** Transactions whose outcome is not known yet. */
  readonly #sending = new Set<string>();
  #busy = false;
  #waiting: { readonly rightful: Rightful; readonly done: () => void; readonly failed: (reason: unknown) => void }[] = [];

  constructor(network: TestNetwork) {
    this.#network = network;
  }

  /** Puts the stage between every user and the ledger. */
  async open(): Promise<void> {
    for (const { slug } of this.#network.organisations) for (const user of Object.keys(roleUsers)) this.#tap(await this.#network.as(slug as Slug, user as User));
  }

  /** A call of a right caller that is endorsed and tried by the wrong ones, and then not sent. */
  async tried(call: () => Promise<unknown>): Promise<void> {
    const turn = { endorsed: false };
    const answer = await this.#tries.run(turn, call).then(() => undefined, (reason: unknown) => reason);
    if (!turn.endorsed) throw answer instanceof Error ? answer : new Error('Nothing was proposed.');
  }

  #tap({ mspId, chaincode, session }: Dualchain): void {
    const { connection } = session;
    const real = { network: connection.network, gateway: connection.gateway };
    this.#real.set(session, real.network);
    connection.network = () => this.#tapNetwork(mspId, chaincode, real.network());
    connection.gateway = () => this.#tapGateway(real.gateway());
  }

  /** Whatever is proposed to the chaincode comes by here, whatever is asked does not. */
  #tapNetwork(mspId: string, chaincode: string, network: Network): Network {
    return instead(network, {
      getContract: (name: string) => {
        const contract = network.getContract(name);
        if (name !== chaincode) return contract;
        return instead(contract, {
          newProposal: (call: string, options: ProposalOptions = {}) => {
            const proposal = contract.newProposal(call, options);
            return instead(proposal, { endorse: async (how?: CallOptions) => this.#endorsed(mspId, call, options, await proposal.endorse(how)) });
          },
        });
      },
    });
  }

  /** The status of a transaction ends its sending. */
  #tapGateway(gateway: Gateway): Gateway {
    return instead(gateway, {
      newCommit: (bytes: Uint8Array) => {
        const commit = gateway.newCommit(bytes);
        return instead(commit, { getStatus: (how?: CallOptions) => commit.getStatus(how).finally(() => this.#leave(commit.getTransactionId())) });
      },
    });
  }

  async #endorsed(mspId: string, call: string, proposal: ProposalOptions, transaction: Transaction): Promise<Transaction> {
    const verb = allVerbs.get(call)!;
    const endorsed = transaction.getBytes();
    await new Promise<void>((done, failed) => {
      this.#waiting.push({ rightful: { verb, mspId, call, proposal, endorsed }, done, failed });
      this.#pump();
    });
    const turn = this.#tries.getStore();
    if (turn !== undefined) {
      turn.endorsed = true;
      this.shown.push(...shownBy(endorsed));
      throw new OnlyTried('Only tried.');
    }
    const id = transaction.getTransactionId();
    this.#sending.add(id);
    this.played.add(call);
    this.sent.add(id);
    const submit = (how?: CallOptions) =>
      transaction.submit(how).catch((error: unknown) => {
        this.#leave(id);
        throw error;
      });
    return instead(transaction, { submit });
  }

  #leave(id: string): void {
    this.#sending.delete(id);
    this.#pump();
  }

  /** Once nothing is being sent, all that wait have their turn at once. */
  #pump(): void {
    if (this.#busy || this.#sending.size > 0 || this.#waiting.length === 0) return;
    const turn = this.#waiting;
    this.#waiting = [];
    this.#busy = true;
    void this.#phase(turn.map(({ rightful }) => rightful))
      .then(
        (reasons) => turn.forEach(({ done, failed }, index) => (reasons[index] === undefined ? done() : failed(reasons[index]))),
        (reason: unknown) => turn.forEach(({ failed }) => failed(reason)),
      )
      .finally(() => {
        // Those that were let go first count as sending before others have their turn.
        setImmediate(() => {
          this.#busy = false;
          this.#pump();
        });
      });
  }

  /** All wrong callers of these transactions; answers for each what the tables cannot explain of it. */
  async #phase(rightful: readonly Rightful[]): Promise<unknown[]> {
    await this.#catchUp();
    const reasons: unknown[] = [];
    const trials = rightful.flatMap((each, index) => {
      try {
        return this.#trialsOf(each);
      } catch (reason) {
        reasons[index] = reason;
        return [];
      }
    });
    if (trials.length > 0) {
      const before = await this.#standing();
      await inTurns(trials, 8, ({ one, objects, wrong }) => this.#attempt(one, objects, wrong));
      if ((await this.#standing()) !== before) this.written.push(rightful.map(({ call, mspId }) => `${call} of ${mspId}`).join(', '));
    }
    return reasons;
  }

  #trialsOf(one: Rightful): { readonly one: Rightful; readonly objects: string; readonly wrong: WrongCaller }[] {
    const { verb, mspId, endorsed } = one;
    const reached = reachedBy(verb.name, endorsed, this.#network.network.topology.chaincode.name, this.#state);
    for (const { table, rows, from } of reached) for (const row of rows) this.transitions.add(nameOfTransition(table, row, from));
    const objects = [...new Set(reached.map(({ table, from }: Reached) => `${table.object} ${from ?? 'new'}`))].sort().join(', ');
    const wrong = wrongCallers({ verb, caller: mspId, reached, state: this.#state, organisations: this.#network.organisations.map((organisation) => organisation.mspId) });
    return wrong.flatMap((each) => {
      const cell = `${verb.name} ${objects} ${each.mspId} ${each.user} ${each.code}`;
      if (this.#tried.has(cell)) return [];
      this.#tried.add(cell);
      return [{ one, objects, wrong: each }];
    });
  }

  /** The same proposal by somebody else: the SDK, which would not even send it, is left out. */
  async #attempt({ verb, call, proposal }: Rightful, objects: string, wrong: WrongCaller): Promise<void> {
    const slug = this.#network.organisations.find(({ mspId }) => mspId === wrong.mspId)!.slug as Slug;
    const { session, chaincode } = await this.#network.as(slug, wrong.user as User);
    const network = this.#real.get(session)!();
    // Each of the organisations that must endorse is asked in turn: one that refuses is enough.
    const endorsers = proposal.endorsingOrganizations ?? [];
    const asked = endorsers[this.cells.length % endorsers.length] ?? wrong.mspId;
    const cell = { ...wrong, asked, verb: call, objects };
    try {
      await network.getContract(chaincode).newProposal(call, { ...proposal, endorsingOrganizations: [asked] }).endorse();
      this.cells.push({ ...cell, said: [], message: 'it was endorsed' });
    } catch (cause) {
      const { list } = answersOf(cause);
      const error = errorFromGateway(cause, { verb: verb.name, phase: 'endorse' });
      this.shown.push({ where: `refusal of ${call} to ${wrong.mspId}`, bytes: `${error.message} ${JSON.stringify(error.details)}` });
      this.cells.push({ ...cell, said: list.length === 0 ? [error.code] : [...new Set(list.map(({ code, kind }) => code ?? kind))], message: error.message });
    }
  }

  /** All peers have the same blocks, and the stage knows what they say. */
  async #catchUp(): Promise<void> {
    await this.#network.inStep();
    const [mspId, chaincode] = [this.#network.mspId('regulator'), this.#network.network.topology.chaincode.name];
    const blocks = await this.#network.blocks('regulator');
    for (const block of blocks.slice(this.#read)) {
      for (const transaction of block.transactions) {
        const step = readStep({ mspId, chaincode }, block, transaction, this.#state);
        if (step !== undefined) this.#state.apply(step);
      }
    }
    this.#read = blocks.length;
  }

  /** Height of every peer, and its state hash where the engine tells it. */
  async #standing(): Promise<string> {
    const { network, organisations } = this.#network;
    if (network instanceof EmbeddedNetwork) return JSON.stringify(organisations.map(({ mspId }) => [network.ledger(mspId).height, network.ledger(mspId).stateHash()]));
    return JSON.stringify(await Promise.all(organisations.map(({ slug }) => this.#network.height(slug as Slug))));
  }
}

/** Runs a task for each item, so many at a time. */
async function inTurns<Item>(items: readonly Item[], atOnce: number, task: (item: Item) => Promise<void>): Promise<void> {
  const open = [...items];
  const worker = async () => {
    for (let item = open.shift(); item !== undefined; item = open.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** An object of the gateway with some of its methods replaced. */
function instead<Whole extends object>(whole: Whole, methods: Partial<Whole>): Whole {
  return new Proxy(whole, {
    get: (target, name) => {
      const value: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
