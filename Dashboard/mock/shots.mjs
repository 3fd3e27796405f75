#!/usr/bin/env node
// Looks at every page of the built dashboard before the made-up gateway: screenshots into shots/, and what the browser complains about.
//
//   npm run build && node mock/shots.mjs [only]
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch } from './browser.mjs';

const PORT = 7420;
const here = new URL('.', import.meta.url).pathname;
const shots = new URL('../shots/', import.meta.url).pathname;
const only = process.argv[2] ?? '';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
mkdirSync(shots, { recursive: true });

const SHELL = `n1/${'a'.repeat(64)}`;
const PAGES = [
  ['overview', '#/', async (page) => page.waitForFunction(() => document.querySelector('.spark-line')?.getAttribute('points').split(' ').length >= 60)],
  ['containers', '#/containers', async (page) => page.locator('[data-testid=container]').first().waitFor()],
  ['container', `#/containers/${SHELL}`, help],
  ['hostile', `#/containers/n2/${'c'.repeat(64)}`, async (page) => page.locator('[data-testid=terminal-state][data-state=live]').waitFor()],
  ['exited', `#/containers/n3/${'f'.repeat(64)}`, async (page) => page.locator('.term-over').waitFor()],
  ['sessions', '#/sessions', async (page) => page.locator('[data-testid=session-container]').first().waitFor()],
  ['ended', '#/sessions', async (page) => {
    await page.getByTestId('sessions-ended').click();
    await page.getByTestId('session-cause').first().waitFor();
  }],
  ['recordings', '#/recordings', async (page) => page.getByTestId('recording').first().waitFor()],
  ['recording', '#/recordings/n1/rec-1', async (page) => {
    await page.getByTestId('play').waitFor();
    await page.getByTestId('seek').fill('6000');
    await page.waitForFunction(() => Number(document.querySelector('[data-testid=play-time]')?.dataset.at) >= 6000);
  }],
  ['terminals', `#/terminals?c=${SHELL}&c=n1/${'b'.repeat(64)}&c=n2/${'d'.repeat(64)}`, async (page) => page.locator('[data-testid=terminal-state][data-state=live]').nth(2).waitFor()],
  ['interrupted', `#/containers/${SHELL}`, async (page) => {
    await help(page);
    await fetch(`http://127.0.0.1:${PORT}/mock/down?ms=3000&both=1`);
    await page.getByTestId('banner').waitFor();
    await page.getByTestId('terminal-interrupted').getByRole('button').waitFor();
  }],
  ['over', `#/containers/n1/${'b'.repeat(64)}`, async (page) => {
    await help(page);
    await page.getByTestId('end-session').last().click();
    await page.getByTestId('confirm-yes').click();
    await page.getByTestId('terminal-end').waitFor();
  }],
  ['asks', `#/containers/${SHELL}`, async (page) => page.getByTestId('remove').click()],
  ['run', '#/containers', async (page) => page.getByTestId('run').click()],
];

async function help(page) {
  await page.locator('[data-testid=terminal-state][data-state=live]').waitFor();
  await page.getByTestId('terminal-help').click();
  await page.locator('[data-testid=terminal-pane][data-mode=help] [data-state=live]').waitFor();
  await page.keyboard.type('colors\rutf8\rgap\rdoubt\r');
  await page.getByTestId('terminal-notices').waitFor();
}

/** One of the pages makes the gateway go away for a while. */
async function isUp() {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/api/v1/me`).catch(() => undefined);
    if (answer?.ok) return;
  }
}

const mock = spawn(process.execPath, [`${here}main.mjs`, '--port', String(PORT), '--containers', '300', '--sessions', '80', '--unreachable', 'n9', '--tick', '120'], { stdio: ['ignore', 'pipe', 'inherit'] });
await new Promise((ready) => mock.stdout.once('data', ready));
const browser = await launch();
let complaints = 0;
try {
  for (const [width, height] of [[360, 740], [1280, 800], [1920, 1080]]) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      for (const [name, hash, ready] of PAGES) {
        if (only && !name.includes(only)) continue;
        const page = await context.newPage();
        const complain = (text) => {
          complaints++;
          console.log(`${name} ${width} ${colorScheme}: ${text}`);
        };
        page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !/net::ERR|WebSocket connection/.test(message.text()) && complain(message.text()));
        page.on('pageerror', (fault) => complain(String(fault)));
        page.on('dialog', (dialog) => complain(`dialog: ${dialog.message()}`));
        await isUp();
        await page.goto(`http://127.0.0.1:${PORT}/${hash}`);
        await ready(page).catch((fault) => complain(fault.message.split('\n')[0]));
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        if (width === 1280) {
          const { violations } = await page.evaluate(`${AXE}; axe.run()`);
          for (const one of violations) complain(`axe: ${one.impact}: ${one.help}: ${one.nodes.slice(0, 2).map((node) => `${node.target.join(' ')} ${node.any.map((any) => any.message).join(' ')}`).join(' | ')}`);
        }
        await page.screenshot({ path: `${shots}${name}-${width}-${colorScheme}.png` });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth || document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth);
        if (wide) complain('is wider than the window');
        await page.close();
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  mock.kill();
}
console.log(`${complaints} complaints`);
process.exitCode = complaints > 0 ? 1 : 0;
