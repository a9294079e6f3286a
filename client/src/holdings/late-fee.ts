import type { CertificateSkeleton } from '@dualchain/model';
import { lateFeeOf } from '@dualchain/model';

/** Late fee on an amount in minor units, if it is paid now; zero for what is no amount, which the schema refuses. */
export function lateFeeNow(certificate: CertificateSkeleton, amount: unknown): bigint {
  const units = typeof amount === 'bigint' ? amount : typeof amount === 'string' && /^[0-9]{1,18}$/.test(amount) ? BigInt(amount) : 0n;
  return lateFeeOf(certificate, units, new Date().toISOString());
}
