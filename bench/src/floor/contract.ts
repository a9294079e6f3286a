import { anyTwoOf, encodePolicy } from '@dualchain/chaincode';
import { Contract } from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';

/**
 * What Fabric itself takes for a transaction, with no rules in it: what a verb of Dualchain costs more is Dualchain's
 * own. Only the bench build of the chaincode has it.
 */
export class FloorContract extends Contract {
  constructor() {
    super('floor');
  }

  /** The least that a transaction can be: reads 1, writes 1, no policy, nothing private. */
  async touch({ stub }: Context, key: string, value: string): Promise<string> {
    const before = await stub.getState(key);
    await stub.putState(key, Buffer.from(value));
    return String(before.length);
  }

  /** The least that a question can be: reads 1. */
  async look({ stub }: Context, key: string): Promise<string> {
    return String((await stub.getState(key)).length);
  }

  /**
   * The same reads and writes as accepting a transfer: of public state 4 reads and one object with its policy, of
   * private hashes 4 reads, and a record into the collection of each of the two parties, from the transient map.
   */
  async pass({ stub }: Context, key: string, value: string, from: string, to: string, authority: string): Promise<string> {
    const record = stub.getTransient().get('record') ?? new Uint8Array();
    let seen = 0;
    for (const name of [key, 'floor-member', 'floor-policy', 'floor-certificate']) seen += (await stub.getState(name)).length;
    for (const [mspId, name] of [[authority, `${key}-freeze`], [authority, 'floor-freeze'], [from, key], [to, key]] as const) seen += (await stub.getPrivateDataHash(collectionOf(mspId), name)).length;
    for (const mspId of [from, to]) await stub.putPrivateData(collectionOf(mspId), key, record);
    await stub.putState(key, Buffer.from(value));
    await stub.setStateValidationParameter(key, encodePolicy(anyTwoOf([[from], [to], [authority]])));
    return String(seen);
  }
}

/** Stands outside of the class, whose methods would be functions of the contract. */
function collectionOf(mspId: string): string {
  return `_implicit_org_${mspId}`;
}
