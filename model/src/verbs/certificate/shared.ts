import { z } from 'zod';
import { id } from '../../schemas';

/** The contract that all verbs of this folder belong to. */
export const certificate = { contract: 'certificate' } as const;
/** Input of a verb that needs to know the holding alone. */
export const holdingOnly = z.strictObject({ holdingId: id });
/** Input of a verb that needs to know the certificate alone. */
export const certificateOnly = z.strictObject({ certificateId: id });
