// Puts the licences of what the page is made of beside it: their texts ask for that, and minifying takes them out of the code.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')).packages;

/** A package and all that it needs to run. */
function* withNeeds(name, seen = new Set()) {
  if (seen.has(name)) return;
  seen.add(name);
  yield name;
  for (const need of Object.keys(lock[`node_modules/${name}`]?.dependencies ?? {})) yield* withNeeds(need, seen);
}

const names = [...new Set(Object.keys(dependencies).flatMap((name) => [...withNeeds(name)]))].sort();
const licenceOf = (name) => {
  const folder = new URL(`node_modules/${name}/`, root);
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one));
  return file && readFileSync(new URL(file, folder), 'utf8').trim();
};
const texts = names.map((name) => {
  // One of xterm.js's addons comes without the file that its siblings have.
  const text = licenceOf(name) ?? (name.startsWith('@xterm/') ? licenceOf('@xterm/xterm') : undefined);
  if (!text) throw new Error(`${name} comes without a licence`);
  return `${name} ${lock[`node_modules/${name}`].version}\n\n${text}\n`;
});
writeFileSync(new URL('dist/licenses.txt', root), texts.join('\n----\n\n'));
