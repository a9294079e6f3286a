import { verify as verifySignature, X509Certificate } from 'node:crypto';
import { common, msp } from '@hyperledger/fabric-protos';

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
    const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
    const root = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig()?.getChannelGroup();
    const authorities = new Map<string, Authority>();
    for (const [name, orders] of [['Application', false], ['Orderer', true]] as const) {
      for (const [, organisation] of root?.getGroupsMap().get(name)?.getGroupsMap().entries() ?? []) {
        const value = organisation.getValuesMap().get('MSP')?.getValue_asU8();
        if (value === undefined) continue;
        const config = msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8());
        const certificates = [...config.getRootCertsList_asU8(), ...config.getIntermediateCertsList_asU8()].map((pem) => new X509Certificate(pem));
        authorities.set(config.getName(), { certificates, orders: orders || authorities.get(config.getName())?.orders === true });
      }
    }
    if (authorities.size === 0) throw new RangeError('the configuration names no organisation');
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
