import { anchorKey, canonicalBytes, canonicalJson, implicitCollection, sha256Hex } from '@dualchain/model';
import type { ChaincodeStub } from 'fabric-shim-api';
import type { Bulk } from './bulk';
import { nameOf } from './keys';
import type { ObjectType } from './keys';

/**
 * Anchors (design, principle 4): the author of a public fact keeps its hash in its own implicit collection, which only
 * its own peers can write. Altered chaincode elsewhere therefore cannot speak in its name. An anchor has no salt: the
 * fact is public, and everyone must be able to compute what its anchor hashes to.
 */
export class Anchors {
  readonly #stub: ChaincodeStub;
  readonly #bulk: Bulk;

  constructor(stub: ChaincodeStub, bulk: Bulk) {
    this.#stub = stub;
    this.#bulk = bulk;
  }

  /** Writes the anchor of a fact for its author, whose endorsement the transaction needs from then on. */
  async put(type: ObjectType, attributes: readonly string[], fact: unknown, author: string): Promise<void> {
    await this.#bulk.putPrivate(implicitCollection(author), anchorKey(type, attributes), anchorBytes(type, attributes, fact));
  }

  /** Whether the author itself stands behind exactly this fact. One hash read. */
  async stands(type: ObjectType, attributes: readonly string[], fact: unknown, author: string): Promise<boolean> {
    const hash = await this.#stub.getPrivateDataHash(implicitCollection(author), anchorKey(type, attributes));
    return Buffer.from(hash).toString('hex') === sha256Hex(anchorBytes(type, attributes, fact));
  }
}

function anchorBytes(type: ObjectType, attributes: readonly string[], fact: unknown): Uint8Array {
  return canonicalBytes({ key: nameOf(type, attributes), hash: sha256Hex(canonicalJson(fact)) });
}
