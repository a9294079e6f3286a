import { checkId } from '../gs1';
import { expandName, expandValue, isObject } from './context';
import { memberPath } from './guard';
import { parseTime } from './time';
import type { EpcisContext, EpcisProblem, JsonObject } from './types';
import { wordOf } from './vocabulary';
import type { Vocabulary } from './vocabulary';

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `"${text.slice(0, 80).replace(/[^\x20-\x7e]/g, '?')}${text.length > 80 ? '...' : ''}"`;
};

/** Fields with a checker each; the value is present when it is called. */
export type FieldRules = Readonly<Record<string, (value: unknown, path: string) => void>>;

/** Collects the problems of one event; every check names the path and says what to do. */
export class Checker {
  readonly problems: EpcisProblem[] = [];

  constructor(
    readonly context: EpcisContext,
    private readonly index: number,
  ) {}

  add(path: string, rule: string, message: string): void {
    this.problems.push({ event: this.index, path, rule, message });
  }

  object(value: unknown, path: string): value is JsonObject {
    if (isObject(value)) return true;
    this.add(path, 'epcis.shape', 'This must be a JSON object.');
    return false;
  }

  list(value: unknown, path: string, minimum = 0): readonly unknown[] {
    if (!Array.isArray(value)) this.add(path, 'epcis.shape', 'This must be an array.');
    else if (value.length < minimum) this.add(path, 'epcis.empty-list', 'This list must not be empty; leave the field out instead.');
    return Array.isArray(value) ? value : [];
  }

  text(value: unknown, path: string): value is string {
    if (typeof value === 'string') return true;
    this.add(path, 'epcis.shape', 'This must be a text.');
    return false;
  }

  number(value: unknown, path: string): value is number {
    if (typeof value === 'number' && Number.isFinite(value)) return true;
    this.add(path, 'epcis.shape', 'This must be a number, in JSON without quotes, with no more digits than can be kept exactly.');
    return false;
  }

  /** An identifier: a URI; if it is a GS1 key, well-formed and with a right check digit. */
  id(value: unknown, path: string): void {
    const expanded = typeof value === 'string' ? expandValue(value, this.context) : value;
    const problem = checkId(expanded);
    if (problem !== undefined) this.add(path, problem.rule.startsWith('id.') ? `epcis.${problem.rule.replace('.', '-')}` : problem.rule, problem.message);
  }

  time(value: unknown, path: string): number | undefined {
    const time = typeof value === 'string' ? parseTime(value) : undefined;
    if (time !== undefined) return time;
    if (typeof value === 'string' && /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+$/.test(value)) this.add(path, 'epcis.time-offset', `The time ${shown(value)} has no offset; add "Z" or an offset such as "+01:00".`);
    else this.add(path, 'epcis.time', `${shown(value)} is not a time; write it like "2026-11-24T08:00:00.000+01:00", a real date with an offset.`);
    return undefined;
  }

  /** A standard word (bare, CBV URN or web URI) or a URI of another vocabulary. */
  word(value: unknown, path: string, vocabulary: Vocabulary): void {
    if (!this.text(value, path)) return;
    const expanded = expandValue(value, this.context);
    const word = wordOf(vocabulary, expanded);
    if (word === undefined) {
      const problem = /^(?:urn:epcglobal:cbv:|https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\/)/.test(expanded) ? { message: `${shown(value)} is a CBV term of another kind.` } : checkId(expanded);
      if (problem !== undefined) this.add(path, `cbv.${vocabulary.name}`, `${shown(value)} is no ${vocabulary.title}: use a word of CBV 2.0 or the URI of your own vocabulary. ${problem.message}`);
    } else if (!vocabulary.words.has(word) && !(vocabulary.open && expanded.includes(':'))) {
      this.add(path, `cbv.${vocabulary.name}`, `${shown(word)} is not a ${vocabulary.title} of CBV 2.0; use one of its words or a URI of your own vocabulary such as "https://example.com/voc/${/^[A-Za-z0-9_-]{1,40}$/.test(word) ? word : 'term'}".`);
    }
  }

  /**
   * Fields of an object: the named ones by their rules, "namespace" names free if the prefix is declared, all others refused.
   * Returns the names that are present.
   */
  fields(value: JsonObject, path: string, rules: FieldRules, extensible: boolean): Set<string> {
    const present = new Set<string>();
    for (const [name, inner] of Object.entries(value)) {
      const at = memberPath(path, name);
      if (Object.hasOwn(rules, name)) {
        if (inner === null) this.add(at, 'epcis.null', 'This field is null; leave it out instead.');
        else {
          present.add(name);
          rules[name]?.(inner, at);
        }
      } else if (!extensible || !name.includes(':')) this.add(at, 'epcis.unknown-field', `There is no field "${name.slice(0, 60)}" here; ${extensible ? 'remove it or put your own field in a declared namespace ("prefix:name")' : 'remove it'}.`);
      else if (expandName(name, this.context) === undefined && this.context.remote !== true) this.add(at, 'epcis.prefix', `The prefix of "${name.slice(0, 60)}" is not declared in the "@context"; declare it or write the full URI.`);
    }
    return present;
  }

  require(present: ReadonlySet<string>, path: string, names: readonly string[]): void {
    for (const name of names) if (!present.has(name)) this.add(memberPath(path, name), 'epcis.required', `The field "${name}" is missing.`);
  }
}
