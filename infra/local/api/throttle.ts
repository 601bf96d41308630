/** A token bucket: `burst` requests at once, refilled by `perSecond`. Answers whether one more is let through. */
export function throttle(
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
  now: () => number = Date.now,
): () => boolean {
  let tokens = burst;
  let last = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - last) / 1000) * perSecond);
    last = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
