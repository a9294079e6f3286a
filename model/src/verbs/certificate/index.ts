import { creditingVerbs } from './crediting';
import { disputingVerbs } from './disputing';
import { dividingVerbs } from './dividing';
import { earlySettlingVerbs } from './early-settling';
import { financingVerbs } from './financing';
import { freezingVerbs } from './freezing';
import { issuingVerbs } from './issuing';
import { claimPledgingVerbs } from './pledging';
import { provingVerbs } from './proving';
import { nettingVerbs } from './netting';
import { readingVerbs } from './reading';
import { replacingVerbs } from './replacing';
import { recoveringVerbs } from './recovering';
import { settlingVerbs } from './settling';
import { transferringVerbs } from './transferring';

export * from './crediting';
export * from './disputing';
export * from './dividing';
export * from './early-settling';
export * from './financing';
export * from './issuing';
export * from './pledging';
export * from './proving';

/** Certificates, holdings, quotes, settlement (finance.md). */
export const certificateVerbs = { ...issuingVerbs, ...dividingVerbs, ...transferringVerbs, ...financingVerbs, ...claimPledgingVerbs, ...recoveringVerbs, ...provingVerbs, ...settlingVerbs, ...earlySettlingVerbs, ...nettingVerbs, ...replacingVerbs, ...freezingVerbs, ...disputingVerbs, ...creditingVerbs, ...readingVerbs } as const;
