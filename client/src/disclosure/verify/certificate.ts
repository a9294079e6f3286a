import { digest, fromBase64, toHex } from '@dualchain/model/disclosure';
import { p256, p384 } from '@noble/curves/nist';
import { sha384 } from '@noble/hashes/sha2';
import { AsnConvert } from '@peculiar/asn1-schema';
import { BasicConstraints, Certificate as AsnCertificate, id_ce_basicConstraints } from '@peculiar/asn1-x509';
import type { Name } from '@peculiar/asn1-x509';
import { equalBytes } from '../../evidence/bytes';

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const COMMON_NAME = '2.5.4.3';
const UNIT = '2.5.4.11';

interface Curve {
  verify(signature: Uint8Array, digest: Uint8Array, publicKey: Uint8Array, options: { readonly prehash: false; readonly lowS: boolean; readonly format: 'der' }): boolean;
}
/** By the DER of the key's parameters (an object identifier). */
const curves: Readonly<Record<string, Curve>> = { '06082a8648ce3d030107': p256, '06052b81040022': p384 };
const hashes: Readonly<Record<string, (message: Uint8Array) => Uint8Array>> = { '1.2.840.10045.4.3.2': (message) => digest(message), '1.2.840.10045.4.3.3': (message) => sha384(message) };

/** An X.509 certificate with an ECDSA key on P-256 or P-384, as far as Fabric's identities need it. */
export class Certificate {
  readonly der: Uint8Array;
  readonly commonName: string;
  readonly units: readonly string[];
  readonly isAuthority: boolean;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly #parsed: AsnCertificate;
  readonly #curve: Curve;
  readonly #publicKey: Uint8Array;

  /** From PEM. Throws where it is none, or has a key of another kind. */
  constructor(pem: string) {
    const base64 = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)?.[1]?.replace(/\s/g, '');
    const der = base64 === undefined ? undefined : fromBase64(base64);
    if (der === undefined) throw new RangeError('no certificate in PEM');
    this.der = der;
    this.#parsed = AsnConvert.parse(der, AsnCertificate);
    const { subject, validity, subjectPublicKeyInfo, extensions } = this.#parsed.tbsCertificate;
    const parameters = toHex(new Uint8Array(subjectPublicKeyInfo.algorithm.parameters ?? new ArrayBuffer(0)));
    const curve = curves[parameters];
    if (subjectPublicKeyInfo.algorithm.algorithm !== EC_PUBLIC_KEY || curve === undefined) throw new RangeError('its key is not on P-256 or P-384');
    this.#curve = curve;
    this.#publicKey = new Uint8Array(subjectPublicKeyInfo.subjectPublicKey);
    this.commonName = valuesOf(subject, COMMON_NAME)[0] ?? '';
    this.units = valuesOf(subject, UNIT);
    this.notBefore = validity.notBefore.getTime();
    this.notAfter = validity.notAfter.getTime();
    const constraints = extensions?.find(({ extnID }) => extnID === id_ce_basicConstraints);
    this.isAuthority = constraints !== undefined && AsnConvert.parse(constraints.extnValue, BasicConstraints).cA;
  }

  /** Whether its key signed the message, as Fabric signs: ECDSA over SHA-256, DER, low s. */
  signed(message: Uint8Array, signature: Uint8Array): boolean {
    return this.#verify(digest(message), signature, true);
  }

  /** Whether this authority issued the other certificate. */
  issued(other: Certificate): boolean {
    const { tbsCertificateRaw, tbsCertificate, signatureAlgorithm, signatureValue } = other.#parsed;
    const hash = hashes[signatureAlgorithm.algorithm];
    if (!this.isAuthority || tbsCertificateRaw === undefined || hash === undefined || tbsCertificate.signature.algorithm !== signatureAlgorithm.algorithm) return false;
    if (!equalBytes(nameBytes(this.#parsed.tbsCertificate.subject), nameBytes(tbsCertificate.issuer))) return false;
    return this.#verify(hash(new Uint8Array(tbsCertificateRaw)), new Uint8Array(signatureValue), false);
  }

  #verify(hash: Uint8Array, signature: Uint8Array, lowS: boolean): boolean {
    try {
      return this.#curve.verify(signature, hash, this.#publicKey, { prehash: false, lowS, format: 'der' });
    } catch {
      return false;
    }
  }
}

function nameBytes(name: Name): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(name));
}

function valuesOf(name: Name, type: string): string[] {
  return [...name].flatMap((relative) => [...relative].flatMap((attribute) => (attribute.type === type ? [attribute.value.toString()] : [])));
}
