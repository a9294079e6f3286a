import { InvalidArgumentError } from 'commander';

/** Reads an option that is a number from 1 on, of at most so many digits. */
export function wholeNumber(digits: number): (text: string) => number {
  return (text) => {
    if (!/^[1-9][0-9]*$/.test(text) || text.length > digits) throw new InvalidArgumentError('It must be a whole number, at least 1.');
    return Number(text);
  };
}
