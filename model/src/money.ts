import { DualchainError } from './errors';

/** Minor-unit exponents of the currencies we know (ISO 4217). */
const exponents: Readonly<Record<string, number>> = { CNY: 2, EUR: 2, USD: 2, HKD: 2, SGD: 2, GBP: 2, CHF: 2, JPY: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, TND: 3 };

export const currencies: readonly string[] = Object.keys(exponents);

/** Largest amount that a certificate may carry, in minor units. */
export const MAX_AMOUNT = 10n ** 15n;

/** Parses a string of minor units ("100000000"). Throws INVALID_INPUT. */
export function parseMinorUnits(text: string): bigint {
  if (!/^(0|[1-9][0-9]{0,17})$/.test(text)) throw new DualchainError('INVALID_INPUT', `"${text.slice(0, 40)}" is not an amount in minor units: write digits only, such as "100000" for 1,000.00.`);
  return BigInt(text);
}

/** Parses an amount in major units ("1000.00") exactly. Throws INVALID_INPUT. */
export function parseAmount(text: string, currency: string): bigint {
  const exponent = exponentOf(currency);
  const match = /^([0-9]{1,15})(?:\.([0-9]+))?$/.exec(text.replaceAll(',', ''));
  if (match === null || (match[2] ?? '').length > exponent) throw new DualchainError('INVALID_INPUT', `"${text.slice(0, 40)}" is not an amount of ${currency}: write it with at most ${exponent} decimals.`);
  return BigInt((match[1] ?? '0') + (match[2] ?? '').padEnd(exponent, '0'));
}

/** Human form with thousands separators: formatAmount(100000000n, 'CNY') → "CNY 1,000,000.00". */
export function formatAmount(minorUnits: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const negative = minorUnits < 0n;
  const digits = (negative ? -minorUnits : minorUnits).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${currency} ${negative ? '-' : ''}${whole}${fraction}`;
}

function exponentOf(currency: string): number {
  const exponent = exponents[currency];
  if (exponent === undefined) throw new DualchainError('INVALID_INPUT', `Unknown currency ${currency}: use one of ${currencies.join(', ')}.`);
  return exponent;
}
