import { createHash, verify as verifySignature, X509Certificate } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import type { Identity, MspManager } from '../interfaces';
import { equalBytes, fromUtf8, hex } from '../protos';
import { hasLowS } from './low-s';

/** An identity that the MSP does not accept; the text follows Fabric's. */
export class MspError extends Error {
  override readonly name = 'MspError';
}

type NodeUnit = 'client' | 'peer' | 'admin' | 'orderer';
const CACHE_SIZE = 2000;

interface Organisation {
  readonly roots: readonly X509Certificate[];
  readonly units: Readonly<Record<NodeUnit, string>>;
}

/** MSPs of a channel, from the MSPConfig messages of its configuration. */
export function createMspManager(configs: readonly msp.FabricMSPConfig[]): MspManager {
  const organisations = new Map(configs.map((config) => [config.getName(), organisationOf(config)]));
  const identities = new Map<string, Identity | MspError>();

  return {
    mspIds: [...organisations.keys()],
    deserialize(serialized) {
      const key = hex(serialized);
      let known = identities.get(key);
      if (known === undefined) {
        known = build(serialized);
        if (identities.size >= CACHE_SIZE) identities.clear();
        identities.set(key, known);
      }
      if (known instanceof MspError) throw known;
      return known;
    },
  };

  function build(serialized: Uint8Array): Identity | MspError {
    let parsed: msp.SerializedIdentity;
    try {
      parsed = msp.SerializedIdentity.deserializeBinary(serialized);
    } catch {
      return new MspError('could not deserialize a SerializedIdentity');
    }
    const organisation = organisations.get(parsed.getMspid());
    if (organisation === undefined) return new MspError(`MSP ${parsed.getMspid()} is unknown`);
    try {
      return identityOf(organisation, parsed.getMspid(), fromUtf8(parsed.getIdBytes_asU8()), serialized);
    } catch (error) {
      return error instanceof MspError ? error : new MspError(`could not parse certificate: ${String(error)}`);
    }
  }
}

function organisationOf(config: msp.FabricMSPConfig): Organisation {
  const units = config.getFabricNodeOus();
  const unit = (identifier: msp.FabricOUIdentifier | undefined, name: NodeUnit) => identifier?.getOrganizationalUnitIdentifier() || name;
  return {
    roots: config.getRootCertsList_asU8().map((pem) => new X509Certificate(pem)),
    units: {
      client: unit(units?.getClientOuIdentifier(), 'client'),
      peer: unit(units?.getPeerOuIdentifier(), 'peer'),
      admin: unit(units?.getAdminOuIdentifier(), 'admin'),
      orderer: unit(units?.getOrdererOuIdentifier(), 'orderer'),
    },
  };
}

function identityOf(organisation: Organisation, mspId: string, pem: string, serialized: Uint8Array): Identity {
  const certificate = new X509Certificate(pem);
  if (certificate.ca) throw new MspError('the supplied identity is a CA certificate');
  const issuer = organisation.roots.find((root) => certificate.checkIssued(root) && certificate.verify(root.publicKey));
  if (issuer === undefined) throw new MspError('the supplied identity is not valid: x509: certificate signed by unknown authority');
  const units = unitsOf(certificate);
  const roles = (Object.keys(organisation.units) as NodeUnit[]).filter((role) => units.includes(organisation.units[role]));
  const [role, ...others] = roles;
  if (role === undefined || others.length > 0) throw new MspError(`the identity must be a client, a peer, an orderer or an admin identity to be valid, not a combination of them. OUs: [${units.join(' ')}], MSP: [${mspId}]`);
  const key = certificate.publicKey;
  const verified = new Map<string, boolean>();

  const identity: Identity = {
    mspId,
    pem,
    serialized,
    expiresAt: new Date(certificate.validTo),
    verify(message, signature) {
      // Every peer of this process verifies the same signatures; the verdict is a pure function of the inputs.
      const digest = createHash('sha256').update(message).digest('base64') + Buffer.from(signature).toString('base64');
      let verdict = verified.get(digest);
      if (verdict === undefined) {
        verdict = hasLowS(signature) && verifySignature('sha256', message, key, signature);
        if (verified.size >= CACHE_SIZE) verified.clear();
        verified.set(digest, verdict);
      }
      return verdict;
    },
    satisfies: (principal) => satisfies(principal),
  };
  return identity;

  function satisfies(principal: msp.MSPPrincipal): boolean {
    const Classification = msp.MSPPrincipal.Classification;
    const bytes = principal.getPrincipal_asU8();
    switch (principal.getPrincipalClassification()) {
      case Classification.ROLE: {
        const wanted = msp.MSPRole.deserializeBinary(bytes);
        if (wanted.getMspIdentifier() !== mspId) return false;
        const Role = msp.MSPRole.MSPRoleType;
        const byRole: Readonly<Record<number, NodeUnit>> = { [Role.ADMIN]: 'admin', [Role.CLIENT]: 'client', [Role.PEER]: 'peer', [Role.ORDERER]: 'orderer' };
        return wanted.getRole() === Role.MEMBER || byRole[wanted.getRole()] === role;
      }
      case Classification.ORGANIZATION_UNIT: {
        const unit = msp.OrganizationUnit.deserializeBinary(bytes);
        return unit.getMspIdentifier() === mspId && units.includes(unit.getOrganizationalUnitIdentifier());
      }
      case Classification.IDENTITY:
        return equalBytes(bytes, serialized);
      case Classification.COMBINED:
        return msp.CombinedPrincipal.deserializeBinary(bytes).getPrincipalsList().every(satisfies);
      default:
        return false;
    }
  }
}

function unitsOf(certificate: X509Certificate): string[] {
  return certificate.subject
    .split('\n')
    .filter((part) => part.startsWith('OU='))
    .map((part) => part.slice(3));
}
