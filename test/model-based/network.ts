import { AuditedNetwork } from '../support/audited-network';
import { policy } from './policy';

/** The embedded network that all sequences of a run share, each with ids of its own; every organisation audits its own ledger as it grows. */
export type ModelNetwork = AuditedNetwork;
export const ModelNetwork = {
  /** Starts, deploys this chaincode bundle and founds the consortium, with no days of grace and none to default. */
  start: (entry?: string): Promise<AuditedNetwork> => AuditedNetwork.start({ policy, ...(entry === undefined ? {} : { entry }) }),
};
