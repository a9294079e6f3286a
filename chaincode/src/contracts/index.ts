import { AttestationContract } from './attestation';
import { ConsortiumContract } from './consortium';
import { TradeContract } from './trade';

/** Every contract of the chaincode. */
export const contracts = [ConsortiumContract, AttestationContract, TradeContract] as const;

export { AttestationContract, ConsortiumContract, TradeContract };
