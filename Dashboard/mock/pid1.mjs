// A PID 1 with a terminal, for looking at the page: it echoes, edits a line, and knows some commands that show what the page must stand.
import { Buffer } from 'node:buffer';

const KEEP = 1024 * 1024;
const HELP = 'help  date  colors  links  title TEXT  osc52  yes  flood BYTES  lines N  utf8  gap  doubt  break  move  size  exit [CODE]';

export class Pid1 {
  constructor(view, { onChange }) {
    this.view = view;
    this.onChange = onChange;
    this.epoch = 1;
    this.end = 0; // the offset of the next byte
    this.kept = []; // { offset, bytes }
    this.keptLength = 0;
    this.readers = new Set(); // each: { wake(), blocked }
    this.line = '';
    this.flood = null;
    this.size = { width: 80, height: 24 };
    this.echoing = view.stdin === true && view.tty === true;
    this.write(`\x1b[1m${view.name}\x1b[0m on ${view.node}\r\n${HELP}\r\n`);
    if (this.echoing) this.prompt();
  }

  prompt() {
    this.write('\x1b[36m/ # \x1b[0m');
  }

  write(text) {
    const bytes = Buffer.isBuffer(text) ? text : Buffer.from(this.view.tty ? text : text.replaceAll('\r\n', '\n'));
    this.kept.push({ offset: this.end, bytes });
    this.end += bytes.length;
    this.keptLength += bytes.length;
    while (this.keptLength > KEEP) this.keptLength -= this.kept.shift().bytes.length;
    for (const reader of this.readers) reader.wake();
  }

  get start() {
    return this.kept[0]?.offset ?? this.end;
  }

  /** Up to 64 KiB from an offset on. */
  read(offset) {
    const parts = [];
    let length = 0;
    for (const { offset: at, bytes } of this.kept) {
      if (at + bytes.length <= offset) continue;
      const part = at < offset ? bytes.subarray(offset - at) : bytes;
      parts.push(part);
      length += part.length;
      if (length >= 65536) break;
    }
    return Buffer.concat(parts).subarray(0, 65536);
  }

  input(bytes, actions) {
    for (const character of bytes.toString('utf8')) this.key(character, actions);
  }

  key(character, actions) {
    if (character === '\x03') {
      this.stopFlood();
      this.line = '';
      this.write('^C\r\n');
      this.prompt();
    } else if (this.flood) {
      // it reads when it has finished
    } else if (character === '\r' || character === '\n') {
      const line = this.line.trim();
      this.line = '';
      this.write('\r\n');
      this.run(line, actions);
    } else if (character === '\x7f') {
      if (this.line) this.write('\b \b');
      this.line = this.line.slice(0, -1);
    } else if (character >= ' ') {
      this.line += character;
      this.write(character);
    }
  }

  run(line, actions) {
    const [command, ...args] = line.split(/\s+/);
    const n = Number(args[0]);
    switch (command) {
      case '': break;
      case 'help': this.write(`${HELP}\r\n`); break;
      case 'date': this.write(`${new Date().toISOString()}\r\n`); break;
      case 'size': this.write(`${this.size.width}x${this.size.height}\r\n`); break;
      case 'colors': this.write(`${Array.from({ length: 16 }, (_, i) => `\x1b[38;5;${i}m colour ${i} \x1b[0m\x1b[48;5;${i}m    \x1b[0m`).join('\r\n')}\r\n`); break;
      case 'links': this.write('https://example.org/a?b=c and \x1b]8;;javascript:alert(1)\x1b\\a bad one\x1b]8;;\x1b\\\r\n'); break;
      case 'title': this.write(`\x1b]0;${args.join(' ')}\x07`); break;
      case 'osc52': this.write('\x1b]52;c;aGFja2Vk\x07tried to set the clipboard\r\n'); break;
      case 'utf8': this.write('äöü – 日本語 – 🙂👩‍👩‍👧 – é\r\n'); break;
      case 'lines': for (let i = 1; i <= (n || 100); i++) this.write(`line ${i}\r\n`); break;
      case 'yes': return this.startFlood(Buffer.from('y\r\n'.repeat(5000)), Infinity);
      case 'flood': return this.startFlood(Buffer.from(`${'x'.repeat(126)}\r\n`.repeat(128)), n || 1e8);
      case 'exit': return this.exit(n || 0);
      case 'gap': case 'doubt': case 'break': case 'move': this.prompt(); actions[command](); return;
      default: this.write(`${command}: not found\r\n`);
    }
    this.prompt();
  }

  startFlood(block, length) {
    let left = length;
    const step = () => {
      // The slowest reader holds it, as a terminal does.
      if ([...this.readers].some((reader) => reader.holds && this.end - reader.offset > 512 * 1024)) return;
      for (let i = 0; i < 4 && left > 0; i++) {
        const piece = left < block.length ? block.subarray(0, left) : block;
        this.write(piece);
        left -= piece.length;
      }
      if (left <= 0) {
        this.stopFlood();
        this.prompt();
      }
    };
    this.flood = setInterval(step, 1);
  }

  stopFlood() {
    if (this.flood) clearInterval(this.flood);
    this.flood = null;
  }

  exit(code) {
    this.stopFlood();
    Object.assign(this.view, { state: 'exited', exitCode: code, finishedAt: new Date().toISOString(), reason: code ? 'Error' : 'Completed', pid: 0 });
    this.onChange(this.view);
    for (const reader of this.readers) reader.wake();
  }
}
