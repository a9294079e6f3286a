import { compareUtf8 } from '../canonical';
import { DualchainError } from '../errors';
import { canonicalId } from '../gs1';
import { contextOf, expandValue, isObject, own, parseContext } from './context';
import { numberText, plainDecimal } from './decimal';
import { utcTime } from './time';
import type { Action, ClassQuantity, EpcisContext, ErrorDeclaration, EventLinks, EventType, JsonObject, LifeCycleItem, TypedId } from './types';
import { actions, eventTypes } from './validate';
import { vocabularies, wordOf } from './vocabulary';
import type { Vocabulary } from './vocabulary';

const bareContext = parseContext(undefined);

/**
 * What indexes and rules need of an event that validateEvent accepts: canonical ids, bare standard words, UTC time.
 * Throws DualchainError (INVALID_EPCIS, or INVALID_INPUT for an id) on an event that validateEvent refuses for these fields.
 */
export function eventLinks(event: JsonObject, context: EpcisContext = bareContext): EventLinks {
  return new LinkReader(event, contextOf(event, context)).read();
}

const refuse = (field: string): never => {
  throw new DualchainError('INVALID_EPCIS', `The event has no usable "${field}"; validate events before linking them.`, { details: { field } });
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

class LinkReader {
  constructor(
    private readonly event: JsonObject,
    private readonly context: EpcisContext,
  ) {}

  read(): EventLinks {
    const type = this.type();
    const aggregates = type === 'AggregationEvent' || type === 'AssociationEvent';
    const action = own(this.event, 'action');
    const epcs = this.ids(aggregates ? 'childEPCs' : 'epcList');
    const classes = this.quantities(aggregates ? 'childQuantityList' : 'quantityList');
    const parent = this.optionalId(own(this.event, 'parentID'));
    const inputs = this.ids('inputEPCList');
    const outputs = this.ids('outputEPCList');
    const inputQuantities = this.quantities('inputQuantityList');
    const outputQuantities = this.quantities('outputQuantityList');
    const transformationId = this.optionalId(own(this.event, 'transformationID'));
    const what = [...epcs, ...inputs, ...outputs, ...[...classes, ...inputQuantities, ...outputQuantities].map((element) => element.id)];
    const subjects = [...new Set([...what, ...[parent, transformationId].filter((id) => id !== undefined)])].sort(compareUtf8);
    return {
      type,
      ...(type === 'TransformationEvent' ? {} : { action: (actions as readonly unknown[]).includes(action) ? (action as Action) : refuse('action') }),
      time: this.time(own(this.event, 'eventTime'), 'eventTime'),
      ...this.word('bizStep', vocabularies.bizStep),
      ...this.word('disposition', vocabularies.disposition),
      ...this.persistentDisposition(),
      ...this.place('readPoint'),
      ...this.place('bizLocation'),
      epcs,
      classes,
      ...(parent === undefined ? {} : { parent }),
      inputs,
      outputs,
      inputQuantities,
      outputQuantities,
      ...(transformationId === undefined ? {} : { transformationId }),
      bizTransactions: this.typedIds('bizTransactionList', 'bizTransaction', vocabularies.bizTransaction),
      sources: this.typedIds('sourceList', 'source', vocabularies.sourceDestination),
      destinations: this.typedIds('destinationList', 'destination', vocabularies.sourceDestination),
      ...this.errorDeclaration(),
      subjects,
    };
  }

  private type(): EventType {
    const type = own(this.event, 'type');
    return (eventTypes as readonly unknown[]).includes(type) ? (type as EventType) : refuse('type');
  }

  private time(value: unknown, field: string): string {
    return (typeof value === 'string' ? utcTime(value) : undefined) ?? refuse(field);
  }

  private id(value: unknown): string {
    return typeof value === 'string' ? canonicalId(expandValue(value, this.context)) : refuse('identifier');
  }

  private optionalId(value: unknown): string | undefined {
    return value === undefined || value === '' ? undefined : this.id(value);
  }

  private ids(field: string): string[] {
    return [...new Set(list(own(this.event, field)).map((value) => this.id(value)))].sort(compareUtf8);
  }

  private quantities(field: string): ClassQuantity[] {
    return list(own(this.event, field)).map((element) => {
      if (!isObject(element)) return refuse(field);
      const quantity = own(element, 'quantity');
      const uom = own(element, 'uom');
      return {
        id: this.id(own(element, 'epcClass')),
        ...(typeof quantity === 'number' ? { quantity: numberText(quantity) } : typeof quantity === 'string' ? { quantity: plainDecimal(quantity) ?? refuse(field) } : {}),
        ...(typeof uom === 'string' ? { uom } : {}),
      };
    });
  }

  /** Standard words bare, all others as full URI. */
  private plainWord(value: string, vocabulary: Vocabulary): string {
    const expanded = expandValue(value, this.context);
    return wordOf(vocabulary, expanded) ?? expanded;
  }

  private word<Name extends 'bizStep' | 'disposition'>(field: Name, vocabulary: Vocabulary): { [key in Name]?: string } {
    const value = own(this.event, field);
    return typeof value === 'string' ? ({ [field]: this.plainWord(value, vocabulary) } as { [key in Name]?: string }) : {};
  }

  private persistentDisposition(): Pick<EventLinks, 'persistentDisposition'> {
    const value = own(this.event, 'persistentDisposition');
    if (!isObject(value)) return {};
    const words = (name: string): string[] => list(own(value, name)).flatMap((word) => (typeof word === 'string' ? [this.plainWord(word, vocabularies.disposition)] : []));
    return { persistentDisposition: { set: words('set'), unset: words('unset') } };
  }

  private place<Name extends 'readPoint' | 'bizLocation'>(field: Name): { [key in Name]?: string } {
    const value = own(this.event, field);
    return isObject(value) ? ({ [field]: this.id(own(value, 'id')) } as { [key in Name]?: string }) : {};
  }

  private typedIds(field: string, name: string, vocabulary: Vocabulary): TypedId[] {
    return list(own(this.event, field)).map((item) => {
      if (!isObject(item)) return refuse(field);
      const type = own(item, 'type');
      return { type: typeof type === 'string' ? this.plainWord(type, vocabulary) : '', id: this.id(own(item, name)) };
    });
  }

  private errorDeclaration(): { errorDeclaration?: ErrorDeclaration } {
    const value = own(this.event, 'errorDeclaration');
    if (!isObject(value)) return {};
    const reason = own(value, 'reason');
    return {
      errorDeclaration: {
        declarationTime: this.time(own(value, 'declarationTime'), 'declarationTime'),
        ...(typeof reason === 'string' ? { reason: this.plainWord(reason, vocabularies.errorReason) } : {}),
        correctiveEventIds: list(own(value, 'correctiveEventIDs')).filter((id) => typeof id === 'string'),
      },
    };
  }
}

const instances = (ids: readonly string[]): LifeCycleItem[] => ids.map((id) => ({ id, level: 'instance' }));
const classes = (quantities: readonly ClassQuantity[]): LifeCycleItem[] => quantities.map((quantity) => ({ ...quantity, level: 'class' }));

/** What the event brings into being: objects and quantities of an object event with ADD, outputs of a transformation. */
export function commissions(links: EventLinks): LifeCycleItem[] {
  if (links.type === 'TransformationEvent') return [...instances(links.outputs), ...classes(links.outputQuantities)];
  return links.type === 'ObjectEvent' && links.action === 'ADD' ? [...instances(links.epcs), ...classes(links.classes)] : [];
}

/** What the event takes out of being: objects and quantities of an object event with DELETE, inputs of a transformation. */
export function decommissions(links: EventLinks): LifeCycleItem[] {
  if (links.type === 'TransformationEvent') return [...instances(links.inputs), ...classes(links.inputQuantities)];
  return links.type === 'ObjectEvent' && links.action === 'DELETE' ? [...instances(links.epcs), ...classes(links.classes)] : [];
}
