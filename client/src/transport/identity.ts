import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DualchainError } from '@dualchain/model';
import type { Hash, Identity, Signer } from '@hyperledger/fabric-gateway';
import { hash } from '@hyperledger/fabric-gateway';
import { messageSigner } from './message-signer';
import type { Profile } from './profile';

/** A certificate, with its private key unless a signer function is given. */
export interface UserCredentials {
  readonly mspId?: string;
  /** PEM. */
  readonly certificate: string | Uint8Array;
  /** PEM (PKCS #8). Leave out where `signer` signs. */
  readonly privateKey?: string | Uint8Array;
}

/** Who signs, and what is handed to the signer: the whole message, or its SHA-256 digest. */
export interface SigningIdentity {
  readonly identity: Identity;
  readonly signer: Signer;
  readonly hash: Hash;
}

/**
 * Identity and signer of a user: by name (the profile's `cryptoPath`), by MSP folder, or as given credentials.
 * `signer` replaces the private key (HSM, remote). Throws INVALID_PROFILE.
 */
export function loadUser(profile: Pick<Profile, 'mspId' | 'userFolder'>, user: string | UserCredentials, signer?: Signer): SigningIdentity {
  const { mspId = profile.mspId, certificate, privateKey } = typeof user === 'string' ? readMspFolder(folderOf(profile, user), signer === undefined) : user;
  const identity: Identity = { mspId, credentials: typeof certificate === 'string' ? Buffer.from(certificate) : certificate };
  if (signer !== undefined) return { identity, signer, hash: hash.sha256 };
  if (privateKey === undefined) throw new DualchainError('INVALID_PROFILE', 'There is no private key: give one, or a signer function.', { details: { mspId } });
  try {
    return { identity, signer: messageSigner(createPrivateKey(Buffer.from(privateKey))), hash: hash.none };
  } catch (cause) {
    throw new DualchainError('INVALID_PROFILE', 'The private key is not a PEM that can sign; give an ECDSA P-256 key in PKCS #8.', { details: { mspId }, cause });
  }
}

function folderOf(profile: Pick<Profile, 'mspId' | 'userFolder'>, user: string): string {
  if (user.includes('/') || user.includes('\\')) return user;
  const folder = profile.userFolder(user);
  if (folder === undefined) throw new DualchainError('INVALID_PROFILE', `The profile of ${profile.mspId} names no cryptoPath, so the user "${user}" cannot be found by name; give the MSP folder.`, { details: { user } });
  return folder;
}

function readMspFolder(folder: string, withKey: boolean): UserCredentials {
  const certificate = onlyFile(path.join(folder, 'signcerts'), folder);
  if (!withKey) return { certificate };
  return { certificate, privateKey: onlyFile(path.join(folder, 'keystore'), folder) };
}

function onlyFile(folder: string, msp: string): Buffer {
  try {
    const [name] = readdirSync(folder).sort();
    if (name !== undefined) return readFileSync(path.join(folder, name));
  } catch {
    // told below with the way out
  }
  throw new DualchainError('INVALID_PROFILE', `There is no file in ${folder}: the MSP folder ${msp} must hold signcerts/ and keystore/. Is the user name right?`, { details: { folder } });
}
