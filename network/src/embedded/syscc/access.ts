import type { msp } from '@hyperledger/fabric-protos';
import type { ChannelBundle, Identity, SignedData } from '../interfaces';
import { PolicyError, rolePrincipal } from '../policy';

/** A caller who may not use a resource; the text is Fabric's. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
}

/** Resources that concern the peer, not a channel: its own organisation's admins, or members, may use them. */
const local: Readonly<Record<string, 'Admins' | 'Members'>> = {
  '_lifecycle/InstallChaincode': 'Admins',
  '_lifecycle/QueryInstalledChaincode': 'Admins',
  '_lifecycle/QueryInstalledChaincodes': 'Admins',
  '_lifecycle/GetInstalledChaincodePackage': 'Admins',
  '_lifecycle/ApproveChaincodeDefinitionForMyOrg': 'Admins',
  '_lifecycle/QueryApprovedChaincodeDefinition': 'Admins',
  '_lifecycle/QueryApprovedChaincodeDefinitions': 'Admins',
  'cscc/GetChannels': 'Members',
};

/** Throws AccessError unless the signer satisfies the channel policy of the resource. */
export function requireAccess(bundle: ChannelBundle, resource: string, signed: SignedData): void {
  const path = bundle.acl(resource);
  if (path === undefined) throw new AccessError(`Unmapped policy for ${resource}`);
  try {
    bundle.policies.evaluate(path, [signed]);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new AccessError(`Failed evaluating policy on signed data during check policy on channel [${bundle.channelId}] with policy [${path}]: [${error.message}]`, { cause: error });
  }
}

/** The same for functions of system chaincodes, some of which only the peer's own organisation may use. */
export function requireSystemAccess(bundle: ChannelBundle, resource: string, signed: SignedData, creator: Identity, mspId: string): void {
  const policy = local[resource];
  if (policy === undefined) return requireAccess(bundle, resource, signed);
  const refuse = (reason: string) => new AccessError(`Failed verifying that proposal's creator satisfies local MSP principal during channelless check policy with policy [${policy}]: [${reason}]`);
  if (creator.mspId !== mspId) throw refuse(`the identity is a member of a different MSP (expected ${mspId}, got ${creator.mspId})`);
  const principal: msp.MSPPrincipal = rolePrincipal(`${mspId}.${policy === 'Admins' ? 'admin' : 'member'}`);
  if (!creator.satisfies(principal)) throw refuse(policy === 'Admins' ? `The identity is not an admin under this MSP [${mspId}]: The identity does not contain OU [ADMIN], MSP: [${mspId}]` : `The identity is not a member of this MSP [${mspId}]`);
}
