import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname } from 'node:path';

/** A lock that this process holds. */
export interface Lock {
  /** The file that says so. */
  readonly path: string;
  /** Whether it still does: not when somebody removed the file, or took over a lock that was taken for dead. */
  holds(): boolean;
  /** Lets go of it; the file stays, and says so. */
  release(): void;
}

/** The lock is held by a process that lives, or that cannot be seen to be dead. */
export class HeldError extends Error {
  /** The file to remove where the holder is known to be gone. */
  readonly path: string;

  constructor(path: string, { pid, host }: Partial<Holder>) {
    const who = pid === undefined ? 'another process' : `process ${pid} on ${host}`;
    super(`${who} holds it; where that is known to be gone, remove ${path}`);
    this.name = 'HeldError';
    this.path = path;
  }
}

/** What tells one process from all others, of all times. */
interface Holder {
  readonly pid: number;
  /** When it started, in ticks since the system did. */
  readonly start: string;
  /** Which boot of the system that was. */
  readonly boot: string;
  /** In which space of process ids; another one cannot be seen from here. */
  readonly space: string;
  readonly host: string;
  /** So that no two files are alike. */
  readonly id: string;
}

/** The first byte of a file, and the only one that ever changes: readers see the one or the other. */
const HELD = '+';
const RELEASED = '-';

const TRIES = 100;

/**
 * Takes a lock among all processes of a machine, by files `PREFIX.1`, `PREFIX.2` and so on, in a folder that is there:
 * Node has no lock of the system's own. The highest number holds, as long as its process lives.
 *
 * Whoever holds it is refused it a second time. It is for a file system that has hard links.
 *
 * @throws HeldError; what the file system throws
 * @example
 * const held = lock('/var/lib/missions/state.json.lock')
 * try { change() } finally { held.release() }
 */
export function lock(prefix: string): Lock {
  const fresh = `${prefix}.new-${process.pid}-${randomBytes(6).toString('hex')}`;
  writeFileSync(fresh, HELD + JSON.stringify({ ...thisProcess(), id: randomBytes(12).toString('hex') }), {
    mode: 0o600,
    flag: 'wx',
  });
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const taken = tryLock(prefix, fresh);
      if (taken !== undefined) return taken;
    }
    throw new HeldError(`${prefix}.*`, {});
  } finally {
    unlinkSync(fresh);
  }
}

// `undefined` where others were at work in the meantime, so that all has to be looked at again.
function tryLock(prefix: string, fresh: string): Lock | undefined {
  const before = highest(prefix);
  const judged = before === 0 ? undefined : judge(`${prefix}.${before}`);
  if (before > 0 && judged === undefined) return undefined;
  const path = `${prefix}.${before + 1}`;
  // Two that judge one holder dead: the link of one of them fails, since the name is there already. The file has its
  // content from its first moment, so nobody ever takes one that is being made for one of a dead process.
  if (!tryLink(fresh, path)) return undefined;
  // Somebody was quicker, and the number was used and deleted again since it was looked at. Files are deleted from the
  // lowest up, so then the one that was judged is gone too; or there was none, and now a higher one is there.
  const late = judged !== undefined && tryRead(`${prefix}.${before}`) !== judged;
  if (late || highest(prefix) !== before + 1) {
    tryUnlink(path);
    return undefined;
  }
  // Lower ones are deleted by the holder alone, so the highest is there at all times, and numbers never go down.
  for (const number of numbersOf(prefix)) if (number <= before) tryUnlink(`${prefix}.${number}`);
  const file = openSync(path, 'r+');
  return {
    path,
    // Whoever takes over takes the next number; whoever removes a file takes away the name of this one.
    holds() {
      const [opened, named] = [fstatSync(file), statSync(path, { throwIfNoEntry: false })];
      const own = named?.ino === opened.ino && named.dev === opened.dev;
      return own && !existsSync(`${prefix}.${before + 2}`);
    },
    release() {
      // Through what is open: the name may be another's by now, where somebody has removed the file.
      writeSync(file, RELEASED, 0);
      closeSync(file);
    },
  };
}

/** What the file says, where its holder may be succeeded; `undefined` where it is gone. @throws HeldError where it lives */
function judge(path: string): string | undefined {
  const content = tryRead(path);
  if (content === undefined || content.startsWith(RELEASED)) return content;
  const holder = parse(content);
  if (holder === undefined || !isDead(holder)) throw new HeldError(path, holder ?? {});
  return content;
}

function parse(content: string): Holder | undefined {
  try {
    return JSON.parse(content.slice(1)) as Holder;
  } catch {
    return undefined;
  }
}

// What cannot be seen counts as alive: a wrong guess would let two processes write.
function isDead({ pid, start, boot, space, host }: Holder): boolean {
  const own = thisProcess();
  if (host !== own.host) return false;
  if (boot !== own.boot) return boot !== '' && own.boot !== '';
  if (space !== own.space) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
  }
  // A process of this number is there: perhaps a later one, or one that has ended and that its parent has not buried.
  const found = statOf(String(pid));
  return found !== undefined && start !== '' && (found.start !== start || 'ZX'.includes(found.state));
}

function thisProcess(): Omit<Holder, 'id'> {
  return {
    pid: process.pid,
    start: statOf('self')?.start ?? '',
    boot: tryRead('/proc/sys/kernel/random/boot_id')?.trim() ?? '',
    space: attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '',
    host: hostname(),
  };
}

/** State and start of a process, where the system has files that tell (proc(5)). */
function statOf(pid: string): { state: string; start: string } | undefined {
  const stat = tryRead(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name before them is in parentheses, and may hold any.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] as string, start: fields[19] as string };
}

function highest(prefix: string): number {
  return Math.max(0, ...numbersOf(prefix));
}

/** The numbers that are there, from the lowest. */
function numbersOf(prefix: string): number[] {
  const start = `${basename(prefix)}.`;
  return readdirSync(dirname(prefix))
    .filter((name) => name.startsWith(start) && /^[1-9][0-9]{0,14}$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)))
    .sort((a, b) => a - b);
}

function tryRead(path: string): string | undefined {
  return attempt(() => readFileSync(path, 'utf8'));
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function tryUnlink(path: string): void {
  attempt(() => unlinkSync(path));
}

/** What a call gives, or `undefined` where it fails: what is not there says nothing. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
