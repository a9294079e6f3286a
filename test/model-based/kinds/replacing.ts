import { slugs, users } from '../actors';
import { all, deadline, fine, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelCertificate, ModelHolding } from '../objects';
import { DAY } from '../world';
import type { World } from '../world';
import { active, certificateRuling, frozen, holdingRuling, isLive, restore } from './holdings';

const proposeReplacement: Kind = {
  name: 'proposeReplacement',
  weight: 2,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state, replacement }) => state === 'active' && replacement === undefined);
    if (certificate === undefined) return undefined;
    const by = users(pick, [certificate.obligor]);
    const expiresAt = Date.now() + (pick.rarely(3) ? world.soon() : DAY);
    return {
      verb: 'proposeReplacement',
      by,
      what: certificate.id,
      ...all(
        certificateRuling('proposeReplacement', certificate, by.slug),
        // One whose time is over gives way to a new one.
        certificate.replacement === undefined ? fine : deadline('WRONG_STATE', 'early', certificate.replacement.expiresAt),
        deadline('EXPIRED', 'late', expiresAt),
      ),
      call: (client) => client.certificates.proposeReplacement({ certificateId: certificate.id, registry: 'Bill registry', documentHash: 'cd'.repeat(32), expiresAt: new Date(expiresAt) }),
      apply: () => {
        certificate.replacement = { serial: world.serial(), expiresAt };
      },
    };
  },
};

const withdrawReplacement: Kind = {
  name: 'withdrawReplacement',
  weight: 1,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state, replacement }) => state === 'active' && replacement !== undefined);
    if (certificate === undefined) return undefined;
    const by = users(pick, [certificate.obligor]);
    return {
      verb: 'withdrawReplacement',
      by,
      what: certificate.id,
      refusals: [...certificateRuling('withdrawReplacement', certificate, by.slug), ...unless(certificate.replacement !== undefined, 'WRONG_STATE')],
      call: (client) => client.certificates.withdrawReplacement({ certificateId: certificate.id }),
      apply: () => {
        certificate.replacement = undefined;
      },
    };
  },
};

const agreeToReplacement: Kind = {
  name: 'agreeToReplacement',
  weight: 12,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, certificate }) => (state === 'free' || state === 'financed') && certificate.state === 'active' && (certificate.replacement?.expiresAt ?? 0) > Date.now());
    if (holding === undefined) return undefined;
    const { replacement } = holding.certificate;
    const by = users(pick, [holding.owner]);
    return {
      verb: 'agreeToReplacement',
      by,
      what: holding.id,
      ...all(
        holdingRuling('agreeToReplacement', holding, by.slug),
        active(holding),
        replacement === undefined ? ['WRONG_STATE'] : deadline('EXPIRED', 'late', replacement.expiresAt),
        frozen(world, [holding]),
      ),
      call: (client) => client.certificates.agreeToReplacement({ holdingId: holding.id }),
      apply: () => {
        if (replacement === undefined) return;
        holding.proposal = { serial: world.serial(), kind: 'replacement', prior: holding.state, expiresAt: replacement.expiresAt, replacement: replacement.serial };
        holding.state = 'replacement agreed';
      },
    };
  },
};

/** Whether what the owner agreed to is still proposed. */
function stands({ proposal, certificate }: ModelHolding): boolean {
  return certificate.state === 'active' && certificate.replacement !== undefined && certificate.replacement.serial === proposal?.replacement;
}

const endReplacementAgreement: Kind = {
  name: 'endReplacementAgreement',
  weight: 2,
  propose: (world, pick) => {
    const over = pick.rarely(2);
    const holding = pick.mostly(world.holdings, (each) => each.state === 'replacement agreed' && (!over || !stands(each) || (each.proposal?.expiresAt ?? 0) <= Date.now()));
    if (holding === undefined) return undefined;
    const by = users(pick, [over ? pick.one(slugs) : holding.owner]);
    return {
      verb: 'endReplacementAgreement',
      by,
      what: holding.id,
      ...all(holdingRuling('endReplacementAgreement', holding, by.slug), stands(holding) && by.slug !== holding.owner ? deadline('NOT_YET', 'early', holding.proposal?.expiresAt ?? 0) : fine),
      call: (client) => client.certificates.endReplacementAgreement({ holdingId: holding.id }),
      apply: () => restore(holding),
    };
  },
};

/** Live holdings and those that ended by money or netting: together the whole certificate. */
function wholeOf(world: World, certificate: ModelCertificate): ModelHolding[] {
  return world.holdingsOf(certificate).filter((holding) => isLive(holding) || holding.state === 'redeemed' || holding.state === 'netted');
}

const replaceCertificate: Kind = {
  name: 'replaceCertificate',
  weight: 14,
  propose: (world, pick) => {
    const agreed = (holding: ModelHolding) => (isLive(holding) ? stands(holding) && holding.state === 'replacement agreed' : true);
    const certificate = pick.mostly(world.certificates, (each) => each.state === 'active' && each.replacement !== undefined && wholeOf(world, each).every(agreed));
    if (certificate === undefined) return undefined;
    const whole = wholeOf(world, certificate);
    const left = pick.rarely(8) ? whole.slice(1) : whole;
    if (left.length === 0) return undefined;
    const by = users(pick, [certificate.obligor]);
    return {
      verb: 'replaceCertificate',
      by,
      what: certificate.id,
      ...all(
        certificateRuling('replaceCertificate', certificate, by.slug),
        certificate.replacement === undefined ? ['WRONG_STATE'] : deadline('EXPIRED', 'late', certificate.replacement.expiresAt),
        unless(left.every(agreed), 'WRONG_STATE'),
        unless(left.length === whole.length, 'AMOUNT_MISMATCH'),
        frozen(world, left),
      ),
      call: (client) => client.certificates.replaceCertificate({ certificateId: certificate.id, holdingIds: left.map(({ id }) => id) }),
      apply: () => {
        certificate.state = 'replaced';
        for (const holding of left.filter(isLive)) Object.assign(holding, { state: 'replaced', proposal: undefined } satisfies Partial<ModelHolding>);
      },
    };
  },
};

export const replacingKinds: readonly Kind[] = [proposeReplacement, withdrawReplacement, agreeToReplacement, endReplacementAgreement, replaceCertificate];
