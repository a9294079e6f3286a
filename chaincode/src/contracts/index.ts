import { AttestationContract } from './attestation';
import { CertificateContract } from './certificate';
import { ConsortiumContract } from './consortium';
import { TraceContract } from './trace';
import { TradeContract } from './trade';

/** Every contract of the chaincode. */
export const contracts = [ConsortiumContract, AttestationContract, TradeContract, CertificateContract, TraceContract] as const;

export { AttestationContract, CertificateContract, ConsortiumContract, TraceContract, TradeContract };
