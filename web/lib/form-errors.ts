import { ApiError } from './api-error.ts';

/** The server's word on each field, by the field's path; what belongs to no field of the form stays out. */
export const fieldErrors = (error: unknown): Record<string, string> =>
  error instanceof ApiError
    ? Object.fromEntries(error.fields.map(({ path, message }) => [path, message]))
    : {};
