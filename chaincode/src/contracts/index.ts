import { AttestationContract } from './attestation';
import { CertificateContract } from './certificate';
import { CollateralContract } from './collateral';
import { ConsortiumContract } from './consortium';
import { TraceContract } from './trace';
import { TradeContract } from './trade';

/** Every contract of the chaincode. */
export const contracts = [ConsortiumContract, AttestationContract, TradeContract, CertificateContract, CollateralContract, TraceContract] as const;

export { AttestationContract, CertificateContract, CollateralContract, ConsortiumContract, TraceContract, TradeContract };
