import { canonicalJson, commissions, DualchainError, EpcisInputError, eventHash, eventLinks, guardJson, parseContext, validateEvent } from '@dualchain/model';
import type { CaptureResult, EpcisContext, EpcisProblem, EventLinks, EventRecord, InputOf, JsonObject, traceVerbs } from '@dualchain/model';

export type CaptureInput = InputOf<typeof traceVerbs.captureEvents>;

/** Longest JSON-LD context; it is kept with every event. */
const MAX_CONTEXT = 32_768;
/** Identifiers that the events of one transaction may name together: each is an index key. */
export const MAX_SUBJECTS = 5000;
/** Problems that one error carries; the message says how many there were. */
const MAX_PROBLEMS = 1000;

/** An event that is well-formed by itself; whether the ledger takes it is decided with what stands there. */
export interface Candidate {
  readonly index: number;
  readonly id: string;
  readonly event: JsonObject;
  readonly links: EventLinks;
}

export interface Judged {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly EpcisProblem[];
}

/**
 * The events that are well-formed, with their CBV 2.0 hash ids, and everything that is wrong with the others. A path in a
 * problem begins at the event ("$.bizStep"). Throws INVALID_EPCIS on a broken context and TOO_LARGE.
 */
export function judgeEvents({ context: rawContext, events }: Pick<CaptureInput, 'context' | 'events'>, now: string): Judged {
  const context = readContext(rawContext);
  const candidates: Candidate[] = [];
  const problems: EpcisProblem[] = [];
  events.forEach((event, index) => {
    const found = validateEvent(event, context, { index, now });
    if (found.length > 0) problems.push(...found);
    else candidates.push({ index, event, id: eventHash(event, context).id, links: eventLinks(event, context) });
  });
  const subjects = candidates.reduce((sum, { links }) => sum + links.subjects.length, 0);
  if (subjects > MAX_SUBJECTS) throw new DualchainError('TOO_LARGE', `The events name ${subjects} identifiers; one transaction takes ${MAX_SUBJECTS}. Capture fewer events at once.`, { details: { subjects, limit: MAX_SUBJECTS } });
  return { candidates, problems };
}

function readContext(raw: unknown): EpcisContext {
  if (raw === undefined || raw === null) return parseContext(undefined);
  const problems = guardJson(raw, '$["@context"]');
  if (problems.length > 0) throw new EpcisInputError(problems);
  if (canonicalJson(raw).length > MAX_CONTEXT) throw new DualchainError('TOO_LARGE', `The "@context" is longer than ${MAX_CONTEXT} characters; declare only the namespaces that the events use.`);
  return parseContext(raw);
}

/** What the ledger holds that a capture depends on. */
export interface CaptureGround {
  /** Events that stand under the ids of the candidates. */
  readonly standing: ReadonlyMap<string, EventRecord>;
  /** Event that brought an object into being, by the object. */
  readonly commissioned: ReadonlyMap<string, string>;
  /** What is wrong with the places of an event, from {@link placeProblems}. */
  readonly places: (links: EventLinks) => readonly Omit<EpcisProblem, 'event'>[];
}

export interface CaptureBy {
  readonly reporter: string;
  readonly at: string;
  readonly transactionId: string;
  readonly mode: CaptureInput['mode'];
  readonly context: unknown;
}

/** An event to write: new, or a standing one that gets an error declaration. */
export interface Written {
  readonly record: EventRecord;
  readonly links: EventLinks;
  readonly fresh: boolean;
  /** Time of an error declaration that came after the capture. */
  readonly declaredAt?: string;
}

export interface CaptureDecision {
  readonly result: CaptureResult;
  readonly written: readonly Written[];
  /** Objects that events brought into being: the event, or null where an error declaration took the claim back. */
  readonly commissioned: ReadonlyMap<string, string | null>;
}

/**
 * Which events are captured. Events are taken in the order of the document, so one may rest on an earlier one. The same
 * event again is a no-op; an error declaration re-states a standing event and is its reporter's alone; an object comes
 * into being once, lots may be added to. In mode `all` one bad event refuses everything.
 * Throws INVALID_EPCIS with every problem (`details.problems`).
 */
export function decideCapture({ candidates, problems }: Judged, ground: CaptureGround, by: CaptureBy): CaptureDecision {
  const capture = new Capture(ground, by);
  for (const candidate of candidates) capture.take(candidate);
  const all = [...problems, ...capture.problems].sort((a, b) => (a.event ?? 0) - (b.event ?? 0));
  if (by.mode === 'all' && all.length > 0) throw refusal(all);
  const refused = [...new Set(all.map((problem) => problem.event ?? 0))].map((index) => ({ index, problems: all.filter((problem) => problem.event === index).map(({ path, rule, message }) => ({ path, rule, message })) }));
  return { result: { captured: capture.captured, refused }, written: [...capture.written.values()], commissioned: capture.commissioned };
}

