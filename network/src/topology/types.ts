/** The network as `consortium.yaml` describes it (design: network.md, "One description"). */
export interface Topology {
  readonly name: string;
  readonly channel: ChannelSpec;
  readonly chaincode: ChaincodeSpec;
  readonly ordererOrganisation: OrdererOrganisation;
  readonly organisations: readonly Organisation[];
}

export interface ChannelSpec {
  readonly name: string;
  readonly batch: { readonly maxMessageCount: number; readonly timeoutMs: number; readonly preferredMaxBytes: number; readonly absoluteMaxBytes: number };
}

export interface ChaincodeSpec {
  readonly name: string;
  readonly label: string;
  readonly version: string;
  readonly sequence: number;
  /** Signature policy in Fabric's notation; `members` stands for the peers of all organisations. */
  readonly endorsementPolicy: string;
}

export interface OrdererOrganisation {
  readonly mspId: string;
  readonly name: string;
  readonly domain: string;
  readonly orderers: readonly OrdererNode[];
}

export interface OrdererNode {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly operationsPort: number;
}

export interface Organisation {
  readonly slug: string;
  readonly mspId: string;
  readonly name: string;
  readonly domain: string;
  readonly gln: string;
  readonly roles: readonly OrganisationRole[];
  readonly peers: readonly PeerNode[];
  readonly users: readonly UserSpec[];
}

export interface PeerNode {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Where this peer's chaincode-as-a-service listens. */
  readonly chaincodePort: number;
  readonly operationsPort: number;
}

export interface UserSpec {
  readonly name: string;
  readonly admin: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

export const organisationRoles = ['obligor', 'supplier', 'carrier', 'warehouse', 'inspector', 'financier', 'settler', 'authority', 'operator'] as const;
export type OrganisationRole = (typeof organisationRoles)[number];
