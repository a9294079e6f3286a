import type { ChannelPolicy, OrderTerms, QuoteTerms, recallReasons } from '@dualchain/model';

/** The organisations that the story needs, by the slugs of the topology. */
export const cast = ['brand', 'processor', 'farm', 'carrier', 'bank', 'factor', 'clearing', 'regulator'] as const;
export type Actor = (typeof cast)[number];

/** An EPCIS document of the story and who reports it. */
export interface StoryCapture {
  readonly file: string;
  readonly reporter: Actor;
  /** What happens, to be read after the reporter's name. */
  readonly title: string;
}

export interface StoryOrder extends Pick<OrderTerms, 'matchPolicy'> {
  readonly id: string;
  readonly buyer: Actor;
  readonly supplier: Actor;
  readonly lines: readonly (OrderTerms['lines'][number] & { readonly description: string })[];
}

export interface StoryQuote extends QuoteTerms {
  readonly id: string;
  readonly financier: Actor;
}

/** Everything that one story needs beside its EPCIS documents. Amounts in minor units, ids as they come on the ledger. */
export interface StoryData {
  readonly currency: string;
  readonly policy: ChannelPolicy;
  /** Lots by the name that the story gives them, as their EPCIS ids. */
  readonly lots: Readonly<Record<'freshA' | 'freshB' | 'freshC' | 'dried' | 'driedSecond' | 'chili' | 'oil' | 'hotpotBase' | 'hotpotBaseDigitalLink', string>>;
  readonly pallets: Readonly<Record<'farm' | 'processorFirst' | 'processorSecond', string>>;
  readonly captures: readonly StoryCapture[];
  /** First the buyer's order from the processor, then the processor's from the farm. */
  readonly orders: readonly StoryOrder[];
  readonly shipment: {
    readonly id: string;
    readonly order: string;
    readonly carrier: Actor;
    readonly lines: readonly { readonly line: number; readonly lot: string; readonly quantity: string; readonly accepted: string; readonly rejected: string; readonly unit: string }[];
    /** EPCIS documents whose events prove each step. */
    readonly shippingFile: string;
    readonly arrivalFile: string;
    readonly receivingFile: string;
  };
  readonly invoice: {
    readonly id: string;
    readonly number: string;
    readonly issueDate: string;
    readonly order: string;
    readonly shipments: readonly string[];
    readonly lines: readonly { readonly line: number; readonly quantity: string; readonly unit: string; readonly unitPrice: string; readonly amount: string }[];
    readonly total: string;
  };
  readonly attestation: { readonly id: string; readonly author: Actor; readonly subject: keyof StoryData['lots']; readonly claim: 'inspected'; readonly evidence: string };
  readonly certificate: { readonly id: string; readonly obligor: Actor; readonly supplier: Actor; readonly settler: Actor; readonly face: string; readonly firstHolding: string };
  readonly split: { readonly holding: string; readonly parts: readonly { readonly id: string; readonly amount: string }[] };
  readonly transfer: { readonly holding: string; readonly from: Actor; readonly to: Actor; readonly order: string };
  readonly financing: {
    readonly holding: string;
    readonly owner: Actor;
    readonly recourse: 'with' | 'without';
    /** Days that the financiers count with (interest on 360 days a year). */
    readonly pricedForDays: number;
    readonly quotes: readonly StoryQuote[];
    readonly accepted: string;
    readonly paymentReference: string;
    readonly registrationReference: string;
  };
  readonly recall: { readonly id: string; readonly author: Actor; readonly lot: keyof StoryData['lots']; readonly reasonClass: (typeof recallReasons)[number]; readonly reason: string };
  /** What the settler pays at the end: one payment an owner. */
  readonly settlement: readonly { readonly owner: Actor; readonly holdings: readonly string[]; readonly paymentReference: string }[];
}

/** A story with the texts of its EPCIS documents, by file name. */
export interface Story extends StoryData {
  readonly documents: Readonly<Record<string, string>>;
}
