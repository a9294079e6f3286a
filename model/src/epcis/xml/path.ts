import { unquoted } from '../json-text';
import { xmlFields } from './fields';

type Segment = string | number;

/** Segments of a JSON path as memberPath and the checkers write it: names and places in lists. */
function segments(path: string): Segment[] {
  const found: Segment[] = [];
  for (const [, name, quoted, place] of path.matchAll(/\.([A-Za-z_][A-Za-z0-9_]*)|\[("(?:[^"\\]|\\.)*")\]|\[([0-9]+)\]/g)) {
    if (name !== undefined) found.push(name);
    else if (quoted !== undefined) found.push(unquoted(quoted));
    else found.push(Number(place));
  }
  return found;
}

/** Where a value of an event stands in its input, JSON or XML. `eventPath` is that of the event in the input; `path` begins with "$", the event. */
export function pathInInput(eventPath: string, path: string, moved?: Readonly<Record<string, string>>): string {
  return eventPath.startsWith('/') ? xmlPathOf(eventPath, path, moved) : path.replace(/^\$/, () => eventPath);
}

/**
 * Where a value of a converted event stands in its XML document. `eventPath` is the path of the event element, `jsonPath`
 * begins with "$", the event. `moved` is what convertEvent told of wrappers and attributes.
 */
export function xmlPathOf(eventPath: string, jsonPath: string, moved: Readonly<Record<string, string>> = {}): string {
  const [name, ...rest] = segments(jsonPath);
  if (typeof name !== 'string' || name === '@context' || name === 'type') return eventPath;
  const place = Object.hasOwn(moved, name) ? moved[name] : undefined;
  // A QuantityEvent has its class and quantity itself.
  if (place === '.') return `${eventPath}${tail(rest.slice(1))}`;
  return `${eventPath}/${place ?? name}${below(name, rest)}`;
}

function below(field: string, rest: readonly Segment[]): string {
  const known = xmlFields.get(field);
  const [first, ...others] = rest;
  switch (known?.kind) {
    case 'list':
      return item(known.item, first) + tail(others);
    case 'quantities':
      return item('quantityElement', first) + tail(others);
    case 'typed':
      return item(known.item, first) + (others[0] === 'type' ? '/@type' : others[0] === known.item || others[0] === undefined ? '' : `/@${others[0]}`);
    case 'error':
      return first === 'correctiveEventIDs' ? `/${first}${item('correctiveEventID', others[0])}` : tail(rest);
    case 'sensors':
      return item('sensorElement', first) + sensor(others);
    default:
      return tail(rest);
  }
}

function sensor([part, ...rest]: readonly Segment[]): string {
  if (part === 'sensorReport') return `/sensorReport${typeof rest[0] === 'number' ? `[${rest[0] + 1}]` : ''}${attribute(rest.slice(1))}`;
  if (part === 'sensorMetadata') return `/sensorMetadata${attribute(rest)}`;
  return part === undefined ? '' : tail([part, ...rest]);
}

const attribute = ([name, ...rest]: readonly Segment[]): string => (name === undefined ? '' : `/@${name}${tail(rest)}`);

const item = (name: string, place: Segment | undefined): string => (typeof place === 'number' ? `/${name}[${place + 1}]` : place === undefined ? '' : `/${place}`);

/** Elements below, places counted from 1. */
const tail = (rest: readonly Segment[]): string => rest.map((segment) => (typeof segment === 'number' ? `[${segment + 1}]` : segment === '#text' ? '/text()' : `/${segment}`)).join('');
