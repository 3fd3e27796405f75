import { expect, test } from 'vitest';
import { ReplayQuiet } from '../src/terminal/quiet';

function begin() {
  const world = { time: 0 };
  const quiet = new ReplayQuiet(() => world.time);
  quiet.expect();
  return { world, quiet };
}

test('a replay is quiet from the attach until a second without output after the hello', () => {
  const { world, quiet } = begin();
  world.time = 30_000; // the connection took its time
  expect(quiet.holds).toBe(true);
  quiet.greeted();
  world.time += 999;
  expect(quiet.holds).toBe(true);
  world.time += 1;
  expect(quiet.holds).toBe(false);
});

test('a replay that takes longer is quiet to its end', () => {
  const { world, quiet } = begin();
  quiet.greeted();
  for (let i = 0; i < 10; i++) {
    world.time += 900;
    quiet.came()();
  }
  expect(quiet.holds).toBe(true);
  world.time += 1000;
  expect(quiet.holds).toBe(false);
  quiet.came()();
  expect(quiet.holds).toBe(false);
});

test('what has come and is not drawn yet is part of it, however long that takes', () => {
  const { world, quiet } = begin();
  quiet.greeted();
  const drawn = quiet.came();
  world.time += 60_000;
  expect(quiet.holds).toBe(true);
  drawn();
  world.time += 1000;
  expect(quiet.holds).toBe(false);
});

test('a break in it does not end it', () => {
  const { world, quiet } = begin();
  quiet.greeted();
  quiet.broken();
  world.time += 20_000;
  expect(quiet.holds).toBe(true);
  quiet.greeted();
  world.time += 1000;
  quiet.broken();
  quiet.greeted();
  expect(quiet.holds).toBe(false);
});

test('a key ends it, but not before the replay has begun', () => {
  const { quiet } = begin();
  quiet.pressed();
  expect(quiet.holds).toBe(true);
  quiet.greeted();
  const drawn = quiet.came();
  quiet.pressed();
  expect(quiet.holds).toBe(false);
  drawn();
  expect(quiet.holds).toBe(false);
});
