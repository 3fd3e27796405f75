// Plays a recording with the public asciinema player, which is one of the readers that our files are for.
// Usage: node play.mjs FILE; prints {"size":[cols,rows],"output":"...","resizes":["90x30",...],"markers":["...",...]}.
import { readdirSync, readFileSync } from 'node:fs';

// The part of the player that needs no browser: it reads the file and drives a terminal.
const dist = new URL('node_modules/asciinema-player/dist/', import.meta.url);
const { C: Core } = await import(new URL(readdirSync(dist).find(name => name.startsWith('core-')), dist).href);

const text = readFileSync(process.argv[2], 'utf8');
const nothing = () => {};
const core = new Core({ driver: 'recording', data: () => text }, { preload: true, speed: 1, logger: { debug: nothing, info: nothing, warn: nothing, error: nothing } });
const played = { size: [], output: '', resizes: [], markers: [] };
core.addEventListener('reset', event => { played.size = [event.size.cols, event.size.rows]; });
core.addEventListener('output', event => { played.output += Array.isArray(event) ? event.join('') : event; });
core.addEventListener('resize', event => played.resizes.push(`${event.cols}x${event.rows}`));
core.addEventListener('metadata', event => { played.markers = event.markers.map(marker => marker[1]); });
core.terminalReady();
await core.init();
await core.seek('100%');
process.stdout.write(JSON.stringify(played), () => process.exit(0));
