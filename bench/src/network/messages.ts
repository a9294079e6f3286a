/** Engines that a bench can run on. */
export const engineNames = ['embedded', 'fabric'] as const;
export type EngineName = (typeof engineNames)[number];

/** What the process that hosts a network needs. */
export interface HostOrder {
  readonly engine: EngineName;
  /** consortium.yaml */
  readonly topology: string;
  /** Keys, profiles and, on real Fabric, ledgers. */
  readonly directory: string;
  /** Bundle that every organisation runs. */
  readonly chaincode: string;
}

/** One process of the network. */
export interface NetworkProcess {
  readonly name: string;
  readonly pid: number;
}

/** A network that is up and deployed. */
export interface HostedNetwork {
  readonly channel: string;
  readonly chaincode: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly organisations: readonly { readonly slug: string; readonly mspId: string; readonly name: string; readonly gln: string; readonly roles: readonly string[]; readonly profile: string }[];
  readonly processes: readonly NetworkProcess[];
}

export type HostMessage = { readonly ready: HostedNetwork } | { readonly failed: string };
