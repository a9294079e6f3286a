/**
 * The one catalogue of errors (design: conventions, "Code"). Every error that crosses a package boundary is a
 * {@link DualchainError} with a code from here; its message names the thing and the way out and carries nothing sealed.
 */

/** What a code means. `exit` is the exit status of command lines; `retryable` says whether the same call may succeed later. */
export interface ErrorEntry {
  readonly exit: number;
  readonly retryable: boolean;
  /** One sentence for the catalogue in the documents. */
  readonly meaning: string;
}

const entry = (exit: number, meaning: string, retryable = false): ErrorEntry => ({ exit, retryable, meaning });

export const errorCatalogue = {
  // Input
  INVALID_INPUT: entry(2, 'The input does not have the required shape; the details name path and rule.'),
  INVALID_EPCIS: entry(2, 'An EPCIS document or event breaks a rule; the details name event, path and rule.'),
  INVALID_PROFILE: entry(2, 'The connection profile or a file it names is missing or malformed.'),
  // Who may
  NOT_A_MEMBER: entry(3, 'The organisation is not an active member of the consortium.'),
  WRONG_ROLE: entry(3, 'The organisation or the user lacks the role that this verb needs.'),
  NOT_A_PARTY: entry(3, 'The organisation is not the party that may do this.'),
  SAME_IDENTITY: entry(3, 'Maker and checker must be two different identities.'),
  WRONG_PEER: entry(3, "Sealed records are readable only at the organisation's own peer."),
  // What is there
  NOT_FOUND: entry(4, 'There is no such object.'),
  ALREADY_EXISTS: entry(4, 'The id is taken by an object with other content.'),
  ALREADY_BOOTSTRAPPED: entry(4, 'The consortium was founded already; members change by vote.'),
  WRONG_STATE: entry(4, 'The object is not in a state that allows this.'),
  HOLDING_NOT_FREE: entry(4, 'The holding is locked, spent or redeemed.'),
  CERTIFICATE_NOT_ACTIVE: entry(4, 'The certificate is not active.'),
  INVOICE_ALREADY_ACCEPTED: entry(4, 'The invoice was accepted before.'),
  INVOICE_ALREADY_USED: entry(4, 'The invoice backs another certificate already.'),
  DUPLICATE_INVOICE: entry(4, 'An invoice with the same fingerprint is live.'),
  NEAR_DUPLICATE: entry(4, 'An invoice looks like a live one; the checker of the obligor must override with a reason.'),
  PAYMENT_REFERENCE_USED: entry(4, 'The payment reference was used before.'),
  // Rules
  AMOUNT_TOO_SMALL: entry(4, 'The amount is below one minor unit or below the smallest that the rule allows.'),
  AMOUNT_MISMATCH: entry(4, 'Amounts do not add up to the minor unit.'),
  QUANTITY_EXCEEDED: entry(4, 'More than ordered, shipped or available.'),
  TENOR_EXCEEDED: entry(4, 'The due date is past, or later than the tenor limit of the consortium.'),
  EXPIRED: entry(4, 'The offer, quote or order has expired.'),
  NOT_YET: entry(4, 'The time for this has not come.', true),
  VOTES_MISSING: entry(4, 'Fewer members voted for the motion than the channel policy asks.', true),
  EVIDENCE_MISSING: entry(4, 'The goods event or witness that the policy requires is missing.'),
  RECALLED: entry(4, 'A lot behind this object is under recall.'),
  FROZEN: entry(4, 'An order of the authority freezes the certificate or the holding: nothing of it changes hands before the order ends.'),
  DISPUTED: entry(4, 'The certificate is disputed: it takes no new finance until the dispute ends.'),
  CREDIT_LINE_EXCEEDED: entry(4, 'The credit line has no room for this.'),
  HELD: entry(4, 'The goods of a receipt are worth nothing now: recall, expiry, a breach or a custody gap; the details name the causes.'),
  PLEDGED: entry(4, 'The goods are under a live warehouse receipt or pledge; have them released and delivered first.'),
  COLLATERAL_INSUFFICIENT: entry(4, 'The eligible value of the goods does not cover what is owed.'),
  TRADE_REFERENCE_REQUIRED: entry(4, 'A transfer needs an order or invoice between giver and receiver.'),
  TOO_LARGE: entry(4, 'The input is beyond the bounds of one transaction; split it.'),
  TIER_EXCEEDED: entry(4, 'The claim has changed hands as often as the consortium allows.'),
  NO_RECOURSE: entry(4, 'No recourse: the holding was financed without it, the link belongs to another, or the days for it are over.'),
  // Truth of sealed records
  OPENING_REQUIRED: entry(5, 'A sealed record that the rule needs was not opened to the endorsers.'),
  NOT_GENUINE: entry(5, 'A sealed record does not hash to what stands in the collections of the organisations that must hold it.'),
  // The way through Fabric
  STALE_ENDORSERS: entry(6, 'Organisations answered from different heights and did not catch up in time.', true),
  ENDORSEMENT_MISMATCH: entry(6, 'Organisations computed different results; one of them may run altered or outdated chaincode.'),
  ENDORSEMENT_FAILED: entry(6, 'An organisation whose endorsement is required refused or failed.'),
  ENDORSEMENT_POLICY_FAILURE: entry(6, 'The transaction lacks the endorsement of an organisation that must agree; it was recorded as invalid.'),
  READ_CONFLICT: entry(6, 'Another transaction changed what this one had read.', true),
  INVALID_TRANSACTION: entry(6, 'The transaction was recorded as invalid.'),
  UNAVAILABLE: entry(7, 'A peer, an orderer or the network is not reachable.', true),
  TIMEOUT: entry(7, 'A deadline passed; the outcome was looked up by transaction id where one existed.', true),
  OUTCOME_UNKNOWN: entry(7, 'The connection broke after sending and the outcome could not be looked up; ask again by transaction id.', true),
  ABORTED: entry(7, 'The caller aborted the call.'),
  INTERNAL: entry(1, 'An unexpected failure; please report it.'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

export interface DualchainErrorOptions {
  readonly details?: Record<string, unknown>;
  readonly transactionId?: string;
  readonly cause?: unknown;
}

/** The only error class that crosses package boundaries. */
export class DualchainError extends Error {
  override readonly name = 'DualchainError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly transactionId: string | undefined;

  constructor(code: ErrorCode, message: string, options: DualchainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    this.transactionId = options.transactionId;
  }

  /** Whether the same call may succeed later without a change of input. */
  get retryable(): boolean {
    return errorCatalogue[this.code].retryable;
  }

  /** Exit status for command lines. */
  get exitCode(): number {
    return errorCatalogue[this.code].exit;
  }

  toJSON(): Record<string, unknown> {
    return { code: this.code, message: this.message, retryable: this.retryable, transactionId: this.transactionId, details: this.details };
  }
}

const WIRE_MARK = '{"dualchain":';

/** Error line as chaincode sends it: one JSON object behind a mark, found again by {@link errorFromWire}. */
export function errorToWire(error: DualchainError): string {
  return JSON.stringify({ dualchain: { code: error.code, message: error.message, details: error.details } });
}

/** Finds a chaincode error inside any text that Fabric wrapped around it; undefined if there is none. */
export function errorFromWire(text: string): DualchainError | undefined {
  const start = text.indexOf(WIRE_MARK);
  if (start < 0) return undefined;
  const end = text.lastIndexOf('}');
  try {
    const parsed: unknown = JSON.parse(text.slice(start, end + 1));
    if (!isWireError(parsed)) return undefined;
    return new DualchainError(parsed.dualchain.code, parsed.dualchain.message, { details: parsed.dualchain.details ?? {} });
  } catch {
    return undefined;
  }
}

function isWireError(value: unknown): value is { dualchain: { code: ErrorCode; message: string; details?: Record<string, unknown> } } {
  if (typeof value !== 'object' || value === null || !('dualchain' in value)) return false;
  const inner = value.dualchain;
  return typeof inner === 'object' && inner !== null && 'code' in inner && typeof inner.code === 'string' && inner.code in errorCatalogue && 'message' in inner && typeof inner.message === 'string';
}
