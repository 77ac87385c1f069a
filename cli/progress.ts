import { systemTime } from '../src/time.ts';

const CLEAR = '\r\u001b[K';

/** Passes items on, and says on a terminal how many there were, from the second second on. */
export function* withProgress<T>(items: Iterable<T>, what: string): Generator<T> {
  const line = progressLine();
  let count = 0;
  for (const item of items) {
    yield item;
    count += 1;
    line.tell(() => `${count} ${what}`);
  }
  line.end();
}

/** Says on a terminal, from the second second on, how much of something was done. */
export function reportBytes(what: string): { tell(bytes: number, of: number): void; end(): void } {
  const { tell, end } = progressLine();
  return {
    tell: (bytes, of) => tell(() => `${Math.floor((100 * bytes) / Math.max(1, of))} % of ${what}`),
    end,
  };
}

/** Says on a terminal, from the second second on, how many of something were done. */
export function reportCount(what: string): { tell(count: number): void; end(): void } {
  const { tell, end } = progressLine();
  return { tell: (count) => tell(() => `${count} ${what}`), end };
}

function progressLine(): { tell(text: () => string): void; end(): void } {
  const { stderr } = process;
  const start = systemTime();
  let last = start + 1;
  return {
    tell(text) {
      const time = stderr.isTTY ? systemTime() : 0;
      if (time <= last) return;
      last = time;
      stderr.write(`${CLEAR}writ: ${text()}`);
    },
    end() {
      if (last > start + 1) stderr.write(CLEAR);
    },
  };
}
