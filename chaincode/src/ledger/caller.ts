import { sha256Hex } from '@dualchain/model';
import type { Context } from 'fabric-contract-api';

/** Who acts, taken from the caller's certificate and from nothing else. */
export interface Caller {
  readonly mspId: string;
  /** SHA-256 (hex) of the DER certificate: tells one person of an organisation from another. */
  readonly fingerprint: string;
  /** Values of the certificate's attribute `dualchain.roles`. */
  readonly users: readonly string[];
}

export function callerOf({ clientIdentity }: Pick<Context, 'clientIdentity'>): Caller {
  const pem = Buffer.from(clientIdentity.getIDBytes()).toString('latin1');
  const der = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
  const attribute = clientIdentity.getAttributeValue('dualchain.roles') ?? '';
  return { mspId: clientIdentity.getMSPID(), fingerprint: sha256Hex(der), users: attribute.split(/[\s,;]+/).filter((value) => value !== '') };
}
