import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NetworkError } from '../errors';
import { loadTopology, parseTopology } from './load';

const file = path.resolve(__dirname, '../../consortium.yaml');
const valid = readFileSync(file, 'utf8');
const lineOf = (text: string) => valid.slice(0, valid.indexOf(text)).split('\n').length;

function refusal(text: string): string {
  try {
    parseTopology(text, 'test.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(NetworkError);
    expect((error as NetworkError).code).toBe('TOPOLOGY_INVALID');
    return (error as NetworkError).message;
  }
  throw new Error('It should have been refused.');
}

it('reads the default consortium', () => {
  expect(loadTopology(file).organisations.map(({ slug }) => slug)).toEqual(['brand', 'processor', 'farm', 'carrier', 'bank', 'factor', 'clearing', 'regulator']);
});

it.each([
  ['a wrong check digit', '"9524002000000"', '"9524002000001"', /organisations\.1\.gln: has a wrong check digit/],
  ['a role that does not exist', 'roles: [supplier]', 'roles: [wizard]', /organisations\.1\.roles\.0/],
  ['a port out of range', 'port: 8051', 'port: 80510', /organisations\.1\.peers\.0\.port/],
  ['a version without quotes', 'version: "1.0"', 'version: 1.0', /chaincode\.version/],
])('names line and path of %s', (_what, from, to, expected) => {
  const message = refusal(valid.replace(from, to));
  expect(message).toMatch(expected);
  expect(message).toMatch(new RegExp(`${lineOf(from)}:[0-9]+ `));
});

it.each([
  ['an MSP id', 'FarmMSP', 'BankMSP', /MSP ids must be unique; used twice: BankMSP/],
  ['a port', 'port: 8051,', 'port: 7051,', /ports must be unique; used twice: localhost:7051/],
])('finds %s that is used twice', (_what, from, to, expected) => expect(refusal(valid.replace(from, to))).toMatch(expected));

it('asks for a user who may approve chaincode', () => {
  expect(refusal(valid.replace('{ name: Admin, admin: true }', '{ name: Admin }'))).toContain('brand needs a user with admin: true');
});

it('reports every problem at once, and text that is no YAML', () => {
  expect(refusal(valid.replace('port: 8051', 'port: -1').replace('port: 9051', 'port: -1')).match(/\.port: /g)).toHaveLength(2);
  expect(refusal('a: [')).toContain('test.yaml is not a valid topology');
});

it('names a file that is not there', () => {
  expect(() => loadTopology('/none.yaml')).toThrow(/Cannot read the topology \/none\.yaml/);
});
