import { standardPrefixes } from '../context';
import { frameNamespace } from './fields';
import { XSI } from './tree';

/**
 * The XML namespace of the CBV master data attributes is written without the colon at its end; the standard JSON-LD
 * context has it, so both forms of an event give the same names and the same hash.
 */
const MASTER_DATA = 'urn:epcglobal:cbv:mda';

/** The namespace of an XML name as a JSON-LD context declares it. */
export const contextNamespace = (uri: string): string => (uri === MASTER_DATA ? `${MASTER_DATA}:` : uri);

/** The namespace of a JSON-LD name as XML declares it. */
export const xmlNamespace = (uri: string): string => (uri === `${MASTER_DATA}:` ? MASTER_DATA : uri);

/** A name that JSON-LD takes as prefix here: no scheme of a URI, none of our own words. */
const usable = /^(?!(?:urn|https?|geo|ni)$)[A-Za-z_][A-Za-z0-9._-]*$/;

/** Whether declarations of this namespace are left out of contexts. */
export const ownNamespace = (uri: string): boolean => uri === '' || uri === XSI || uri === 'http://www.w3.org/2001/XMLSchema' || frameNamespace(uri);

/**
 * Prefixes of one scope: those of the document, or those that one event adds to it. A name keeps the prefix that it was
 * written with where this means the same in the whole scope; else a new one is made.
 */
export class Prefixes {
  private readonly byPrefix = new Map<string, string>();
  private readonly byNamespace = new Map<string, string>();

  constructor(private readonly outer?: Prefixes) {}

  /** Takes a declaration over; the innermost wins, as in JSON-LD. */
  declare(prefix: string, uri: string): void {
    if (ownNamespace(uri) || !usable.test(prefix)) return;
    const namespace = contextNamespace(uri);
    if (this.namespaceOf(prefix) !== namespace) this.bind(prefix, namespace);
  }

  /** The prefix for a namespace, declared anew if there is none. */
  prefixFor(uri: string, written: string): string {
    const namespace = contextNamespace(uri);
    if (written !== '' && this.namespaceOf(written) === namespace) return written;
    const present = this.byNamespace.get(namespace) ?? this.outer?.byNamespace.get(namespace);
    if (present !== undefined && this.namespaceOf(present) === namespace) return present;
    let prefix = written;
    for (let i = 1; !usable.test(prefix) || this.namespaceOf(prefix) !== undefined; i += 1) prefix = `ns${i}`;
    this.bind(prefix, namespace);
    return prefix;
  }

  /** The declarations of this scope alone. */
  declarations(): Readonly<Record<string, string>> | undefined {
    return this.byPrefix.size === 0 ? undefined : Object.fromEntries(this.byPrefix);
  }

  private bind(prefix: string, namespace: string): void {
    this.byPrefix.set(prefix, namespace);
    this.byNamespace.set(namespace, prefix);
  }

  private namespaceOf(prefix: string): string | undefined {
    const standard = Object.hasOwn(standardPrefixes, prefix) ? standardPrefixes[prefix] : undefined;
    return this.byPrefix.get(prefix) ?? (this.outer === undefined ? standard : this.outer.namespaceOf(prefix));
  }
}
