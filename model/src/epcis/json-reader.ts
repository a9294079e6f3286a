import { isObject, own } from './context';
import { guardJson, MAX_DEPTH } from './guard';
import { EpcisInputError, refuseInput } from './input-error';
import { parseEpcisDocument } from './input';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, MAX_NAME, OPEN_ARRAY, OPEN_OBJECT, parseJsonText, QUOTE, unquoted } from './json-text';
import type { EpcisInputEvent, InputLimits } from './types';

/** Characters of one event, and of all that stands around the events, white space included. */
const MAX_EVENT_LENGTH = 8 * 1024 * 1024;
const MAX_FRAME_LENGTH = 20 * 1024 * 1024;
const MAX_FRAME_BYTES = 3 * MAX_FRAME_LENGTH;

export interface JsonReaderLimits extends Pick<InputLimits, 'maxDepth'> {
  /** Events before this one are counted and passed by. */
  readonly from?: number;
}

interface Place {
  readonly array: boolean;
  /** Of an object: the member that is being read. */
  name: string | undefined;
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Lists of events by the names of the members that they stand in. */
const lists: ReadonlyMap<string, string> = new Map([[], ['epcisBody', 'eventList'], ['epcisBody', 'queryResults', 'resultsBody', 'eventList']].map((names) => [JSON.stringify(names), ['$', ...names].join('.')]));

/**
 * Reads an EPCIS document in JSON-LD piece by piece and hands each event over as soon as it ends: memory holds one event
 * and what stands around the list. The text is only cut here, by brackets and quotes; each event, and at the end the
 * rest, is read by JSON.parse and judged as parseEpcisDocument judges. Throws EpcisInputError (INVALID_EPCIS) with the
 * place in the text.
 */
export class JsonDocumentReader {
  readonly #places: Place[] = [];
  readonly #maxDepth: number;
  readonly #from: number;
  /** What stands around the events. */
  #frame = '';
  /** Text of the event that is being read; undefined between events. */
  #item: string | undefined;
  #itemDepth = 0;
  /** Path of the list that is being read. */
  #list: string | undefined;
  #listSeen: string | undefined;
  #expectItem = true;
  #inString = false;
  #escaped = false;
  #name = '';
  #count = 0;
  #characters = 0;
  #lines = 1;
  #contextKnown = false;
  #rawContext: unknown;

  constructor(
    private readonly onEvent: (event: EpcisInputEvent) => void,
    { maxDepth = MAX_DEPTH, from = 0 }: JsonReaderLimits = {},
  ) {
    this.#maxDepth = maxDepth;
    this.#from = from;
  }

  /** Events so far. */
  get count(): number {
    return this.#count;
  }

  /** Whether `rawContext` is that of the document: at an event only if the context stands before the events. */
  get contextKnown(): boolean {
    return this.#contextKnown;
  }

  get rawContext(): unknown {
    return this.#rawContext;
  }

