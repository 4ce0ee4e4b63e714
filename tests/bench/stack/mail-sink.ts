import { createServer } from 'node:net';
import { readConfig } from '../../../api/config.ts';

// A mail server that accepts everything and stores nothing, because reading mail is not measured.

const answers: readonly (readonly [prefix: string, reply: string])[] = [
  ['EHLO', '250 sink.example.com'],
  ['HELO', '250 sink.example.com'],
  ['DATA', '354 go on'],
  ['QUIT', '221 bye'],
];

const server = createServer((socket) => {
  let text = '';
  let inMail = false;
  const reply = (line: string): void => {
    socket.write(`${line}\r\n`);
  };
  const takeLine = (line: string): void => {
    if (inMail) {
      if (line !== '.') return;
      inMail = false;
      reply('250 kept');
      return;
    }
    const [prefix, words] = answers.find(([word]) => line.toUpperCase().startsWith(word)) ?? ['', '250 ok'];
    inMail = prefix === 'DATA';
    reply(words);
    if (prefix === 'QUIT') socket.end();
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const lines = (text + chunk.toString('latin1')).split('\r\n');
    text = lines.pop() ?? '';
    for (const line of lines) takeLine(line);
  });
  reply('220 sink.example.com');
});

const { HOST, PORT } = readConfig();
server.listen(PORT, HOST, () => console.log('mail sink ready'));
process.once('SIGTERM', () => process.exit(0));
