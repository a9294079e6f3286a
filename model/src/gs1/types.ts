/** What a GS1 key identifies: a class of objects, one batch of a class, or one thing, place or party. */
export type KeyLevel = 'class' | 'lot' | 'instance';

/** Names of the GS1 keys as EPC URIs spell them; `gtin`, `gcn` and the like are the class forms of serialised keys. */
export type KeyName =
  | 'gtin' | 'lgtin' | 'sgtin' | 'upui' | 'itip' | 'sscc' | 'sgln' | 'pgln' | 'grai' | 'giai'
  | 'gsrn' | 'gsrnp' | 'gdti' | 'sgcn' | 'gcn' | 'ginc' | 'gsin' | 'cpi';

/** A GS1 key in its one canonical form (traceability.md, "Identifiers are compared in one canonical form"). */
export interface Gs1Key {
  readonly name: KeyName;
  readonly level: KeyLevel;
  /** Application identifier of the primary key, e.g. "01". */
  readonly ai: string;
  /** Value of the primary key with its check digit, decoded, e.g. "04012345999990". */
  readonly value: string;
  /** Finest qualifier: serial (21), lot (10), TPX (235), GLN extension (254), CPI serial (8011). */
  readonly qualifier?: { readonly ai: string; readonly value: string };
  /** Canonical Digital Link, e.g. "https://id.gs1.org/01/04012345999990/21/XYZ-1234". */
  readonly canonical: string;
}

/** Why an identifier is refused. `rule` is a stable code such as "gs1.check-digit"; `message` says what to do. */
export interface IdProblem {
  readonly rule: string;
  readonly message: string;
}
