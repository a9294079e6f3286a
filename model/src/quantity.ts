import { DualchainError } from './errors';

/** Quantities are decimal strings, computed as integers of a millionth of the unit; never as floating point. */
const SCALE = 6;

const pattern = /^(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/;

/** "12.5" → 12500000n. Throws INVALID_INPUT. */
export function parseQuantity(text: string): bigint {
  if (!pattern.test(text)) throw new DualchainError('INVALID_INPUT', `"${text.slice(0, 40)}" is not a quantity: write a decimal number such as "12.5", at most six decimals.`);
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(SCALE, '0'));
}

/** 12500000n → "12.5". */
export function formatQuantity(scaled: bigint): string {
  const digits = scaled.toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return digits.slice(0, -SCALE) + (fraction === '' ? '' : `.${fraction}`);
}

export const quantityPattern = pattern;

/**
 * Amount in minor units of a quantity at a unit price (minor units a unit). The product must be whole:
 * invoices are exact to the minor unit. Throws AMOUNT_MISMATCH.
 */
export function priceOf(quantity: string, unitPrice: bigint): bigint {
  const product = parseQuantity(quantity) * unitPrice;
  const unit = 10n ** BigInt(SCALE);
  if (product % unit !== 0n) throw new DualchainError('AMOUNT_MISMATCH', 'Quantity times unit price is not a whole number of minor units; change the quantity or the price so that it is.');
  return product / unit;
}
