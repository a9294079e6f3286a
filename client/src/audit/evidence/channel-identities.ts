import { verify as verifySignature, X509Certificate } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { channelAuthorities } from '../../evidence/channel-authorities';

interface Authority {
  readonly certificates: readonly X509Certificate[];
  readonly orders: boolean;
}

/** The certificate authorities of a channel as its configuration names them; tells whose signature something carries. */
export class ChannelIdentities {
  readonly #authorities: ReadonlyMap<string, Authority>;
  readonly #known = new Map<string, { readonly mspId: string; readonly certificate: X509Certificate; readonly orders: boolean } | undefined>();

  private constructor(authorities: ReadonlyMap<string, Authority>) {
    this.#authorities = authorities;
  }

  /** From the envelope of a configuration block. Throws what is wrong with it. */
  static of(envelope: Uint8Array): ChannelIdentities {
    const authorities = new Map<string, Authority>();
    for (const { mspId, part, certificates } of channelAuthorities(envelope)) {
      const known = authorities.get(mspId);
      authorities.set(mspId, { certificates: [...(known?.certificates ?? []), ...certificates.map((pem) => new X509Certificate(pem))], orders: part === 'orderer' || known?.orders === true });
    }
    return new ChannelIdentities(authorities);
  }

  get mspIds(): readonly string[] {
    return [...this.#authorities].flatMap(([mspId, { orders }]) => (orders ? [] : [mspId]));
  }

  /** Whether an identity of the channel signed the message; `orders`: one of an ordering organisation. */
  verify(identity: Uint8Array, message: Uint8Array, signature: Uint8Array, { orders = false } = {}): boolean {
    const signer = this.#signer(identity);
    return signer !== undefined && (!orders || signer.orders) && verifySignature('sha256', message, signer.certificate.publicKey, signature);
  }

  #signer(identity: Uint8Array): { readonly mspId: string; readonly certificate: X509Certificate; readonly orders: boolean } | undefined {
    const key = Buffer.from(identity).toString('base64');
    if (this.#known.has(key)) return this.#known.get(key);
    const signer = this.#read(identity);
    this.#known.set(key, signer);
    return signer;
  }

  #read(identity: Uint8Array): { readonly mspId: string; readonly certificate: X509Certificate; readonly orders: boolean } | undefined {
    try {
      const serialized = msp.SerializedIdentity.deserializeBinary(identity);
      const mspId = serialized.getMspid();
      const authority = this.#authorities.get(mspId);
      const certificate = new X509Certificate(Buffer.from(serialized.getIdBytes_asU8()));
      const issued = authority?.certificates.some((issuer) => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)) === true;
      return issued && authority !== undefined && !certificate.ca ? { mspId, certificate, orders: authority.orders } : undefined;
    } catch {
      return undefined;
    }
  }
}
