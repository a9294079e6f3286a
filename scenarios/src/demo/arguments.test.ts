import { DualchainError } from '@dualchain/model';
import { helpText, parseArguments } from './arguments';
import { WIDTH } from './screen';

test('nothing given plays the story on free ports', () => {
  expect(parseArguments([])).toEqual({ help: false, epcis: undefined, ports: 'ephemeral' });
});

test('options are read in both spellings', () => {
  expect(parseArguments(['--epcis', 'a.jsonld', '--ports=topology'])).toEqual({ help: false, epcis: 'a.jsonld', ports: 'topology' });
  expect(parseArguments(['-h']).help).toBe(true);
});

test.each([
  [['--frobnicate'], '--frobnicate'],
  [['a.jsonld'], 'a.jsonld'],
  [['--epcis'], '--epcis'],
  [['--epcis='], '--epcis'],
  [['--ports', '7050'], '7050'],
  [['--help=yes'], '--help'],
])('%j is refused and named', (argv, named) => {
  let error: unknown;
  try {
    parseArguments(argv);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(DualchainError);
  expect(error).toMatchObject({ code: 'INVALID_INPUT', exitCode: 2 });
  expect((error as DualchainError).message).toContain(named);
  expect((error as DualchainError).message).toContain('npm start -- --help');
});

test('the help names every option', () => {
  for (const option of ['--epcis', '--ports', '--help']) expect(helpText).toContain(option);
  for (const line of helpText.split('\n')) expect(line.length).toBeLessThanOrEqual(WIDTH);
});
