import { code, codes, page, table } from './markdown.mjs';
import { stateDiagram } from './state-diagram.mjs';

/** Contents of docs/reference by file name, from the exports of the model. */
export function referencePages(model) {
  return {
    'README.md': index(),
    'states.md': states(model),
    'verbs.md': verbs(model),
    'keys.md': keys(model),
    'records.md': records(model),
    'errors.md': errors(model),
  };
}

function index() {
  return page('Reference', 'the code', 'What the code says about itself. Tests fail when a page here is not up to date.', [
    table(
      ['page', 'what'],
      [
        ['[states.md](states.md)', 'how every object changes its state, and who may change it'],
        ['[verbs.md](verbs.md)', 'every function of the contracts: who calls it, who endorses it'],
        ['[keys.md](keys.md)', 'what stands on the channel for everyone, and whose endorsement changes it'],
        ['[records.md](records.md)', 'what is sealed, and who holds it'],
        ['[errors.md](errors.md)', 'every error code'],
      ],
    ),
  ]);
}

function states({ stateTables }) {
  const introduction = 'Each table is data in `model/src/tables`: the chaincode takes its guard from it, the tests their wrong callers. An object that is not there yet is `(none)`. What else a step requires is checked by the rule of the same name.';
  const list = stateTables.map(({ object }) => `[${object}](#${object.toLowerCase().replace(/\s+/g, '-')})`).join(' · ');
  const sections = stateTables.map((each) => {
    const rows = each.transitions.map(({ from, verb, who, to, or = [], requires }) => [from.map((state) => state ?? '(none)').join(', '), code(verb), who.join(' or '), [to, ...or].join(' or '), requires]);
    return `## ${each.object}\n\n${stateDiagram(each)}\n\n${table(['from', 'verb', 'who', 'to', 'requires'], rows)}`;
  });
  return page('States', 'model/src/tables', `${introduction}\n\n${list}`, sections);
}

function verbs({ verbs: contracts }) {
  const introduction = [
    'Every verb is data in `model/src/verbs`. *Organisation*: the roles of which the caller\'s organisation needs one; empty, any active member. *User*: the value that the caller\'s certificate needs in the attribute `dualchain.roles`. *Endorsed by*: the organisations whose peers must all agree, by the part they play; the client names them in the proposal. *Shown to them*: the [sealed records](records.md) that the client passes as openings. A verb with sealed content takes it from the transient map only.',
    'A verb marked † may also be called by a member that is suspended.',
  ].join('\n\n');
  const sections = Object.entries(contracts).map(([contract, of]) => {
    const all = Object.values(of);
    const rows = all
      .filter(({ kind }) => kind === 'submit')
      .map(({ name, summary, roles, users, endorsers, openings, sealed, whileSuspended }) => [`${code(name)}${whileSuspended === true ? ' †' : ''}`, summary, roles.join(' or '), users.join(' or '), endorsers.join(', '), codes(openings), sealed === undefined ? '' : 'yes']);
    const questions = all.filter(({ kind }) => kind === 'evaluate').map(({ name, summary, users }) => [code(name), summary, users.join(' or ')]);
    return [
      `## ${contract}`,
      ...(rows.length === 0 ? [] : ['### Verbs that write', table(['verb', 'what it does', 'organisation', 'user', 'endorsed by', 'shown to them', 'sealed content'], rows)]),
      ...(questions.length === 0 ? [] : ['### Questions', table(['verb', 'answer', 'user'], questions)]),
    ].join('\n\n');
  });
  return page('Verbs', 'model/src/verbs', introduction, sections);
}

function keys({ keyTable }) {
  const introduction = 'Public keys of the channel: every member reads them. A key with a policy of its own changes only with the endorsement that it names, whatever chaincode an organisation runs. An index has none: it can be derived, and auditors derive it again; it is under the policy of the chaincode, any two members.';
  const rows = (wanted) =>
    Object.entries(keyTable)
      .filter(([, { policy }]) => (policy === '') === wanted)
      .map(([type, { attributes, value, policy }]) => [code([type, ...attributes].join(' / ')), value.replace(/^index: /, ''), ...(wanted ? [] : [policy])]);
  return page('Keys and endorsement', 'model/src/ledger-keys.ts', introduction, [`## Objects\n\n${table(['key', 'value', 'changes with the endorsement of'], rows(false))}`, `## Indices\n\n${table(['key', 'what it finds'], rows(true))}`]);
}

function records({ recordTable }) {
  const introduction = [
    'Commercial terms are sealed: a salted record stands, byte for byte equal, in the implicit private collection of each organisation that may read it, and the channel shows only its hash. Writing into an organisation\'s collection needs its endorsement, and a claim counts only if the same hash stands with all the organisations that must hold it.',
    'Beside these, the author of a public fact (an event batch, an attestation, a vote, a payment, a freeze, a recall) keeps the hash of the fact in its own collection under `anchor:…`, so that nobody else can speak in its name.',
  ].join('\n\n');
  return page('Sealed records', 'model/src/record-table.ts', introduction, [table(['record', 'its id', 'what it holds', 'who holds it'], Object.entries(recordTable).map(([type, { id, holds, holders }]) => [code(type), id, holds, holders]))]);
}

function errors({ errorCatalogue }) {
  const introduction = 'Every error is a `DualchainError` with one of these codes, a message that says what to do, and details. *Try again*: whether the same call may succeed later without a change of its input. *Exit status*: that of command lines.';
  return page('Errors', 'model/src/errors.ts', introduction, [table(['code', 'meaning', 'try again', 'exit status'], Object.entries(errorCatalogue).map(([name, { meaning, retryable, exit }]) => [code(name), meaning, retryable ? 'yes' : '', exit]))]);
}
