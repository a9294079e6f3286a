import { createPrivateKey, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { msp } from '@hyperledger/fabric-protos';
import { NetworkError } from '../../errors';
import type { SigningIdentity } from '../interfaces';
import { utf8 } from '../protos';
import { toLowS } from './low-s';

/** The identity in an MSP folder (signcerts, keystore). */
export function loadSigningIdentity(mspId: string, folder: string): SigningIdentity {
  const serialized = serializeIdentity(mspId, readOnly(path.join(folder, 'signcerts')));
  const key = createPrivateKey(readOnly(path.join(folder, 'keystore')));
  return { mspId, serialized, sign: (message) => toLowS(new Uint8Array(sign('sha256', message, key))) };
}

export function serializeIdentity(mspId: string, pem: string): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(utf8(pem));
  return identity.serializeBinary();
}

/** The text of the only file in a folder. */
export function readOnly(folder: string): string {
  const [file, ...others] = readdirSync(folder);
  if (file === undefined || others.length > 0) throw new NetworkError('PKI', `${folder} must hold exactly one file. Remove the network's folder and start again to make new certificates.`, { folder });
  return readFileSync(path.join(folder, file), 'utf8');
}
