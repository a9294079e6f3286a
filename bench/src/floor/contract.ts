import { Contract } from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';

/**
 * The least that a transaction can be: one read, one write, no policy, nothing private. What a verb of Dualchain costs
 * more than this is Dualchain's own. Only the bench build of the chaincode has it.
 */
export class FloorContract extends Contract {
  constructor() {
    super('floor');
  }

  /** Reads 1, writes 1. */
  async touch({ stub }: Context, key: string, value: string): Promise<string> {
    const before = await stub.getState(key);
    await stub.putState(key, Buffer.from(value));
    return String(before.length);
  }
}
