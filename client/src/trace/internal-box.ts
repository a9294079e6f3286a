import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { InternalEventRow, SealedRecord } from '@dualchain/model';
import { canonicalJson, DualchainError } from '@dualchain/model';
import type { Session } from '../session';

/** Key of the organisation for its internal events: 32 random bytes, or a function that fetches them (from a vault, say). Who loses it loses the events. */
export type InternalKey = Uint8Array | (() => Uint8Array | Promise<Uint8Array>);

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Texts are filled up to a multiple of this, so that their lengths say less. */
const BLOCK = 256;

const boxes = new WeakMap<Session, Promise<InternalBox>>();

/**
 * Encrypts internal events before they leave the application, because even the endorser that witnesses their capture
 * must not see them (traceability.md, "Internal detail"). Two keys are derived from the organisation's: one for
 * AES-256-GCM, one for the keyed hashes by which events are found again.
 */
export class InternalBox {
  /** Names the key, so that a wrong one is told from a forgery; says nothing of it. */
  readonly keyId: string;
  readonly #cipherKey: Uint8Array;
  readonly #tagKey: Uint8Array;
  readonly #mspId: string;

  constructor(key: Uint8Array, mspId: string) {
    const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', key, '', `dualchain internal events: ${purpose}`, KEY_BYTES));
    this.#mspId = mspId;
    this.#cipherKey = derive('encryption');
    this.#tagKey = derive('tags');
    this.keyId = Buffer.from(derive('name')).toString('hex').slice(0, 16);
  }

  /** The session's box; its key is asked for once. Throws INVALID_INPUT where `connect` was given none, or none of 32 bytes. */
  static of(session: Session): Promise<InternalBox> {
    const known = boxes.get(session) ?? InternalBox.#open(session);
    boxes.set(session, known);
    known.catch(() => boxes.delete(session));
    return known;
  }

  static async #open({ internalKey, mspId }: Session): Promise<InternalBox> {
    if (internalKey === undefined) throw new DualchainError('INVALID_INPUT', 'Internal events are encrypted with a key of your organisation: give connect() 32 bytes as `internalKey`, or a function that fetches them.');
    const key: unknown = typeof internalKey === 'function' ? await internalKey() : internalKey;
    if (!(key instanceof Uint8Array) || key.length !== KEY_BYTES) throw new DualchainError('INVALID_INPUT', `The key for internal events must be ${KEY_BYTES} bytes.`);
    return new InternalBox(key, mspId);
  }

  /** Keyed hash (hex) of an identifier or event hash: whoever lacks the key can neither compute nor invert it. */
  tag(text: string): string {
    return createHmac('sha256', this.#tagKey).update(text).digest('hex');
  }

  /** base64 of nonce, ciphertext and tag; bound to the organisation and the event's id. */
  encrypt(record: SealedRecord): string {
    const text = Buffer.from(canonicalJson(record), 'utf8');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#cipherKey, nonce).setAAD(this.#context(record.id));
    // JSON may end in spaces.
    const padded = Buffer.concat([text, Buffer.alloc(BLOCK - (text.length % BLOCK), ' ')]);
    return Buffer.concat([nonce, cipher.update(padded), cipher.final(), cipher.getAuthTag()]).toString('base64');
  }

  /** The record of an event. Throws NOT_GENUINE where another key encrypted it, or it was changed. */
  decrypt({ id, keyId, ciphertext }: Pick<InternalEventRow, 'id' | 'keyId' | 'ciphertext'>): SealedRecord {
    if (keyId !== this.keyId) throw new DualchainError('NOT_GENUINE', `The internal event ${id} was encrypted with the key ${keyId}, and connect() was given ${this.keyId}; connect with that key.`, { details: { id, keyId } });
    const bytes = Buffer.from(ciphertext, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#cipherKey, bytes.subarray(0, NONCE_BYTES)).setAAD(this.#context(id)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')) as SealedRecord;
    } catch (cause) {
      throw new DualchainError('NOT_GENUINE', `The internal event ${id} is not what your organisation encrypted.`, { cause, details: { id } });
    }
  }

  #context(id: string): Buffer {
    return Buffer.from(`${this.#mspId}\n${id}`, 'utf8');
  }
}
