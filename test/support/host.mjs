import { closeSync, openSync, readSync, writeSync } from 'node:fs';

// Runs one command of `writ` after another, each as if in a process of its own: the descriptors 0 to 2 are its own
// files, its main module is evaluated anew, and it has ended when nothing is left for the process to do. What is saved
// is the start of Node and the loading of all other modules. Requests come by descriptor 3, exit codes go by 4.

const [main] = process.argv.slice(2);
const { env } = process;
let count = 0;
let settled = true;

process.on('beforeExit', () => {
  if (count > 0) answer();
  begin(nextRequest());
});

function nextRequest() {
  const chunks = [];
  const chunk = Buffer.alloc(65_536);
  while (chunks.at(-1)?.at(-1) !== 0x0a) {
    const length = readSync(3, chunk, 0, chunk.length, null);
    if (length === 0) process.exit();
    chunks.push(Buffer.from(chunk.subarray(0, length)));
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function begin({ args, folder, more, files }) {
  for (const [fd, path] of files.entries()) reopen(fd, path);
  process.chdir(folder);
  process.env = { ...env, ...more };
  process.argv = [process.execPath, main, ...args];
  process.exitCode = undefined;
  settled = false;
  import(`${main}?${++count}`).then(() => {
    settled = true;
  });
}

function answer() {
  process.stdout.removeAllListeners('error');
  process.stderr.removeAllListeners('error');
  // Node ends with 13 where a module still waits and nothing can come.
  writeSync(4, `${settled ? (process.exitCode ?? 0) : 13}\n`);
}

// The lowest number that is free is the one that was just closed.
function reopen(fd, path) {
  closeSync(fd);
  if (openSync(path, fd === 0 ? 'r' : 'w') !== fd) throw new Error(`descriptor ${fd} was taken`);
}
