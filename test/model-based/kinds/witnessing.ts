import { users } from '../actors';
import { unless } from '../attempt';
import type { Kind } from '../attempt';

const attest: Kind = {
  name: 'attest',
  weight: 2,
  propose: (world, pick) => {
    const certificate = pick.one(world.certificates.filter((each) => !world.inspections.some((inspection) => inspection.certificate === each)));
    if (certificate === undefined) return undefined;
    const id = world.id('AT');
    return {
      verb: 'attest',
      by: { slug: 'regulator', user: 'maker' },
      what: certificate.id,
      refusals: [],
      call: (client) => client.attestations.attest({ attestationId: id, subject: { type: 'certificate', id: certificate.id }, claim: 'inspected', evidenceHash: 'ab'.repeat(32) }),
      apply: () => world.inspections.push({ id, certificate, revoked: false }),
    };
  },
};

const revoke: Kind = {
  name: 'revoke',
  weight: 1,
  propose: (world, pick) => {
    // Without the inspector's word nothing goes on: rarely.
    const inspection = pick.rarely(3) ? pick.one(world.inspections) : undefined;
    if (inspection === undefined) return undefined;
    const by = users(pick, ['regulator']);
    return {
      verb: 'revoke',
      by,
      what: inspection.id,
      refusals: [...unless(by.slug === 'regulator', 'NOT_A_PARTY'), ...unless(!inspection.revoked, 'WRONG_STATE')],
      call: (client) => client.attestations.revokeAttestation({ attestationId: inspection.id }),
      apply: () => {
        inspection.revoked = true;
      },
    };
  },
};

/** A holder shows the auditor of the policy a holding; nothing of it changes. */
const openToAuditor: Kind = {
  name: 'openToAuditor',
  weight: 1,
  propose: (world, pick) => {
    const holding = pick.one(world.holdings);
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner]);
    const auditor = pick.rarely(6) ? 'BankMSP' : 'RegulatorMSP';
    const holds = by.slug === holding.owner || (by.slug === 'brand' && holding.standIn === undefined) || (by.slug === 'regulator' && holding.standIn !== undefined);
    return {
      verb: 'openToAuditor',
      by,
      what: `${holding.id} to ${auditor}`,
      refusals: unless(auditor === 'RegulatorMSP', 'NOT_A_PARTY', 'INVALID_INPUT', 'NOT_FOUND', 'OPENING_REQUIRED', 'NOT_GENUINE'),
      // Others may hold a copy from a proposal, present or outdated.
      perhaps: holds ? [] : ['NOT_FOUND', 'NOT_GENUINE', 'OPENING_REQUIRED', 'INVALID_INPUT'],
      call: (client) => client.consortium.openToAuditor({ auditor, records: [{ type: 'holding', id: holding.id }] }),
      apply: () => undefined,
    };
  },
};

export const witnessingKinds: readonly Kind[] = [attest, revoke, openToAuditor];
