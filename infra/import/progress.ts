/** Shows how far a long step is: one line that changes on a terminal, and now and then a line elsewhere. */
export interface Progress {
  at(done: number): void;
  end(): void;
}

const betweenMs = { terminal: 100, elsewhere: 5_000 };

/** `of` is the number to reach, if it is known. */
export function progress(step: string, of?: number): Progress {
  const { stderr } = process;
  const between = stderr.isTTY ? betweenMs.terminal : betweenMs.elsewhere;
  let last = performance.now();
  let done = 0;
  const text = () => {
    const share = of === undefined || of === 0 ? '' : ` of ${of} (${Math.floor((done / of) * 100)} %)`;
    return `  ${step}: ${done}${share}`;
  };
  const show = () => stderr.write(stderr.isTTY ? `\r${text()}\u001B[K` : `${text()}\n`);
  return {
    at(now) {
      done = now;
      if (performance.now() - last < between) return;
      last = performance.now();
      show();
    },
    end() {
      show();
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}
