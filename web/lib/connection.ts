import { onlineManager } from '@tanstack/react-query';

/** Calls back once, when the connection is back. Answers how to stop that. */
export function onceBack(listener: () => unknown): () => void {
  const stop = onlineManager.subscribe((online) => {
    if (!online) return;
    stop();
    listener();
  });
  return stop;
}
