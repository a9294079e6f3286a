import { dividingVerbs } from './dividing';
import { financingVerbs } from './financing';
import { issuingVerbs } from './issuing';
import { readingVerbs } from './reading';
import { settlingVerbs } from './settling';
import { transferringVerbs } from './transferring';

export * from './dividing';
export * from './financing';
export * from './issuing';

/** Certificates, holdings, quotes, settlement (finance.md). */
export const certificateVerbs = { ...issuingVerbs, ...dividingVerbs, ...transferringVerbs, ...financingVerbs, ...settlingVerbs, ...readingVerbs } as const;
