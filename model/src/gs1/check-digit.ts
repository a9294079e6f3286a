import { DualchainError } from '../errors';

/**
 * GS1 check digit of a string of digits that does not yet hold one (General Specifications, "Standard check digit
 * calculations": weights 3 and 1 from the right). Throws INVALID_INPUT unless the text is digits only.
 */
export function checkDigit(digits: string): string {
  if (!/^[0-9]+$/.test(digits)) throw new DualchainError('INVALID_INPUT', `"${digits.slice(0, 40)}" is not a string of digits, so it has no check digit.`);
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of those before it. */
export function hasCheckDigit(digits: string): boolean {
  return /^[0-9]{2,}$/.test(digits) && checkDigit(digits.slice(0, -1)) === digits.slice(-1);
}
