import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

type CryptoKey = webcrypto.CryptoKey;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Extension in which Fabric CA keeps attributes of an identity. */
export const ATTRIBUTES_OID = '1.2.3.4.5.6.7.8.1';
const YEARS = 10;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

x509.cryptoProvider.set({ subtle: lowSubtle(webcrypto.subtle), getRandomValues: webcrypto.getRandomValues.bind(webcrypto), randomUUID: webcrypto.randomUUID.bind(webcrypto) });

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What a certificate says of its subject. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly organisation: string;
  /** NodeOU: client, peer, admin or orderer. */
  readonly unit?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** For TLS: names and addresses; makes the certificate usable for server and client authentication. */
  readonly hosts?: readonly string[];
}

/** A certificate authority that lives in this process (one for signing and one for TLS in each organisation). */
export class CertificateAuthority {
  private constructor(
    readonly pair: KeyPair,
    private readonly certificate: x509.X509Certificate,
    private readonly key: CryptoKey,
  ) {}

  static async create(commonName: string, organisation: string): Promise<CertificateAuthority> {
    const keys = await generateKeys();
    const subject = name(commonName, organisation);
    const subjectKey = await x509.SubjectKeyIdentifierExtension.create(keys.publicKey);
    const certificate = await x509.X509CertificateGenerator.create({
        ...validity(),
        serialNumber: serial(),
        subject,
        issuer: subject,
        publicKey: keys.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment | x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth, x509.ExtendedKeyUsage.serverAuth]),
          new x509.BasicConstraintsExtension(true, undefined, true),
          subjectKey,
        ],
      });
    return new CertificateAuthority({ certificate: pem(certificate), privateKey: await privatePem(keys.privateKey) }, certificate, keys.privateKey);
  }

  async issue(request: CertificateRequest): Promise<KeyPair> {
    const keys = await generateKeys();
    const extensions: x509.Extension[] = [
      new x509.KeyUsagesExtension(request.hosts === undefined ? x509.KeyUsageFlags.digitalSignature : x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.BasicConstraintsExtension(false, undefined, true),
      await x509.AuthorityKeyIdentifierExtension.create(this.certificate.publicKey),
    ];
    if (request.hosts !== undefined) {
      extensions.push(
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
        new x509.SubjectAlternativeNameExtension(request.hosts.map((host) => ({ type: /^[0-9.]+$/.test(host) ? 'ip' : 'dns', value: host }))),
      );
    }
    if (request.attributes !== undefined) {
      extensions.push(new x509.Extension(ATTRIBUTES_OID, false, new TextEncoder().encode(JSON.stringify({ attrs: request.attributes }))));
    }
    const certificate = await x509.X509CertificateGenerator.create({
        ...validity(),
        serialNumber: serial(),
        subject: name(request.commonName, request.organisation, request.unit),
        issuer: this.certificate.subject,
        publicKey: keys.publicKey,
        signingKey: this.key,
        signingAlgorithm: algorithm,
        extensions,
      });
    return { certificate: pem(certificate), privateKey: await privatePem(keys.privateKey) };
  }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

function name(commonName: string, organisation: string, unit?: string): x509.JsonName {
  return [{ C: ['CN'] }, { ST: ['Chongqing'] }, { O: [organisation] }, ...(unit === undefined ? [] : [{ OU: [unit] }]), { CN: [commonName] }];
}

function serial(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return bytes.toString('hex');
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - 5 * 60_000), notAfter: new Date(now + YEARS * 365 * 86_400_000) };
}

/**
 * Fabric normalises certificate signatures to low S when it builds an identity, so a certificate must carry one from
 * the start or its bytes would differ between places. Wraps the signing primitive that the library calls.
 */
function lowSubtle(subtle: webcrypto.SubtleCrypto): webcrypto.SubtleCrypto {
  return new Proxy(subtle, {
    get(target, property) {
      if (property === 'sign') {
        return async (...args: Parameters<webcrypto.SubtleCrypto['sign']>) => {
          const signature = Buffer.from(await target.sign(...args));
          const s = BigInt(`0x${signature.subarray(32).toString('hex')}`);
          if (s > ORDER / 2n) signature.write((ORDER - s).toString(16).padStart(64, '0'), 32, 'hex');
          return new Uint8Array(signature).buffer;
        };
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function pem(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

async function privatePem(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}
