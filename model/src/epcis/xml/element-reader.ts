import { forbiddenNames } from '../guard';
import type { EpcisProblem } from '../types';
import { frameNamespace } from './fields';
import type { Prefixes } from './names';
import { qualified, shownName, step, steps, trimXml, XSI } from './tree';
import type { XmlAttribute, XmlElement } from './tree';

/** An element and where it stands. */
export type Child = { readonly element: XmlElement; readonly path: string };

/** Fields of an object in the making; a name such as "__proto__" never becomes a property of it unseen. */
export type Fields = Map<string, unknown>;

/** Elements that stand in lists: their place is always told. */
const itemNames = new Set(['epc', 'quantityElement', 'bizTransaction', 'source', 'destination', 'sensorElement', 'sensorReport', 'set', 'unset', 'correctiveEventID']);

const MAX_PROBLEMS = 20;

/** Reads elements into JSON values and collects what cannot be read; the structures of EPCIS are its subclass's. */
export class ElementReader {
  readonly problems: EpcisProblem[] = [];

  constructor(
    private readonly prefixes: Prefixes,
    private readonly index: number,
  ) {}

  protected add(path: string, rule: string, message: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ event: this.index, path, rule, message });
  }

  /** The elements of a structure, with the wrappers of EPCIS 1.x opened. */
  protected children(element: XmlElement, path: string): Child[] {
    const places = steps(element.children, itemNames);
    return element.children.flatMap((child, i) => {
      const at = `${path}/${places[i]}`;
      if (frameNamespace(child.uri)) {
        this.add(at, 'xml.namespace', `"${shownName(qualified(child))}" stands in a namespace of EPCIS; inside the document elements of EPCIS have no namespace: take the prefix or the default namespace away.`);
        return [];
      }
      if (child.uri !== '' || (child.local !== 'extension' && child.local !== 'baseExtension')) return [{ element: child, path: at }];
      this.structural(child, at);
      return this.children(child, at);
    });
  }

  /** The items of a list. */
  protected items(list: Child, item: string): Child[] {
    this.structural(list.element, list.path);
    this.noAttributes(list);
    return this.children(list.element, list.path).filter(({ element, path }) => {
      if (element.uri === '' && element.local === item) return true;
      this.add(path, 'epcis.unknown-field', `Only "${item}" elements stand in this list; remove "${shownName(qualified(element))}".`);
      return false;
    });
  }

  protected once(found: readonly Child[]): void {
    for (const { path } of found.slice(1)) this.add(path, 'xml.repeated', 'This element stands here a second time; it may stand here once.');
  }

  /** Structures hold elements and white space, no text. */
  protected structural(element: XmlElement, path: string): void {
    if (element.mixed || trimXml(element.text) !== '') this.add(path, 'xml.mixed-content', 'There is text between the elements; remove it.');
  }

  protected noAttributes({ element, path }: Child, except?: string): void {
    for (const attribute of element.attributes) {
      if (attribute.uri !== XSI && (attribute.uri !== '' || attribute.local !== except)) this.add(`${path}/@${shownName(qualified(attribute))}`, 'epcis.unknown-field', 'This element takes no such attribute; remove it.');
    }
  }

  /** Text of an element that holds nothing else. */
  protected leaf(child: Child | undefined): string {
    if (child === undefined) return '';
    this.noAttributes(child);
    return this.leafText(child);
  }

  protected leafText({ element, path }: Child): string {
    const [inner] = element.children;
    if (inner !== undefined) this.add(`${path}/${step(inner)}`, 'epcis.shape', 'Only text can stand here; remove the element.');
    return trimXml(element.text);
  }

  /** Sets a field that an object has once. */
  protected single(fields: Fields, { element, path }: Child, value: unknown): void {
    if (!this.allowed(element.local, path)) return;
    if (fields.has(element.local)) this.add(path, 'xml.repeated', 'This element stands here a second time; it may stand here once.');
    fields.set(element.local, value);
  }

  /** Attributes beyond the standard become extensions, as elements do. */
  protected attributes(element: XmlElement, path: string, fields: Fields): void {
    for (const attribute of element.attributes) {
      if (attribute.uri === XSI) continue;
      const name = this.nameOf(attribute, path);
      if (this.allowed(name, path)) put(fields, name, trimXml(attribute.value));
    }
  }

  protected extension({ element, path }: Child, fields: Fields): void {
    const name = this.nameOf(element, path);
    if (this.allowed(name, path)) put(fields, name, this.extensionValue(element, path));
  }

  /** Text; or an object of attributes and children, with the text beside them as "#text". */
  private extensionValue(element: XmlElement, path: string): unknown {
    const text = trimXml(element.text);
    const attributes = element.attributes.filter(({ uri }) => uri !== XSI);
    if (element.children.length === 0 && attributes.length === 0) return text;
    if (element.mixed) this.add(path, 'xml.mixed-content', 'There is text after an element, which the JSON form of an event cannot hold; put it into an element of its own.');
    const fields: Fields = new Map();
    if (text !== '') fields.set('#text', text);
    this.attributes(element, path, fields);
    const places = steps(element.children);
    element.children.forEach((child, i) => {
      const at = `${path}/${places[i]}`;
      if (frameNamespace(child.uri)) this.add(at, 'xml.namespace', 'Extensions use a namespace of their own, not one of EPCIS.');
      else this.extension({ element: child, path: at }, fields);
    });
    return Object.fromEntries(fields);
  }

  protected nameOf({ uri, prefix, local }: XmlElement | XmlAttribute, path: string): string {
    if (uri === '') return local;
    if (frameNamespace(uri)) {
      this.add(`${path}/@${shownName(`${prefix}:${local}`)}`, 'xml.namespace', 'Attributes of EPCIS have no namespace; take the prefix away.');
      return local;
    }
    return `${this.prefixes.prefixFor(uri, prefix)}:${local}`;
  }

  protected allowed(name: string, path: string): boolean {
    if (!forbiddenNames.has(name)) return true;
    this.add(path, 'json.forbidden-name', `The name "${name}" is not allowed; rename it.`);
    return false;
  }
}

/** Repeated extensions become a list. */
export function put(fields: Fields, name: string, value: unknown): void {
  const present = fields.get(name);
  if (!fields.has(name)) fields.set(name, value);
  else if (Array.isArray(present)) present.push(value);
  else fields.set(name, [present, value]);
}
