import { JsonDocumentReader } from './json-reader';
import type { JsonReaderLimits } from './json-reader';
import { TextStream } from './text';
import type { EpcisInput, EpcisInputEvent } from './types';
import { XmlDocumentReader } from './xml';

/**
 * Reads an EPCIS document of any length, JSON-LD or XML, from its bytes as they come, and hands each event over as soon
 * as it is complete. Only the frame is judged; each event is judged by validateEvent. Throws EpcisInputError with the
 * place; what was handed over before then stood well-formed in the input.
 */
export class EpcisDocumentStream {
  readonly #text = new TextStream();
  readonly #onEvent: (event: EpcisInputEvent) => void;
  readonly #limits: JsonReaderLimits;
  #reader: JsonDocumentReader | XmlDocumentReader | undefined;
  #count = 0;

  constructor(onEvent: (event: EpcisInputEvent) => void, limits: JsonReaderLimits = {}) {
    this.#onEvent = onEvent;
    this.#limits = limits;
  }

  get syntax(): EpcisInput['syntax'] {
    return this.#reader instanceof XmlDocumentReader ? 'xml' : 'json';
  }

  /** Events so far, those that were passed by included. */
  get count(): number {
    return this.#reader instanceof JsonDocumentReader ? this.#reader.count : this.#count;
  }

  /** Whether `rawContext` is that of the document: at an event only if a JSON document names it before its events. */
  get contextKnown(): boolean {
    return this.#reader instanceof JsonDocumentReader ? this.#reader.contextKnown : this.#count > 0;
  }

  get rawContext(): unknown {
    return this.#reader?.rawContext;
  }

  /** Takes the next bytes. */
  write(bytes: Uint8Array): void {
    this.#read(this.#text.write(bytes));
  }

  /** Ends the document. */
  end(): void {
    this.#read(this.#text.end());
    (this.#reader ?? this.#choose('')).end();
  }

  #read(text: string): void {
    // White space before the document says nothing about its syntax.
    const reader = this.#reader ?? (/[^ \t\r\n]/.test(text) ? this.#choose(text) : undefined);
    reader?.write(text);
  }

  #choose(text: string): JsonDocumentReader | XmlDocumentReader {
    const { from = 0, maxDepth } = this.#limits;
    const onXmlEvent = (event: EpcisInputEvent) => {
      this.#count += 1;
      if (event.index >= from) this.#onEvent(event);
    };
    this.#reader = /^[ \t\r\n]*</.test(text) ? new XmlDocumentReader(onXmlEvent, { maxEvents: Number.MAX_SAFE_INTEGER, ...(maxDepth === undefined ? {} : { maxDepth }) }) : new JsonDocumentReader(this.#onEvent, this.#limits);
    return this.#reader;
  }
}
