import { creditingVerbs } from './crediting';
import { disputingVerbs } from './disputing';
import { dividingVerbs } from './dividing';
import { financingVerbs } from './financing';
import { freezingVerbs } from './freezing';
import { issuingVerbs } from './issuing';
import { readingVerbs } from './reading';
import { settlingVerbs } from './settling';
import { transferringVerbs } from './transferring';

export * from './crediting';
export * from './disputing';
export * from './dividing';
export * from './financing';
export * from './issuing';

/** Certificates, holdings, quotes, settlement (finance.md). */
export const certificateVerbs = { ...issuingVerbs, ...dividingVerbs, ...transferringVerbs, ...financingVerbs, ...settlingVerbs, ...freezingVerbs, ...disputingVerbs, ...creditingVerbs, ...readingVerbs } as const;
