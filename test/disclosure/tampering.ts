/** Something in a JSON value that is no object or array, and how to put another in its place. */
export interface Leaf {
  readonly path: string;
  readonly value: string | number | boolean | null;
  /** A copy of the whole with another value there. */
  replace(other: unknown): unknown;
}

/** Everything in a JSON value that can be changed by itself. */
export function leavesOf(whole: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null) for (const [key, part] of Object.entries(value)) walk(part, [...path, key]);
    else leaves.push({ path: path.join('.'), value: value as Leaf['value'], replace: (other) => replaced(whole, path, other) });
  };
  walk(whole, []);
  return leaves;
}

function replaced(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) return value.map((part: unknown, index) => (String(index) === key ? replaced(part, rest, other) : part));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, other) };
}

/** Another value of the same kind: of base64 and hex, other bytes; `at` says where. */
export function altered(value: Leaf['value'], at: number): unknown {
  if (typeof value === 'number') return value + 1 + (at % 3);
  if (typeof value !== 'string') return value === null ? false : !value;
  if (/^[0-9a-f]{64}$/.test(value)) return flipped(value, 'hex', at);
  if (value.length >= 8 && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value)) return flipped(value, 'base64', at);
  return `${value.slice(0, at % (value.length + 1))}1${value.slice(at % (value.length + 1))}`;
}

function flipped(text: string, encoding: 'hex' | 'base64', at: number): string {
  const bytes = Buffer.from(text, encoding);
  const position = at % bytes.length;
  bytes[position] = bytes[position]! ^ (1 << (at % 8));
  return bytes.toString(encoding);
}
