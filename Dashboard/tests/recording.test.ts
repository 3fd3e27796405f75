import { describe, expect, test } from 'vitest';
import { CastFault, CastReader, LINE_LIMIT, type Cast } from '../src/recording/asciicast';
import { countUntil, marksOf, MARKS } from '../src/recording/markers';
import { readCast } from '../src/recording/read';
import { LARGEST } from '../src/terminal/size';
import { Player, type PlayerScreen, type PlayerState } from '../src/recording/player';
import { FakeWorld } from './fake';

const HEADER = '{"version":3,"term":{"cols":80,"rows":24},"timestamp":1700000000,"title":"t"}';
function parse(text: string): Cast {
  const reader = new CastReader();
  reader.take(text);
  return reader.end();
}
const cast = (...lines: string[]) => parse([HEADER, ...lines].join('\n'));

describe('asciicast v3', () => {
  test('times add up, comments, input and kinds of later versions are passed over', () => {
    const read = cast('# note', '[0.5, "o", "a"]', '[0.25, "i", "x"]', '', '[0.25, "o", "b\\u001b[0m"]', '[1, "z", "?"]', '[0, "r", "100x30"]', '[0.5, "m", "here"]', '[0.5, "x", "3"]');
    expect(read).toMatchObject({ cols: 80, rows: 24, timestamp: 1700000000, title: 't', plain: true, duration: 3000, fault: '' });
    expect(read.events).toEqual([
      { at: 500, kind: 'output', text: 'a' },
      { at: 1000, kind: 'output', text: 'b\u001b[0m' },
      { at: 2000, kind: 'resize', cols: 100, rows: 30 },
      { at: 2500, kind: 'marker', text: 'here' },
      { at: 3000, kind: 'exit', code: 3 },
    ]);
  });

  test('a recording that was cut is read as far as it goes', () => {
    const read = cast('[1, "o", "a"]', '[1, "o", "b');
    expect(read.events).toHaveLength(1);
    expect(read.fault).toBe('Line 3 cannot be read; what follows is not shown.');
  });

  test.each([['[-1, "o", "a"]'], ['[1]'], ['{"a":1}'], ['["1", "o", "a"]']])('%s is no event', (line) => expect(cast(line).fault).not.toBe(''));

  test.each([[''], ['not JSON'], ['{"version":2,"width":80,"height":24}'], ['{"version":3}'], ['{"version":3,"term":{"cols":0,"rows":24}}']])('%j is no recording', (text) => expect(() => parse(text)).toThrow(CastFault));

  test('a terminal that has a type is a terminal', () => expect(parse('{"version":3,"term":{"cols":8,"rows":2,"type":"xterm"}}').plain).toBe(false));

  test('a header alone is an empty recording', () => expect(parse(HEADER)).toMatchObject({ events: [], duration: 0 }));
});

class FakeScreen implements PlayerScreen {
  text = '';
  size = '';
  resets = 0;

  reset(cols: number, rows: number): void {
    this.text = '';
    this.size = `${cols}x${rows}`;
    this.resets++;
  }

  resize(cols: number, rows: number): void {
    this.size = `${cols}x${rows}`;
  }

  write(text: string): Promise<void> {
    this.text += text;
    return Promise.resolve();
  }
}

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

function play(...lines: string[]) {
  const world = new FakeWorld();
  const screen = new FakeScreen();
  let state: PlayerState | undefined;
  const player = new Player(cast(...lines), screen, world, (next) => (state = next));
  const pass = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0; left -= 50) {
      world.pass(Math.min(50, left));
      await settled();
    }
  };
  return { player, screen, pass, state: () => state! };
}

const LINES = ['[1, "o", "a"]', '[1, "o", "b"]', '[0, "r", "100x30"]', '[1, "o", "c"]', '[0.5, "m", "here"]', '[0.5, "x", "0"]'];

describe('the player', () => {
  test('plays in time, to the end', async () => {
    const { player, screen, pass, state } = play(...LINES);
    player.play();
    await pass(1000);
    expect(screen.text).toBe('a');
    await pass(1000);
    expect([screen.text, screen.size]).toEqual(['ab', '100x30']);
    await pass(2100);
    expect(screen.text).toBe('abc');
    expect(state()).toEqual({ playing: false, speed: 1, at: 4000, exit: 0 });
  });

  test('at twice the speed it takes half the time', async () => {
    const { player, screen, pass } = play(...LINES);
    player.setSpeed(2);
    player.play();
    await pass(1000);
    expect(screen.text).toBe('ab');
  });

  test('a pause stops it where it is', async () => {
    const { player, screen, pass, state } = play(...LINES);
    player.play();
    await pass(1500);
    player.pause();
    await pass(5000);
    expect([screen.text, state().at]).toEqual(['a', 1500]);
    player.play();
    await pass(600);
    expect(screen.text).toBe('ab');
  });

  test('any place shows what plain playing shows there', async () => {
    const { player, screen } = play(...LINES);
    for (const [at, text, size] of [[3000, 'abc', '100x30'], [1200, 'a', '80x24'], [2500, 'ab', '100x30'], [0, '', '80x24'], [99_999, 'abc', '100x30']] as const) {
      await player.seek(at);
      expect([at, screen.text, screen.size]).toEqual([at, text, size]);
    }
  });

  test('seeks that follow each other at once end at the last', async () => {
    const { player, screen } = play(...LINES);
    await Promise.all([player.seek(3000), player.seek(500), player.seek(2000), player.seek(2900)]);
    expect([screen.text, screen.size]).toEqual(['ab', '100x30']);
  });

  test('playing again after the end begins at the start', async () => {
    const { player, screen, pass } = play(...LINES);
    await player.seek(4000);
    player.play();
    await pass(1100);
    expect(screen.text).toBe('a');
  });

  test('markers are found in both directions', async () => {
    const { player } = play(...LINES);
    expect(player.nextMarker(1)).toBe(3500);
    await player.seek(4000);
    expect(player.nextMarker(1)).toBeUndefined();
  });
});

