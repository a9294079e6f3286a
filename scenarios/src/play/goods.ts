import type { Stage } from './stage';
import type { Step } from './step';
import type { Chapter } from './step';

/** Captures one EPCIS document of the story by the organisation that reports it, and remembers the ids of its events. */
export async function capture(stage: Stage, file: string): Promise<Step> {
  const planned = stage.story.captures.find((each) => each.file === file);
  const text = stage.story.documents[file];
  if (planned === undefined || text === undefined) throw new RangeError(`The story has no EPCIS document ${file}.`);
  const step = await stage.take({ name: `captureEvents ${file}`, actor: planned.reporter, verb: 'trace.capture', title: planned.title }, (client) => client.trace.capture(text));
  stage.eventIds.set(file, step.result.captured.map(({ eventId }) => eventId));
  return step;
}

/** From the harvest to the hotpot base: what farm and processor report. */
export const goods: Chapter<'goods'> = {
  name: 'goods',
  title: 'Pepper becomes hotpot base',
  text: 'EPCIS 2.0 documents. Their ids are hashes of the events, computed by the endorsers; a second organisation witnesses each capture.',
  async *steps(stage) {
    const { shippingFile, arrivalFile, receivingFile } = stage.story.shipment;
    const later = new Set([shippingFile, arrivalFile, receivingFile, inspectionFile(stage)]);
    for (const { file } of stage.story.captures) if (!later.has(file)) yield await capture(stage, file);
  },
};

/** The document in which the inspector reports. */
export function inspectionFile(stage: Stage): string | undefined {
  return stage.story.captures.find(({ reporter }) => reporter === stage.story.attestation.author)?.file;
}
