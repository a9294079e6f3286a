import { DualchainError, toHex } from '@dualchain/model/disclosure';
import { SerializedIdentity } from '@hyperledger/fabric-protos/lib/msp/identities_pb';
import { reasonOf } from '../../errors/system';
import type { Signed } from '../../evidence/block';
import { Certificate } from './certificate';
import type { TrustedOrganisation, TrustedRoots } from './roots';

/** In what capacity somebody signed: any user of a member, a member's peer, an orderer. */
export type Capacity = 'member' | 'peer' | 'orderer';

export interface Signer {
  readonly mspId: string;
  /** Common name of the certificate. */
  readonly name: string;
}

interface Authority {
  readonly certificates: readonly Certificate[];
  readonly unit: string | undefined;
}

/** Tells whose signature something carries, by the certificate authorities that the verifier trusts. */
export class TrustedIdentities {
  readonly #members: ReadonlyMap<string, Authority>;
  readonly #orderers: ReadonlyMap<string, Authority>;
  readonly #read = new Map<string, { readonly mspId: string; readonly certificate: Certificate } | string>();
  readonly #issued = new Map<Certificate, boolean>();

  /** Throws INVALID_INPUT where one of the certificates is none, or of no authority. */
  constructor({ members, orderers }: TrustedRoots) {
    this.#members = authorities(members);
    this.#orderers = authorities(orderers);
  }

  get knowsOrderers(): boolean {
    return this.#orderers.size > 0;
  }

  /** Who signed the message at that time; a text that says why it is nobody to be trusted. */
  signerOf({ identity, message, signature }: Signed, capacity: Capacity, at: Date): Signer | string {
    const read = this.#identity(identity, capacity === 'orderer');
    if (typeof read === 'string') return read;
    const { mspId, certificate } = read;
    const authority = (capacity === 'orderer' ? this.#orderers : this.#members).get(mspId);
    const who = `"${certificate.commonName}" of ${mspId}`;
    if (authority === undefined) return `${mspId} is not among the ${capacity === 'orderer' ? 'ordering organisations' : 'members'} that you trust`;
    if (certificate.isAuthority || !this.#isIssued(certificate, authority)) return `the certificate of ${who} was not issued by an authority that you trust for ${mspId}`;
    if (at < certificate.notBefore || at > certificate.notAfter) return `the certificate of ${who} is not valid at ${at.toISOString()}`;
    if (capacity !== 'member' && authority.unit !== undefined && !certificate.units.includes(authority.unit)) return `${who} is no ${capacity}: its certificate does not name the unit "${authority.unit}"`;
    return certificate.signed(message, signature) ? { mspId, name: certificate.commonName } : `the signature of ${who} does not fit`;
  }

  /** Each certificate is read for one organisation, and apart as a member's and as an orderer's, so it is always asked of the same authority. */
  #isIssued(certificate: Certificate, { certificates }: Authority): boolean {
    const known = this.#issued.get(certificate) ?? certificates.some((root) => root.issued(certificate));
    this.#issued.set(certificate, known);
    return known;
  }

  #identity(bytes: Uint8Array, orders: boolean): { readonly mspId: string; readonly certificate: Certificate } | string {
    const key = `${orders ? 'orderer' : 'member'} ${toHex(bytes)}`;
    let read = this.#read.get(key);
    if (read === undefined) {
      read = readIdentity(bytes);
      this.#read.set(key, read);
    }
    return read;
  }
}

function readIdentity(bytes: Uint8Array): { readonly mspId: string; readonly certificate: Certificate } | string {
  try {
    const identity = SerializedIdentity.deserializeBinary(bytes);
    return { mspId: identity.getMspid(), certificate: new Certificate(new TextDecoder('utf-8', { fatal: true }).decode(identity.getIdBytes_asU8())) };
  } catch (error) {
    return `a signer's identity cannot be read (${reasonOf(error)})`;
  }
}

function authorities(organisations: Readonly<Record<string, TrustedOrganisation>>): ReadonlyMap<string, Authority> {
  return new Map(
    Object.entries(organisations).map(([mspId, { certificates, unit }]) => [
      mspId,
      {
        unit,
        certificates: certificates.map((pem) => {
          const certificate = readRoot(pem, mspId);
          if (!certificate.isAuthority) throw new DualchainError('INVALID_INPUT', `The certificate "${certificate.commonName}" given for ${mspId} is of no certificate authority; give the root of its MSP.`, { details: { mspId } });
          return certificate;
        }),
      },
    ]),
  );
}

function readRoot(pem: string, mspId: string): Certificate {
  try {
    return new Certificate(pem);
  } catch (cause) {
    throw new DualchainError('INVALID_INPUT', `A certificate given for ${mspId} cannot be read: ${reasonOf(cause)}.`, { details: { mspId }, cause });
  }
}
