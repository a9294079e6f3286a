import type { ObjectType } from '../ledger-keys';
import { keyTable } from '../ledger-keys';

/** Where on the channel something stands. */
export interface PublicName {
  readonly type: ObjectType;
  readonly attributes: readonly string[];
}

/** Kinds of sealed records whose root stands on a public object of another kind. */
const elsewhere: Readonly<Record<string, ObjectType>> = { claimLoan: 'loan', receiptTerms: 'receipt', stock: 'deposit', receiptLoan: 'receiptPledge' };

/** Kinds that share the name of a public object and have no root there: a goods receipt is no warehouse receipt. */
const rootless: readonly string[] = ['receipt'];

/**
 * The public object on which the Merkle root of a sealed record stands: as a rule the one with the same type and id,
 * where an id of several parts has a slash between them. Undefined for kinds whose root stands nowhere (drafts,
 * running totals): they cannot be shown to outsiders.
 */
export function standingPlace(type: string, id: string): PublicName | undefined {
  return rootless.includes(type) ? undefined : publicName(elsewhere[type] ?? type, id);
}

/** The public object of this type and id; undefined where there is no such type, or the id has another number of parts. */
export function publicName(type: string, id: string): PublicName | undefined {
  if (!isObjectType(type)) return undefined;
  const { length } = keyTable[type].attributes;
  const attributes = length === 1 ? [id] : id.split('/');
  return attributes.length === length && attributes.every((attribute) => attribute !== '') ? { type, attributes } : undefined;
}

/** The key in Fabric's state. */
export function publicKeyOf({ type, attributes }: PublicName): string {
  return `\u0000${[type, ...attributes].join('\u0000')}\u0000`;
}

function isObjectType(type: string): type is ObjectType {
  return Object.hasOwn(keyTable, type);
}
