import type { peer } from '@hyperledger/fabric-protos';
import { equalBytes, hex } from '../protos';
import type { Detail } from './errors';
import type { GatewayPeer } from './options';

/** A combination of endorsers: how many of each group. */
export interface Combination {
  readonly required: ReadonlyMap<string, number>;
}

interface OpenCombination {
  readonly required: Map<string, number>;
  readonly endorsements: peer.Endorsement[];
}

/**
 * Collects endorsements until one combination is complete (wire notes 1.4, steps 6 to 8). A group whose peers have all
 * failed takes every combination that needs it along. The first payload is the reference for all others.
 */
export class EndorsementCollection {
  readonly details: Detail[] = [];
  #combinations: (OpenCombination | undefined)[];
  readonly #groups: Map<string, GatewayPeer[]>;
  readonly #groupOf = new Map<GatewayPeer, string>();
  #next = 0;
  #payload: Uint8Array | undefined;
  #complete: OpenCombination | undefined;

  constructor(combinations: readonly Combination[], groups: ReadonlyMap<string, readonly GatewayPeer[]>) {
    this.#combinations = combinations.map(({ required }) => ({ required: new Map(required), endorsements: [] }));
    this.#groups = new Map([...groups].map(([group, peers]) => [group, [...peers]]));
    for (const [group, peers] of groups) for (const each of peers) this.#groupOf.set(each, group);
  }

  /** The result, once a combination is complete. */
  get complete(): { payload: Uint8Array; endorsements: readonly peer.Endorsement[] } | undefined {
    if (this.#complete === undefined || this.#payload === undefined) return undefined;
    const unique = new Map(this.#complete.endorsements.map((endorsement) => [hex(endorsement.getEndorser_asU8()), endorsement]));
    return { payload: this.#payload, endorsements: [...unique.values()] };
  }

  /** Whom to ask for the next combination that is still possible; undefined if none is. */
  next(): GatewayPeer[] | undefined {
    for (; this.#next < this.#combinations.length; this.#next += 1) {
      const combination = this.#combinations[this.#next];
      if (combination === undefined) continue;
      const wanted = [...combination.required];
      if (wanted.every(([group, count]) => (this.#groups.get(group)?.length ?? 0) >= count)) return wanted.flatMap(([group, count]) => this.#groups.get(group)?.splice(0, count) ?? []);
      this.#combinations[this.#next] = undefined;
    }
    return undefined;
  }

  /** Another peer of the same group, or the name of the group that has run out. */
  replace(failed: GatewayPeer): GatewayPeer | { exhausted: string } {
    const group = this.#groupOf.get(failed) ?? '';
    return this.#groups.get(group)?.shift() ?? { exhausted: group };
  }

  /** Gives up every combination that needs one of the groups, and goes on to the next. */
  abandon(groups: readonly string[]): void {
    this.#combinations = this.#combinations.map((combination, index) => (index >= this.#next && groups.some((group) => combination?.required.has(group)) ? undefined : combination));
    this.#next += 1;
  }

  /** Counts an endorsement; false if its payload is not the reference. */
  add(from: GatewayPeer, response: peer.ProposalResponse): boolean {
    const group = this.#groupOf.get(from);
    if (group !== undefined) this.#groups.set(group, (this.#groups.get(group) ?? []).filter((each) => each !== from));
    const payload = response.getPayload_asU8();
    this.#payload ??= payload;
    if (!equalBytes(this.#payload, payload)) {
      this.details.push({ address: from.address, mspId: from.mspId, message: 'ProposalResponsePayloads do not match' });
      return false;
    }
    const endorsement = response.getEndorsement();
    for (const combination of this.#combinations.slice(this.#next)) {
      const missing = group === undefined ? undefined : combination?.required.get(group);
      if (combination === undefined || missing === undefined || group === undefined) continue;
      if (endorsement !== undefined) combination.endorsements.push(endorsement);
      if (missing > 1) combination.required.set(group, missing - 1);
      else combination.required.delete(group);
      if (combination.required.size > 0) continue;
      this.#complete = combination;
      break;
    }
    return true;
  }
}
