import { clip, renderTable, Screen, visibleLength, WIDTH, wrap } from './screen';

class Sink {
  text = '';
  constructor(readonly isTTY: boolean) {}
  write(text: string): void {
    this.text += text;
  }
}

describe('Screen', () => {
  test('a pipe gets neither colour nor progress', () => {
    const sink = new Sink(false);
    const screen = new Screen(sink, {});
    screen.progress('starting …');
    screen.heading(1, 'A title', 'A text.');
    screen.line(screen.colours.green('done'));
    expect(sink.text).toBe('\n 1 A title\n   A text.\n\ndone\n');
  });

  test('on a terminal the next line replaces the progress', () => {
    const sink = new Sink(true);
    const screen = new Screen(sink, {});
    screen.progress('starting …');
    screen.line('ready');
    expect(sink.text.endsWith('\r\u001b[2Kready\n')).toBe(true);
    expect(sink.text).toContain('starting …');
  });

  test('NO_COLOR and a dumb terminal are respected', () => {
    for (const env of [{ NO_COLOR: '' }, { TERM: 'dumb' }]) expect(new Screen(new Sink(true), env).colours.red('x')).toBe('x');
    expect(new Screen(new Sink(true), { TERM: 'xterm' }).colours.red('x')).not.toBe('x');
  });
});

describe('renderTable', () => {
  const { colours } = new Screen(new Sink(false));

  test('has a rule under its head and below, and cells are aligned', () => {
    expect(renderTable(['who', 'paid'], [['bank', '1'], ['factor', '22']], colours, { right: [1] })).toEqual(['who     paid', '─'.repeat(13), 'bank       1', 'factor    22', '─'.repeat(13)]);
  });

  test('long cells are wrapped inside their column', () => {
    const lines = renderTable(['what'], [['one two three four five']], colours, { widths: [12] });
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(visibleLength(line)).toBeLessThanOrEqual(12);
  });

  test('coloured cells take the room of what a reader sees', () => {
    const terminal = new Screen(new Sink(true), { TERM: 'xterm' }).colours;
    const [, rule = ''] = renderTable(['state'], [[terminal.green('holds')]], terminal);
    expect(visibleLength(rule)).toBe(6);
  });
});

test('wrap breaks at spaces and cuts what is longer than a line', () => {
  expect(wrap('aa bb ccccccc d', 5)).toEqual(['aa bb', 'ccccc', 'cc d']);
  expect(wrap('', 5)).toEqual([]);
});

test('clip shows that something was cut', () => {
  expect(clip('abcdef', 6)).toBe('abcdef');
  expect(clip('abcdefg', 6)).toBe('abcde…');
  expect(WIDTH).toBe(100);
});
