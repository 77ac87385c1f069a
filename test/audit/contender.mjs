import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { lock } from '../../dist/src/audit/lock.js';

// A process that takes a lock when it is told to, and says what became of it.

const [prefix] = process.argv.slice(2);
const say = (word) => process.stdout.write(`${word}\n`);
let held;

const tasks = {
  take() {
    try {
      held = lock(prefix);
      say('held');
    } catch (error) {
      say(error.name);
    }
  },
  holds: () => say(String(held.holds())),
  release() {
    held.release();
    say('released');
  },
  /** Takes it again and again, and sees whether anybody else is inside at the same time. */
  async crowd(times) {
    let [entered, met] = [0, 0];
    for (let i = 0; i < Number(times); i++) {
      try {
        const mine = lock(prefix);
        entered++;
        if (isInside()) met++;
        writeFileSync(`${prefix}-inside`, String(process.pid));
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 2));
        if (readFileSync(`${prefix}-inside`, 'utf8') !== String(process.pid)) met++;
        unlinkSync(`${prefix}-inside`);
        mine.release();
      } catch (error) {
        if (error.name !== 'HeldError') throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random()));
    }
    say(`${entered} ${met}`);
  },
};

// Whoever was killed inside has left its number there, and has one until its parent has buried it.
function isInside() {
  try {
    const pid = readFileSync(`${prefix}-inside`, 'utf8');
    return !/^[0-9]+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

createInterface(process.stdin)
  .on('line', (line) => {
    const [task, given] = line.split(' ');
    tasks[task](given);
  })
  .on('close', () => process.exit());
say('ready');
