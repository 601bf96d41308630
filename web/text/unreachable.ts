/** Said also where no text could be loaded, and so in English. */
export const unreachable = 'Can’t reach the server. Check your connection and try again.';