  /** Takes the next piece of text. */
  write(text: string): void {
    let begin = 0;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === BACKSLASH) this.#escaped = true;
        else if (code === QUOTE) this.#inString = false;
        if (this.#item === undefined && this.#name.length < MAX_NAME) this.#name += text[i];
      } else if (this.#item !== undefined) {
        if (code === QUOTE) this.#inString = true;
        else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
          this.#itemDepth += 1;
          if (this.#places.length + this.#itemDepth > this.#maxDepth) this.#refuse(text, i, 'json.depth', `The event is nested deeper than ${this.#maxDepth} levels of the document; flatten it.`);
        } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
          this.#itemDepth -= 1;
          if (this.#itemDepth === 0) {
            this.#take(text.slice(begin, i + 1), text, i);
            begin = i + 1;
          }
        }
      } else if (this.#list !== undefined) {
        begin = this.#between(code, text, i);
      } else if (this.#around(code, text, i)) {
        this.#addFrame(text.slice(begin, i + 1), text, i);
        begin = i + 1;
        this.#list = this.#listSeen;
        this.#expectItem = true;
        this.#readContext();
      }
    }
    const rest = text.slice(begin);
    if (this.#item !== undefined) this.#item += rest;
    else if (this.#list === undefined) this.#addFrame(rest, text, text.length);
    if (this.#item !== undefined && this.#item.length > MAX_EVENT_LENGTH) this.#tooLong(text, text.length);
    this.#characters += text.length;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines += 1;
  }

  /** Ends the document and judges what stands around the events. */
  end(): void {
    if (this.#places.length > 0 || this.#inString || this.#item !== undefined) {
      this.#refuse('', 0, 'json.syntax', `The input ends in the middle${this.#item === undefined ? '' : ' of an event'}: it was cut off, or not written to its end.`);
    }
    const { events, rawContext } = parseEpcisDocument(this.#frame, { maxDepth: this.#maxDepth, maxBytes: MAX_FRAME_BYTES });
    this.#rawContext = rawContext;
    this.#contextKnown = true;
    if (this.#listSeen === undefined) {
      for (const event of events) {
        this.#count += 1;
        if (event.index >= this.#from) this.onEvent(event);
      }
    }
  }

  /** A character outside of the event list. True: the event list begins. */
  #around(code: number, text: string, at: number): boolean {
    const place = this.#places.at(-1);
    switch (code) {
      case QUOTE:
        this.#inString = true;
        this.#name = '"';
        break;
      case COLON:
        if (place !== undefined && !place.array) place.name = unquoted(this.#name);
        break;
      case COMMA:
        if (place !== undefined) place.name = undefined;
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY: {
        if (this.#places.length >= this.#maxDepth) this.#refuse(text, at, 'json.depth', `The document is nested deeper than ${this.#maxDepth} levels; flatten it.`);
        const array = code === OPEN_ARRAY;
        const list = array && (this.#places.length > 0 || /^\s*$/.test(this.#frame)) && this.#places.every((outer) => !outer.array) ? lists.get(JSON.stringify(this.#places.map(({ name }) => name))) : undefined;
        this.#places.push({ array, name: undefined });
        if (list === undefined) return false;
        if (this.#listSeen !== undefined) this.#refuse(text, at, 'epcis.event-list', 'The document has two lists of events; put all events into one.');
        this.#listSeen = list;
        return true;
      }
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        this.#places.pop();
        break;
    }
    return false;
  }

  /** A character between two events. Answers where the text begins that counts next. */
  #between(code: number, text: string, at: number): number {
    if (code === OPEN_OBJECT && this.#expectItem) {
      this.#item = '';
      this.#itemDepth = 1;
      this.#expectItem = false;
      return at;
    }
    if (code === CLOSE_ARRAY && (!this.#expectItem || this.#count === 0)) {
      this.#list = undefined;
      this.#places.pop();
      // One event stands for all of them when the frame is judged.
      if (this.#count > 0) this.#frame += '{}';
      return at;
    }
    if (code === COMMA && !this.#expectItem) this.#expectItem = true;
    else if (!isSpace(code)) {
      if (this.#expectItem && /["[\-0-9tfn]/.test(text[at] ?? '')) this.#refuse(text, at, 'epcis.event', 'The event must be a JSON object.');
      this.#refuse(text, at, 'json.syntax', `The list of events goes on with ${shown(text[at])} where ${this.#expectItem ? 'an event' : 'a comma or its end'} must stand.`);
    }
    return at + 1;
  }

  #take(last: string, text: string, at: number): void {
    const whole = this.#item + last;
    if (whole.length > MAX_EVENT_LENGTH) this.#tooLong(text, at);
    const index = this.#count;
    const path = `${this.#list ?? '$'}[${index}]`;
    if (index >= this.#from) {
      const event = this.#parse(whole, 'The event is not JSON', this.#characters + at + 1 - whole.length);
      const problems = guardJson(event, path, this.#maxDepth - this.#places.length);
      if (problems.length > 0) throw new EpcisInputError(problems.map((problem) => ({ event: index, ...problem })));
      if (isObject(event)) this.onEvent({ index, path, event });
    }
    this.#count += 1;
    this.#item = undefined;
  }

  #addFrame(part: string, text: string, at: number): void {
    this.#frame += part;
    if (this.#frame.length > MAX_FRAME_LENGTH) this.#refuse(text, at, 'epcis.too-large', `What stands around the events is longer than ${MAX_FRAME_LENGTH} characters; leave master data and white space out.`);
  }

  /** The frame so far with its brackets closed is JSON too, and tells the context if that stands before the events. */
  #readContext(): void {
    const closed = this.#frame + [...this.#places].reverse().map(({ array }) => (array ? ']' : '}')).join('');
    const root = this.#places.length === 1 ? undefined : this.#parse(closed, 'The input is not JSON', 0);
    this.#rawContext = isObject(root) ? own(root, '@context') : undefined;
    this.#contextKnown = this.#places.length === 1 || this.#rawContext !== undefined;
  }

  #parse(text: string, what: string, begin: number): unknown {
    return parseJsonText(text, (reason) => this.#refuseAt(begin, 'json.syntax', `${what}: ${reason}.`));
  }

  #tooLong(text: string, at: number): never {
    return this.#refuse(text, at, 'epcis.too-large', `The event is longer than ${MAX_EVENT_LENGTH} characters; spread it over several events.`);
  }

  #refuse(text: string, at: number, rule: string, message: string): never {
    const line = this.#lines + (text.slice(0, at).match(/\n/g)?.length ?? 0);
    return this.#refuseAt(this.#characters + at, rule, message, line);
  }

  #refuseAt(character: number, rule: string, message: string, line?: number): never {
    const path = this.#list === undefined ? '$' : `${this.#list}[${this.#count}]`;
    return refuseInput(path, rule, `${message} (${line === undefined ? '' : `Line ${line}, `}${line === undefined ? 'C' : 'c'}haracter ${character}, after ${this.#count} events.)`, this.#list === undefined ? undefined : this.#count);
  }
}

const shown = (character: string | undefined): string => (character !== undefined && /[\x20-\x7e]/.test(character) ? `"${character}"` : 'something');
