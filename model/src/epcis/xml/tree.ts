/** An attribute; namespace declarations are not among them. */
export interface XmlAttribute {
  readonly uri: string;
  readonly prefix: string;
  readonly local: string;
  readonly value: string;
}

/** An element with its content. The tree of one event exists at a time, never that of a document. */
export interface XmlElement {
  readonly uri: string;
  readonly prefix: string;
  readonly local: string;
  readonly parent: XmlElement | undefined;
  readonly attributes: readonly XmlAttribute[];
  /** Prefixes declared on this element; "" is the default namespace. */
  readonly declared: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  /** Text before the first child. */
  text: string;
  /** There is text after a child, which no JSON form can carry. */
  mixed: boolean;
}

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** White space of XML; a no-break space is content. */
export const trimXml = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/** Name as it was written. */
export const qualified = ({ prefix, local }: { readonly prefix: string; readonly local: string }): string => (prefix === '' ? local : `${prefix}:${local}`);

/** Part of a path, without what a message must not show. */
export const shownName = (name: string): string => name.slice(0, 100).replace(/[^\x20-\x7e]/g, '?');

const key = ({ uri, local }: XmlElement): string => `${uri} ${local}`;

/**
 * Steps of an XPath-like path to each child: the name, with its place among the siblings of that name where there are
 * several. `always`: names whose place is written even if the element stands alone.
 */
export function steps(children: readonly XmlElement[], always?: ReadonlySet<string>): string[] {
  const totals = new Map<string, number>();
  const places = children.map((child) => {
    const place = (totals.get(key(child)) ?? 0) + 1;
    totals.set(key(child), place);
    return place;
  });
  return children.map((child, i) => {
    const name = shownName(qualified(child));
    return (totals.get(key(child)) ?? 1) > 1 || always?.has(child.local) ? `${name}[${places[i]}]` : name;
  });
}

/** The step to one element. */
export function step(element: XmlElement): string {
  const siblings = element.parent?.children ?? [];
  const place = siblings.indexOf(element);
  return place < 0 ? shownName(qualified(element)) : (steps(siblings)[place] ?? '');
}
