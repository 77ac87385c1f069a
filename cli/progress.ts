import { systemTime } from '../src/time.ts';

/** Passes items on, and says on a terminal how many there were, from the second second on. */
export function* withProgress<T>(items: Iterable<T>, what: string): Generator<T> {
  const { stderr } = process;
  const start = systemTime();
  let last = start + 1;
  let count = 0;
  for (const item of items) {
    yield item;
    count += 1;
    const time = stderr.isTTY ? systemTime() : 0;
    if (time <= last) continue;
    last = time;
    stderr.write(`\r\u001b[Kwrit: ${count} ${what}`);
  }
  if (last > start + 1) stderr.write('\r\u001b[K');
}
