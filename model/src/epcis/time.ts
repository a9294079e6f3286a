const timestamp = /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,20}))?([Zz]|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])$/;

/**
 * Milliseconds since 1970 of an ISO 8601 time with offset, the third decimal rounded up if the fourth is 5 to 9
 * (CBV 2.0 event hash, timestamps). Undefined unless it is a real point in time with an offset of at most 14:00.
 */
export function parseTime(text: string): number | undefined {
  const match = timestamp.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const fraction = match[7] ?? '';
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  // A leap second (RFC 3339) counts as the second after it; it comes at the last minute of a UTC hour in every offset of whole hours and half hours.
  if (hour > 23 || minute > 59 || second > 60 || (second === 60 && minute % 15 !== 14)) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0')) + (/^[0-9]{3}[5-9]/.test(fraction) ? 1 : 0);
  date.setUTCHours(hour, minute, second, milliseconds);
  const zone = (match[8] ?? 'Z').toUpperCase();
  if (zone === 'Z') return date.getTime();
  const offset = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  if (offset > 14 * 60) return undefined;
  return date.getTime() - (zone.startsWith('-') ? -offset : offset) * 60_000;
}

/** The same point in time in UTC with three decimals: "2020-03-04T10:00:30.000Z". Undefined as for parseTime. */
export function utcTime(text: string): string | undefined {
  const time = parseTime(text);
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** eventTimeZoneOffset: "+01:00" … "-14:00" (EPCIS 2.0). */
export const zoneOffset = /^[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)$/;
