// What the first load weighs, everything that the build made included: code that is loaded later counts too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 300 * 1000;
const dist = new URL('../dist', import.meta.url).pathname;

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .map((path) => ({ path: path.slice(dist.length + 1), size: gzipSync(readFileSync(path), { level: 9 }).length }))
  .sort((a, b) => b.size - a.size);

for (const { path, size } of files) console.log(`${String(size).padStart(8)}  ${path}`);
const total = files.reduce((sum, { size }) => sum + size, 0);
console.log(`${String(total).padStart(8)}  gzipped in all, of ${LIMIT}`);

const inline = /<script(?![^>]*\bsrc=)|\son\w+\s*=|<style/i.test(readFileSync(join(dist, 'index.html'), 'utf8'));
if (inline) console.error('index.html has inline script or style, which the page\'s Content-Security-Policy forbids');
if (total > LIMIT) console.error('The page is too heavy.');
process.exit(inline || total > LIMIT ? 1 : 0);
