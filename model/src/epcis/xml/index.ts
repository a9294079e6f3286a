export { readXmlDocument, XmlDocumentReader } from './document';
export type { XmlFrame } from './document';
export { xmlPathOf } from './path';
