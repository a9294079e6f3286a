import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { DualchainError } from '@dualchain/model';
import { peer } from '@hyperledger/fabric-protos';
import { decodePrivateBlock } from '../../events/decode-block';
import type { LedgerBlock } from '../../events/decode-block';

const FORMAT = 'dualchain-ledger';
const VERSION = 1;

/** Whose ledger a file holds. */
export interface LedgerFileHeader {
  readonly mspId: string;
  readonly channel: string;
  readonly chaincode: string;
}

/**
 * Writes a ledger as lines of text: a header, one line a block (base64 of peer.BlockAndPrivateData, as the peer
 * delivered it), and a last line with their number and the SHA-256 of everything before it.
 */
export class LedgerFileWriter {
  readonly #digest = createHash('sha256');
  #blocks = 0;

  header({ mspId, channel, chaincode }: LedgerFileHeader): string {
    return this.#line({ format: FORMAT, version: VERSION, mspId, channel, chaincode });
  }

  block(delivered: peer.BlockAndPrivateData): string {
    this.#blocks += 1;
    return this.#line({ block: Buffer.from(delivered.serializeBinary()).toString('base64') });
  }

  end(): string {
    return `${JSON.stringify({ blocks: this.#blocks, sha256: this.#digest.digest('hex') })}\n`;
  }

  #line(content: object): string {
    const line = `${JSON.stringify(content)}\n`;
    this.#digest.update(line);
    return line;
  }
}

/** A ledger file being read; `header` is there once the first line was read. */
export class LedgerFileReader {
  readonly #name: string;
  readonly #digest: Hash = createHash('sha256');
  #header: LedgerFileHeader | undefined;
  #blocks = 0;
  #ended = false;
  #line = 0;

  /** `name`: how messages call the file. */
  constructor(name: string) {
    this.#name = name;
  }

  get header(): LedgerFileHeader | undefined {
    return this.#header;
  }

  /** Takes one line; answers the block that stands on it, if one does. Throws INVALID_INPUT. */
  read(line: string): LedgerBlock | undefined {
    this.#line += 1;
    if (this.#ended) throw this.#broken('goes on after its last line');
    const content = this.#parse(line);
    if (this.#header === undefined) {
      this.#header = this.#headerOf(content);
    } else if (typeof content['block'] === 'string') {
      this.#digest.update(`${line}\n`);
      this.#blocks += 1;
      return this.#blockOf(content['block']);
    } else {
      this.#ended = true;
      if (content['blocks'] !== this.#blocks) throw this.#broken(`says that it has ${String(content['blocks'])} blocks, and has ${this.#blocks}`);
      if (content['sha256'] !== this.#digest.digest('hex')) throw this.#broken('was changed after it was exported: its digest does not fit');
      return undefined;
    }
    this.#digest.update(`${line}\n`);
    return undefined;
  }

  /** Throws INVALID_INPUT unless the last line was read. */
  end(): void {
    if (!this.#ended) throw this.#broken(this.#line === 0 ? 'is empty' : `is truncated: it ends after line ${this.#line} without its last line`);
  }

  #headerOf(content: Readonly<Record<string, unknown>>): LedgerFileHeader {
    const { format, version, mspId, channel, chaincode } = content;
    if (format !== FORMAT || typeof mspId !== 'string' || typeof channel !== 'string' || typeof chaincode !== 'string') throw this.#broken('does not begin with the header of a ledger file');
    if (version !== VERSION) throw this.#broken(`has version ${String(version)}; this program reads version ${VERSION}`);
    return { mspId, channel, chaincode };
  }

  #blockOf(text: string): LedgerBlock {
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw this.#broken('has no base64');
    try {
      return decodePrivateBlock(peer.BlockAndPrivateData.deserializeBinary(Buffer.from(text, 'base64')));
    } catch (cause) {
      throw this.#broken('holds no block', cause);
    }
  }

  #parse(line: string): Readonly<Record<string, unknown>> {
    try {
      const parsed: unknown = JSON.parse(line);
      if (typeof parsed === 'object' && parsed !== null) return parsed as Readonly<Record<string, unknown>>;
    } catch (cause) {
      throw this.#broken('is truncated or no ledger file: not JSON', cause);
    }
    throw this.#broken('is no ledger file');
  }

  #broken(what: string, cause?: unknown): DualchainError {
    return new DualchainError('INVALID_INPUT', `${this.#name}, line ${this.#line}: the file ${what}.`, { details: { file: this.#name, line: this.#line }, cause });
  }
}