function refusal(problems: readonly EpcisProblem[]): DualchainError {
  const [first] = problems;
  const events = new Set(problems.map((problem) => problem.event)).size;
  const more = problems.length === 1 ? '' : ` (${problems.length} problems in ${events} event${events === 1 ? '' : 's'})`;
  return new DualchainError('INVALID_EPCIS', `Event ${first?.event ?? 0}, ${first?.path ?? '$'}: ${first?.message ?? ''}${more}`, { details: { problems: problems.slice(0, MAX_PROBLEMS), total: problems.length } });
}

class Capture {
  readonly captured: CaptureResult['captured'][number][] = [];
  readonly problems: EpcisProblem[] = [];
  readonly written = new Map<string, Written>();
  readonly commissioned = new Map<string, string | null>();

  constructor(
    private readonly ground: CaptureGround,
    private readonly by: CaptureBy,
  ) {}

  take(candidate: Candidate): void {
    const standing = this.written.get(candidate.id)?.record ?? this.ground.standing.get(candidate.id);
    if (standing === undefined) this.takeNew(candidate);
    else if (candidate.links.errorDeclaration === undefined || isDeclaredBy(standing, candidate.event['errorDeclaration'])) this.captured.push({ index: candidate.index, eventId: candidate.id, already: true });
    else this.declare(candidate, standing);
  }

  private takeNew({ index, id, event, links }: Candidate): void {
    const { reporter, at, transactionId, context } = this.by;
    const born = links.errorDeclaration === undefined ? bornIn(links) : [];
    const problems = [...this.ground.places(links), ...born.flatMap((object) => this.bornProblem(object))];
    if (problems.length > 0) {
      this.problems.push(...problems.map((problem) => ({ event: index, ...problem })));
      return;
    }
    for (const { id: object } of born) this.commissioned.set(object, id);
    this.written.set(id, { record: { id, reporter, capturedAt: at, transactionId, batch: transactionId, context: context ?? null, event }, links, fresh: true });
    this.captured.push({ index, eventId: id });
  }

  private bornProblem({ id, path }: Born): Omit<EpcisProblem, 'event'>[] {
    const before = this.commissioned.has(id) ? this.commissioned.get(id) : this.ground.commissioned.get(id);
    if (before === undefined || before === null) return [];
    return [{ path, rule: 'trace.exists', message: `The object ${id} exists already: the event ${before} brought it into being. Observe it, or declare that event to be an error first.` }];
  }

  private declare({ index, id, event, links }: Candidate, standing: EventRecord): void {
    const { reporter, at, transactionId } = this.by;
    if (standing.reporter !== reporter) {
      this.problems.push({ event: index, path: '$.errorDeclaration', rule: 'trace.declaration', message: `The event ${id} was reported by ${standing.reporter}; only its reporter can declare it to be an error.` });
      return;
    }
    const { event: original, declarations = [] } = standing;
    const record: EventRecord = { ...standing, event: original, declarations: [...declarations, { transactionId, capturedAt: at, errorDeclaration: event['errorDeclaration'] }] };
    for (const { id: object } of bornIn(links)) {
      const by = this.commissioned.has(object) ? this.commissioned.get(object) : this.ground.commissioned.get(object);
      if (by === id) this.commissioned.set(object, null);
    }
    const declaredAt = links.errorDeclaration?.declarationTime ?? at;
    this.written.set(id, { record, links, fresh: this.written.get(id)?.fresh ?? false, declaredAt });
    this.captured.push({ index, eventId: id });
  }
}

function isDeclaredBy({ event, declarations = [] }: EventRecord, errorDeclaration: unknown): boolean {
  const wanted = canonicalJson(errorDeclaration);
  return [event['errorDeclaration'], ...declarations.map((declared) => declared.errorDeclaration)].some((standing) => standing !== undefined && canonicalJson(standing) === wanted);
}

interface Born {
  readonly id: string;
  readonly path: string;
}

/** Single objects that an event brings into being. What goes into a transformation and comes out again (a repair) was there before. */
export function bornIn(links: EventLinks): Born[] {
  const field = links.type === 'TransformationEvent' ? 'outputEPCList' : 'epcList';
  return commissions(links).flatMap(({ id, level }) => (level === 'instance' && !links.inputs.includes(id) ? [{ id, path: `$.${field}` }] : []));
}
