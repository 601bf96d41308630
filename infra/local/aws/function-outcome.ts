/** How a function ended: with what it returned, or with the error it threw (a timeout and a crash count as one). */
export type FunctionOutcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: { readonly errorType: string; readonly errorMessage: string } };
