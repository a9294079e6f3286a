export { readXmlDocument, XmlDocumentReader } from './document';
export type { XmlFrame } from './document';
export { pathInInput } from './path';
export { writeEpcisXml } from './write';
export type { XmlWriteOptions } from './write';
