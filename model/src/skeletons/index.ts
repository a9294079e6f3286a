/**
 * Public skeletons: what every member of the channel sees of an object (design, principle 3): ids, states, owners,
 * links and times. Never an amount, a price, a quantity or an invoice number. Times are ISO 8601 in UTC.
 */
export * from './certificate';
export * from './collateral';
export * from './consortium';
export * from './holding';
export * from './protection';
export * from './trace';
export * from './trade';
