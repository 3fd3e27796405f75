// Makes src/api/schema.d.ts of docs/openapi.json. With --check it only says whether the file is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const document = new URL('../../docs/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.d.ts', import.meta.url);
const HEADER = '// Made of docs/openapi.json by `npm run generate`. Do not edit.\n\n';

if (!existsSync(document)) {
  console.error('docs/openapi.json is not there; src/api/schema.d.ts stays as it is.');
  process.exit(process.argv.includes('--check') ? 0 : 1);
}

const text = HEADER + astToString(await openapiTS(document));
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/api/schema.d.ts is not what docs/openapi.json says: run `npm run generate`.');
  process.exit(1);
}
