import { invariant } from './invariant';
import { numberIn } from './numbers';
import { roomlessCertificateStates } from './rules';
import { changesOf } from './step';

export const withinCreditLine = invariant('11', "Certificates stay within the obligor's credit line", () => {
  /** Sum of what is reserved on a line now, in minor units; undefined once something of it is sealed to others. */
  const reserved = new Map<string, bigint | undefined>();
  return {
    step(step, state, find) {
      for (const { attributes, before, after } of changesOf(step, 'creditReservation')) {
        const [lineId = '', certificateId = ''] = attributes;
        if (after === undefined || before?.state === after.state) continue;
        const amount = numberIn(state.record('creditReservation', `${lineId}/${certificateId}`), 'amount');
        const sum = reserved.has(lineId) ? reserved.get(lineId) : 0n;
        const sign = after.state === 'reserved' ? 1n : -1n;
        reserved.set(lineId, sum === undefined || amount === undefined ? undefined : sum + sign * amount);
        const certificate = state.get('certificate', certificateId);
        if (after.state === 'released') find.require(certificate === undefined || roomlessCertificateStates.includes(certificate.state), step, () => `the room of certificate ${certificateId} on ${lineId} was released although it is ${certificate?.state ?? ''}`);
      }
      for (const { before, after: certificate } of changesOf(step, 'certificate')) {
        if (certificate?.creditLineId === undefined || before !== undefined) continue;
        const { id, obligor, creditLineId } = certificate;
        const reservation = state.get('creditReservation', creditLineId, id);
        find.require(reservation?.obligor === obligor && reservation.state === 'reserved', step, () => `certificate ${id} names the credit line ${creditLineId}, on which nothing is reserved for it`);
        const [face, amount] = [numberIn(state.record('certificate', id), 'face'), numberIn(state.record('creditReservation', `${creditLineId}/${id}`), 'amount')];
        if (face === undefined || amount === undefined) find.hide();
        else find.require(face === amount, step, () => `the face of ${id} is not what is reserved for it on ${creditLineId}`);
      }
      const touched = new Set([...changesOf(step, 'creditLine').flatMap(({ attributes }) => attributes), ...changesOf(step, 'creditReservation').map(({ attributes: [lineId = ''] }) => lineId)]);
      for (const lineId of touched) {
        const record = state.record('creditLine', lineId);
        const [limit, used, sum] = [numberIn(record, 'limit'), numberIn(record, 'used'), reserved.has(lineId) ? reserved.get(lineId) : 0n];
        if (limit === undefined || used === undefined || sum === undefined) find.hide();
        else {
          find.require(used <= limit, step, () => `more of the credit line ${lineId} is used than its limit`);
          find.require(used === sum, step, () => `what is used of the credit line ${lineId} is not the sum of its reservations`);
        }
      }
    },
  };
});
