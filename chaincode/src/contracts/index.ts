import { AttestationContract } from './attestation';
import { ConsortiumContract } from './consortium';
import { TraceContract } from './trace';
import { TradeContract } from './trade';

/** Every contract of the chaincode. */
export const contracts = [ConsortiumContract, AttestationContract, TradeContract, TraceContract] as const;

export { AttestationContract, ConsortiumContract, TraceContract, TradeContract };
