import { SaxesParser } from 'saxes';
import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { MAX_TEXT } from '../guard';
import { refuseInput } from '../input-error';
import { XML_NAMESPACE } from './tree';
import type { XmlAttribute, XmlElement } from './tree';

/** Nesting of elements that is accepted, as for JSON values. */
export const MAX_XML_DEPTH = 64;
/** Attributes of one element, namespace declarations among them. */
export const MAX_ATTRIBUTES = 200;

/** Elements of one kept tree: what is in memory at a time. */
export const MAX_ELEMENTS = 50_000;
/** Characters of one text, name, attribute, comment or run of white space as it is written, before anything is judged. */
const MAX_TOKEN = 1024 * 1024;
const PIECE = 64 * 1024;

/** What becomes of an element: its content is kept as a tree, passed by, or told to the same handler. */
export type Treatment = 'keep' | 'skip' | 'enter';

export interface ElementHandler {
  /** Called for each element outside kept and skipped ones, before its content. */
  readonly open: (element: XmlElement) => Treatment;
  /** Called when the content of a kept or entered element is complete. */
  readonly close: (element: XmlElement, treatment: Treatment) => void;
  /** Where these open elements are, from the root inwards: their path, and the event that they lie in. */
  readonly where: (open: readonly XmlElement[]) => { readonly path: string; readonly event?: number };
}

type Open = { readonly element: XmlElement; readonly treatment: Treatment };

/**
 * Reads XML piece by piece and keeps the trees that the handler asks for. What is not well-formed, declares a document
 * type or an entity, nests deeper than the limit or carries too many attributes is refused where it begins
 * (`xml.*` rules). Nothing is ever fetched.
 */
export class XmlReader {
  private readonly parser: SaxesParser<{ xmlns: true }>;
  private readonly open: Open[] = [];
  private skipping = 0;
  private attributeCount = 0;
  private elementCount = 0;
  /** Where the parser last told of something. */
  private progress = 0;

  constructor(
    private readonly handler: ElementHandler,
    private readonly maxDepth = MAX_XML_DEPTH,
  ) {
    const parser = new SaxesParser({ xmlns: true, position: true });
    this.parser = parser;
    parser.on('error', (error) => this.syntax(error));
    parser.on('doctype', () => this.refuse('xml.doctype', 'The document declares a document type (DOCTYPE); EPCIS needs none, and entities are never expanded here. Remove the declaration.'));
    for (const event of ['comment', 'processinginstruction', 'xmldecl'] as const) parser.on(event, () => this.advance());
    parser.on('attribute', () => {
      this.advance();
      this.attributeCount += 1;
      if (this.attributeCount > MAX_ATTRIBUTES) this.refuse('xml.attributes', `An element carries more than ${MAX_ATTRIBUTES} attributes.`);
    });
    parser.on('opentag', (tag) => this.opened(tag));
    parser.on('closetag', () => this.closed());
    parser.on('text', (text) => this.text(text));
    parser.on('cdata', (text) => this.text(text));
  }

  write(text: string): void {
    for (let from = 0; from < text.length; from += PIECE) {
      this.parser.write(text.slice(from, from + PIECE));
      if (this.parser.position - this.progress > MAX_TOKEN) this.refuse('xml.length', `A text, name, attribute, comment or run of white space is longer than ${MAX_TOKEN} characters.`);
    }
  }

  /** Ends the document; refuses one that is cut off. */
  close(): void {
    this.parser.close();
  }

  private refuse(rule: string, message: string): never {
    const { path, event } = this.handler.where(this.open.map(({ element }) => element));
    return refuseInput(path, rule, `${message} (Line ${this.parser.line}.)`, event);
  }

  private syntax(error: Error): never {
    const message = error.message.replace(/[^\x20-\x7e]/g, '?').slice(0, 200).replace(/\.$/, '');
    if (/undefined entity|disallowed character in entity|empty entity/.test(message)) this.refuse('xml.entity', 'Only the entities &amp; &lt; &gt; &quot; &apos; and references to characters can be used; write the text itself.');
    if (/unbound namespace prefix/.test(message)) this.refuse('xml.prefix', `A namespace prefix is not declared (${message}); declare it with xmlns.`);
    return this.refuse('xml.syntax', `The document is not well-formed XML: ${message}.`);
  }

  private advance(): void {
    this.progress = this.parser.position;
  }

  private opened(tag: SaxesTagNS): void {
    this.advance();
    this.attributeCount = 0;
    if (this.open.length + this.skipping >= this.maxDepth) this.refuse('xml.depth', `Elements are nested deeper than ${this.maxDepth} levels; flatten them.`);
    if (this.skipping > 0) {
      this.skipping += 1;
      return;
    }
    const above = this.open.at(-1);
    const attributes = Object.values(tag.attributes).filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns').map(plainAttribute);
    const element: XmlElement = { uri: tag.uri, prefix: tag.prefix, local: tag.local, parent: above?.element, attributes, declared: declarations(tag), children: [], text: '', mixed: false };
    const treatment = above?.treatment === 'keep' ? 'keep' : this.handler.open(element);
    if (treatment === 'skip') {
      this.skipping = 1;
      return;
    }
    if (treatment === 'keep') {
      this.elementCount = above?.treatment === 'keep' ? this.elementCount + 1 : 1;
      if (this.elementCount > MAX_ELEMENTS) this.refuse('xml.elements', `An event holds more than ${MAX_ELEMENTS} elements; spread them over several events.`);
      if (above?.treatment === 'keep') above.element.children.push(element);
    }
    this.open.push({ element, treatment });
  }

  private closed(): void {
    this.advance();
    if (this.skipping > 0) {
      this.skipping -= 1;
      return;
    }
    const closed = this.open.pop();
    if (closed !== undefined && (closed.treatment === 'enter' || this.open.at(-1)?.treatment !== 'keep')) this.handler.close(closed.element, closed.treatment);
  }

  private text(text: string): void {
    this.advance();
    const here = this.skipping > 0 ? undefined : this.open.at(-1);
    if (here === undefined) return;
    const { element } = here;
    if (element.children.length > 0 || here.treatment === 'enter') {
      if (/[^ \t\r\n]/.test(text)) element.mixed = true;
      if (here.treatment === 'enter' && element.mixed) this.refuse('xml.mixed-content', 'There is text between the elements; remove it.');
      return;
    }
    element.text += text;
    if (element.text.length > MAX_TEXT && element.text.trim().length > MAX_TEXT) this.refuse('json.text-length', `A text is longer than ${MAX_TEXT} characters. Keep large content elsewhere and refer to it.`);
  }
}

const plainAttribute = ({ uri, prefix, local, value }: SaxesAttributeNS): XmlAttribute => ({ uri, prefix, local, value });

function declarations(tag: SaxesTagNS): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tag.ns).filter(([prefix, uri]) => prefix !== 'xml' && uri !== XML_NAMESPACE));
}
