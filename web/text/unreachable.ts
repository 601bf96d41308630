/** English only: it must be available even when no texts could be loaded. */
export const unreachable = 'Can’t reach the server. Check your connection and try again.';
