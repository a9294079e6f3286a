import { adviseId, hasCheckDigit } from '../gs1';
import { isObject, own } from './context';
import { memberPath } from './guard';
import { parseTime } from './time';
import type { EpcisProblem, JsonObject, ValidateOptions } from './types';
import { xmlPathOf } from './xml/path';

/** No more warnings of one event are told than this. */
const MAX_WARNINGS = 100;

type Advice = { readonly rule: string; readonly message: string };
type Report = (path: string, advice: Advice) => void;

/**
 * What is odd in an accepted event but kept: an SSCC that lost its leading zeros, a wrong GLN inside a transaction id, a
 * part of a piece, statistics of a sensor that contradict each other. Never a reason to lose an event.
 */
export function eventWarnings(event: unknown, options: Pick<ValidateOptions, 'index' | 'path' | 'moved'> = {}): EpcisProblem[] {
  const warnings: EpcisProblem[] = [];
  const { index = 0, path = '$', moved } = options;
  const xml = path.startsWith('/');
  const report: Report = (at, advice) => {
    warnings.push({ event: index, path: xml ? xmlPathOf(path, at, moved) : at, ...advice });
  };
  visit(event, xml ? '$' : path, 0, report);
  return warnings.slice(0, MAX_WARNINGS);
}

function visit(value: unknown, path: string, depth: number, report: Report): void {
  if (depth > 6) return;
  if (typeof value === 'string') {
    const advice = adviseId(value) ?? adviseTransaction(value);
    if (advice !== undefined) report(path, advice);
  } else if (Array.isArray(value)) value.forEach((item, i) => visit(item, `${path}[${i}]`, depth + 1, report));
  else if (isObject(value)) {
    adviseQuantity(value, path, report);
    adviseSensor(value, path, report);
    for (const [name, item] of Object.entries(value)) visit(item, memberPath(path, name), depth + 1, report);
  }
}

/** The GLN inside urn:epcglobal:cbv:bt:GLN:number (CBV 2.0); published examples get it wrong, so it is advice only. */
function adviseTransaction(value: string): Advice | undefined {
  const match = /^urn:epcglobal:cbv:bt:([0-9]+):./.exec(value);
  if (match === null || (match[1]?.length === 13 && hasCheckDigit(match[1]))) return undefined;
  return { rule: 'gs1.check-digit', message: `"${match[1]?.slice(0, 20)}" in this transaction id is not a GLN of 13 digits with a right check digit.` };
}

/** Units of UN/ECE Recommendation 20 that count pieces. */
const pieces = new Set(['C62', 'EA', 'H87', 'NAR', 'NMP', 'PF', 'XPP']);

function adviseQuantity(element: JsonObject, path: string, report: Report): void {
  const quantity = own(element, 'quantity');
  const uom = own(element, 'uom');
  if (own(element, 'epcClass') === undefined || typeof quantity !== 'number' || Number.isInteger(quantity)) return;
  if (typeof uom === 'string' && pieces.has(uom)) report(`${path}.quantity`, { rule: 'epcis.uom', message: `The unit ${uom} counts pieces, yet the quantity ${quantity} is no whole number.` });
}

function adviseSensor(value: JsonObject, path: string, report: Report): void {
  const number = (name: string): number | undefined => {
    const found = own(value, name);
    return typeof found === 'number' ? found : undefined;
  };
  const [least, mean, most] = [number('minValue'), number('meanValue'), number('maxValue')];
  const ascending = [least, mean, most].filter((each) => each !== undefined);
  const odd = (name: string, message: string): void => report(`${path}.${name}`, { rule: 'epcis.sensor-range', message });
  if (ascending.some((each, i) => i > 0 && each < (ascending[i - 1] ?? each))) odd(mean === undefined ? 'minValue' : 'meanValue', 'The least, the mean and the greatest value of this report are not in that order.');
  if ((number('sDev') ?? 0) < 0) odd('sDev', 'A standard deviation cannot be negative.');
  const rank = number('percRank');
  if (rank !== undefined && (rank < 0 || rank > 100)) odd('percRank', 'A percentile rank lies between 0 and 100.');
  const [start, end] = ['startTime', 'endTime'].map((name) => own(value, name)).map((time) => (typeof time === 'string' ? parseTime(time) : undefined));
  if (start !== undefined && end !== undefined && start > end) odd('startTime', 'The readings end before they begin.');
}