describe('a long recording', () => {
  const stream = (text: string, piece: number) => {
    const bytes = new TextEncoder().encode(text);
    return new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += piece) controller.enqueue(bytes.subarray(at, at + piece));
        controller.close();
      },
    });
  };

  test.each([1, 2, 7, 1000])('is the same in pieces of %i bytes', async (piece) => {
    const text = [HEADER, '[0.5, "o", "ü€😀"]', '# note', '[0, "m", "here"]', '[1, "r", "100x30"]', '[1, "x", "3"]'].join('\n');
    expect(await readCast(stream(text, piece), { now: () => 0, turn: () => Promise.resolve() })).toEqual(parse(text));
  });

  test('is read in short tasks, also where all of it comes at once', async () => {
    const text = [HEADER, ...Array<string>(40_000).fill(`[0.001, "o", "${'x'.repeat(100)}"]`)].join('\n');
    let time = 0;
    let begun = 0;
    let longest = 0;
    const page = {
      now: () => (time += 5), // each look at the clock finds that a piece has taken 5 ms
      turn: () => {
        longest = Math.max(longest, time - begun);
        begun = time;
        return Promise.resolve();
      },
    };
    const read = await readCast(stream(text, text.length), page);
    expect([read.events.length, read.fault]).toEqual([40_000, '']);
    expect(time).toBeGreaterThan((text.length / (64 * 1024)) * 5);
    expect([longest, time - begun].every((one) => one > 0 && one <= 30)).toBe(true);
  });

  test('with a line that is too long is read as far as it goes', () => {
    const reader = new CastReader();
    reader.take(`${HEADER}\n[0, "o", "a"]\n[0, "o", "`);
    for (let length = 0; length <= LINE_LIMIT; length += 65_536) reader.take('x'.repeat(65_536));
    reader.take('"]\n[0, "o", "b"]\n');
    const read = reader.end();
    expect([read.events.length, read.fault]).toEqual([1, 'Line 3 cannot be read; what follows is not shown.']);
  });

  test('with a size that would use up the memory is shown in a smaller one, and says so', () => {
    const read = cast('[0, "r", "65535x65535"]');
    expect(read.events).toEqual([{ at: 0, kind: 'resize', ...LARGEST }]);
    expect(read.fault).toContain('65,535×65,535');
    expect(parse('{"version":3,"term":{"cols":9999,"rows":24}}')).toMatchObject({ cols: 1000, rows: 24 });
  });

  test('with many markers draws few of them, and finds each', () => {
    const read = cast(...Array.from({ length: 5000 }, (_, i) => `[1, "m", "${i}"]`));
    expect(read.markers).toHaveLength(5000);
    const marks = marksOf(read.markers, read.duration);
    expect(marks.length).toBeLessThanOrEqual(MARKS);
    expect([marks.at(-1), Math.min(...marks) >= 0]).toEqual([1, true]);
    expect([0, 999, 1000, 2_500_000, 1e9].map((at) => countUntil(read.markers, at))).toEqual([0, 0, 1, 2500, 5000]);
  });

  test('is drawn in pieces, and a seek elsewhere ends what was under way', async () => {
    const world = new FakeWorld();
    const screen = new FakeScreen();
    const player = new Player(cast(...Array.from({ length: 50 }, (_, i) => `[1, "o", "${String(i % 10).repeat(10_000)}"]`)), screen, world, () => {});
    const pieces: number[] = [];
    screen.write = (text) => {
      pieces.push(text.length);
      screen.text += text;
      return new Promise((resolve) => setImmediate(resolve));
    };
    const far = player.seek(50_000);
    await new Promise<void>((resolve) => setImmediate(resolve));
    await Promise.all([far, player.seek(2000)]);
    expect(screen.text).toBe('0'.repeat(10_000) + '1'.repeat(10_000));
    expect(Math.max(...pieces)).toBeLessThan(80_000);
    expect(pieces.length).toBeLessThan(5);
  });
});
