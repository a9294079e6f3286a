/** Characters by which a JSON text is cut without parsing it. */
export const OPEN_ARRAY = 0x5b;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_ARRAY = 0x5d;
export const CLOSE_OBJECT = 0x7d;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;

/** Characters of a field name that are looked at: more than a path shows, and than any name that is searched for has. */
export const MAX_NAME = 600;

/** The name that a JSON string says; of one that was cut off, or is none, as much as stands there. */
export function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1);
  }
}

/** Value of a JSON text. `refuse` is told why it is none, in printable ASCII. */
export function parseJsonText(text: string, refuse: (reason: string) => never): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return refuse(error instanceof Error ? error.message.slice(0, 200).replace(/[^\x20-\x7e]/g, '?') : 'unknown reason');
  }
}
