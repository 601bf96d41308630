/**
 * What the server, or a schema that it shares with the forms, has said: they speak English, and a person's.
 */
export const server = (said: string): string => said;
