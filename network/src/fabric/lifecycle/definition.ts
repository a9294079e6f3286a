import { peer } from '@hyperledger/fabric-protos';
import { expandMembers, parsePolicy } from '../../embedded/policy';
import type { ChaincodeSpec, Topology } from '../../topology/types';

const LIFECYCLE = '_lifecycle';

/** What is approved and committed, with the sequence it gets. */
export interface Definition {
  readonly chaincode: ChaincodeSpec;
  readonly sequence: number;
  /** Serialized peer.ApplicationPolicy. */
  readonly policy: Uint8Array;
}

export function policyOf(topology: Topology): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setSignaturePolicy(
    parsePolicy(
      expandMembers(
        topology.chaincode.endorsementPolicy,
        topology.organisations.map((organisation) => organisation.mspId),
      ),
    ),
  );
  return policy.serializeBinary();
}

/** Calls of Fabric's `_lifecycle` system chaincode as invocations. */
export const lifecycle = {
  install(bytes: Uint8Array) {
    const args = new peer.lifecycle.InstallChaincodeArgs();
    args.setChaincodeInstallPackage(bytes);
    return call('', 'InstallChaincode', args);
  },

  queryInstalled() {
    return call('', 'QueryInstalledChaincodes', new peer.lifecycle.QueryInstalledChaincodesArgs());
  },

  queryDefinition(channel: string, name: string) {
    const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
    args.setName(name);
    return call(channel, 'QueryChaincodeDefinition', args);
  },

  queryApproved(channel: string, name: string, sequence: number) {
    const args = new peer.lifecycle.QueryApprovedChaincodeDefinitionArgs();
    args.setName(name);
    args.setSequence(sequence);
    return call(channel, 'QueryApprovedChaincodeDefinition', args);
  },

  approve(channel: string, { chaincode, sequence, policy }: Definition, packageId: string) {
    const local = new peer.lifecycle.ChaincodeSource.Local();
    local.setPackageId(packageId);
    const source = new peer.lifecycle.ChaincodeSource();
    source.setLocalPackage(local);
    const args = new peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
    args.setName(chaincode.name);
    args.setVersion(chaincode.version);
    args.setSequence(sequence);
    args.setValidationParameter(policy);
    args.setSource(source);
    return call(channel, 'ApproveChaincodeDefinitionForMyOrg', args);
  },

  checkCommitReadiness(channel: string, { chaincode, sequence, policy }: Definition) {
    const args = new peer.lifecycle.CheckCommitReadinessArgs();
    args.setName(chaincode.name);
    args.setVersion(chaincode.version);
    args.setSequence(sequence);
    args.setValidationParameter(policy);
    return call(channel, 'CheckCommitReadiness', args);
  },

  commit(channel: string, { chaincode, sequence, policy }: Definition) {
    const args = new peer.lifecycle.CommitChaincodeDefinitionArgs();
    args.setName(chaincode.name);
    args.setVersion(chaincode.version);
    args.setSequence(sequence);
    args.setValidationParameter(policy);
    return call(channel, 'CommitChaincodeDefinition', args);
  },
} as const;

function call(channel: string, name: string, args: { serializeBinary(): Uint8Array }) {
  return { channel, chaincode: LIFECYCLE, args: [name, args.serializeBinary()] };
}
