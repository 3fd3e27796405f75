#!/usr/bin/env node
// Attaches to a container by a URL that CriAttach's Attach answered, and outlives its connections (docs/resume-protocol.md).
//
//   npm install && node attach.mjs http://gateway/attach/TOKEN
//
// Output goes to standard output and standard error, standard input to PID 1. What a person should know goes to standard error.
import process from 'node:process';
import WebSocket from 'ws';

const PROTOCOL = 'v1.resume.criattach';
const STDIN = 0, STDOUT = 1, STDERR = 2, STATUS = 3, CONTROL = 5, CLOSE = 255;
const OFFSET_LENGTH = 8;
const ACK_EVERY = 256 * 1024;
const MAX_UNACKED = 1024 * 1024;

const session = {
  hello: null, // how to come back
  epoch: 0n,
  next: 0n, // the offset of the output that is expected
  acked: 0n,
  unacked: Buffer.alloc(0), // input that PID 1 may not have got
  base: 0n, // the offset of its first byte
  ended: false, // no more input comes
  status: null, // how it ended
};

const tell = (text) => process.stderr.write(`\nattach: ${text}\n`);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const sentUpTo = () => session.base + BigInt(session.unacked.length);

function trim(offset) {
  if (offset > session.base) {
    session.unacked = session.unacked.subarray(Number(offset - session.base));
    session.base = offset;
  }
  if (session.unacked.length < MAX_UNACKED && !session.ended) process.stdin.resume();
}

function frame(channel, offset, payload) {
  const head = Buffer.alloc(1 + OFFSET_LENGTH);
  head[0] = channel;
  head.writeBigUInt64BE(offset, 1);
  return Buffer.concat([head, payload]);
}

const control = (message) => Buffer.concat([Buffer.of(CONTROL), Buffer.from(JSON.stringify(message))]);

function hear(message, socket) {
  switch (message.type) {
    case 'hello': {
      session.hello = message;
      [session.epoch, session.next, session.acked] = [BigInt(message.epoch), BigInt(message.offset), BigInt(message.offset)];
      const doubt = BigInt(message.doubtBefore);
      if (doubt > session.base) tell(`${doubt - session.base} bytes of input may not have arrived`);
      trim(BigInt(message.input));
      if (session.unacked.length > 0) socket.send(frame(STDIN, session.base, session.unacked));
      if (session.ended) socket.send(Buffer.of(CLOSE, STDIN));
      socket.ready = true;
      break;
    }
    case 'position':
      if (message.lost !== 0) tell(message.lost < 0 ? 'some output is lost' : `${message.lost} bytes of output are lost`);
      [session.epoch, session.next] = [BigInt(message.epoch), BigInt(message.offset)];
      break;
    case 'delivered':
      trim(BigInt(message.offset));
      break;
    case 'doubt':
      tell(`${message.to - message.from} bytes of input may not have arrived`);
      trim(BigInt(message.to));
      break;
    case 'move':
      tell('the gateway is going to stop; going elsewhere');
      socket.terminate();
      break;
    default: // of a later version
  }
}

// A slow reader of ours is to slow the gateway down, not to fill memory.
function hold(stream, socket) {
  socket.pause();
  stream.once('drain', () => socket.resume());
}

function take(data, socket) {
  const channel = data[0];
  if (channel === STDOUT || channel === STDERR) {
    const payload = data.subarray(1 + OFFSET_LENGTH);
    const stream = channel === STDOUT ? process.stdout : process.stderr;
    session.next = data.readBigUInt64BE(1) + BigInt(payload.length);
    if (!stream.write(payload)) hold(stream, socket);
    if (session.next - session.acked >= ACK_EVERY) {
      session.acked = session.next;
      socket.send(control({ type: 'ack', offset: Number(session.next) }));
    }
  } else if (channel === STATUS) {
    session.status = JSON.parse(data.subarray(1).toString());
  } else if (channel === CONTROL) {
    hear(JSON.parse(data.subarray(1).toString()), socket);
  }
}

// One connection, to its end. Answers what became of it: 'over', 'gone', or 'refused'.
function connect(url) {
  return new Promise((done) => {
    const socket = new WebSocket(url, PROTOCOL, { handshakeTimeout: 5000 });
    let heard = Date.now();
    const pings = setInterval(() => {
      if (socket.isPaused) heard = Date.now(); // nothing is read, so nothing is heard
      else if (Date.now() - heard > 15000) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) socket.ping();
    }, 5000);
    current = socket;
    socket.on('open', () => { if (process.stdout.writableNeedDrain) hold(process.stdout, socket); });
    socket.on('message', (data) => { heard = Date.now(); take(data, socket); });
    socket.on('pong', () => { heard = Date.now(); });
    socket.on('unexpected-response', (request, response) => { clearInterval(pings); request.destroy(); done(response.statusCode < 500 ? 'refused' : 'gone'); });
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => {
      clearInterval(pings);
      socket.ready = false;
      done(session.status ? 'over' : 'gone');
    });
  });
}

let current = null;

process.stdin.on('data', (chunk) => {
  const offset = sentUpTo();
  session.unacked = Buffer.concat([session.unacked, chunk]);
  if (session.unacked.length >= MAX_UNACKED) process.stdin.pause();
  if (current?.ready) current.send(frame(STDIN, offset, chunk));
});
process.stdin.on('end', () => {
  session.ended = true;
  if (current?.ready) current.send(Buffer.of(CLOSE, STDIN));
});

async function main(url) {
  let fate = await connect(url);
  let lost = Date.now();
  for (let attempt = 0, pause = 100; fate === 'gone' && session.hello; attempt++) {
    const { urls, token, window } = session.hello;
    const before = session.hello;
    const place = `epoch=${session.epoch}&offset=${session.next}&input=${sentUpTo()}`;
    fate = await connect(`${urls[(attempt + 1) % urls.length]}${token}?${place}`);
    if (session.hello !== before) {
      [lost, pause] = [Date.now(), 100]; // it stood for a while
    } else if (Date.now() - lost > window * 1000) {
      break;
    } else if ((attempt + 1) % urls.length === 0) {
      await sleep(pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, 2000);
    }
  }
  if (fate !== 'over') tell(fate === 'refused' ? 'the session is over, or never was' : 'the gateway cannot be reached');
  const code = session.status?.details?.causes?.find((cause) => cause.reason === 'ExitCode');
  process.exitCode = fate !== 'over' ? 1 : session.status.status === 'Success' ? 0 : Number(code?.message ?? 1);
  process.stdin.destroy();
}

if (process.argv.length !== 3) {
  tell('usage: node attach.mjs URL');
  process.exitCode = 2;
} else {
  await main(process.argv[2].replace(/^http/, 'ws'));
}
