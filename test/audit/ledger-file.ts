import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { common } from '@hyperledger/fabric-protos';
import { peer } from '@hyperledger/fabric-protos';
import { LedgerFileWriter } from '../../client/src/audit/evidence';
import type { LedgerFileHeader } from '../../client/src/audit/evidence';
import { headerDer } from '../../client/src/evidence/block';

/** A ledger file taken apart, so that a forger can change it. */
export interface OpenedFile {
  readonly header: LedgerFileHeader;
  readonly blocks: peer.BlockAndPrivateData[];
}

export function openFile(file: string): OpenedFile {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return { header: JSON.parse(header) as LedgerFileHeader, blocks: lines.slice(0, -1).map((line) => peer.BlockAndPrivateData.deserializeBinary(Buffer.from((JSON.parse(line) as { block: string }).block, 'base64'))) };
}

/** Writes it with a digest that fits again, as somebody would who knows the format. */
export function writeFile(file: string, { header, blocks }: OpenedFile): string {
  const writer = new LedgerFileWriter();
  writeFileSync(file, [writer.header(header), ...blocks.map((block) => writer.block(block)), writer.end()].join(''));
  return file;
}

/** Makes the hashes of all headers fit the transactions again. */
export function chainAgain(blocks: readonly peer.BlockAndPrivateData[]): void {
  let previous: Uint8Array | undefined;
  for (const item of blocks) {
    const block = item.getBlock()!;
    const header = block.getHeader()!;
    if (previous !== undefined) header.setPreviousHash(previous);
    header.setDataHash(sha256(...block.getData()!.getDataList_asU8()));
    previous = sha256(headerDer({ number: BigInt(header.getNumber()), previousHash: header.getPreviousHash_asU8(), dataHash: header.getDataHash_asU8() }));
  }
}

/** Replaces text in an envelope, wherever it stands, by text of the same length; whether it stood there. */
export function replaceIn(block: common.Block, index: number, text: string, other: string): boolean {
  const envelopes = block.getData()!.getDataList_asU8();
  const bytes = Buffer.from(envelopes[index]!);
  if (!bytes.includes(text) || text.length !== other.length) return false;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text)) bytes.write(other, at);
  envelopes[index] = new Uint8Array(bytes);
  block.getData()!.setDataList(envelopes);
  return true;
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
