const decimal = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?$/;

/** Exponents beyond this are left alone: no text may grow without bound. */
const MAX_EXPONENT = 100;

/**
 * Decimal number as shortest plain text: no sign "+", no leading or trailing zeros, no exponent; computed on digits,
 * never as floating point. Undefined if the text is no decimal number.
 */
export function plainDecimal(text: string): string | undefined {
  const match = decimal.exec(text);
  if (match === null) return undefined;
  const whole = match[2] ?? '';
  const fraction = match[3] ?? '';
  if (whole === '' && fraction === '') return undefined;
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const left = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const right = (point < 0 ? '0'.repeat(-point) : '') + digits.slice(Math.max(point, 0));
  const number = (left.replace(/^0+/, '') || '0') + (right.replace(/0+$/, '') === '' ? '' : `.${right.replace(/0+$/, '')}`);
  return match[1] === '-' && number !== '0' ? `-${number}` : number;
}

/** A JSON number as exact plain decimal text: the shortest text that reads back as this number. */
export function numberText(value: number): string {
  return plainDecimal(String(value)) ?? String(value);
}
