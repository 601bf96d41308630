// biome-ignore lint/style/noRestrictedImports: here it is made to send once
import { hashKey, type MutateOptions, type UseMutationOptions, useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiError, isOffline, onceBack } from './api-error.ts';

interface ChangeOptions<Data, Variables, Context>
  extends Omit<UseMutationOptions<Data, Error, Variables, Context>, 'mutationFn'> {
  /**
   * Sends the change. `key` stays the same for equal variables until they were accepted: the
   * `Idempotency-Key`.
   */
  readonly mutationFn: (variables: Variables, key: string) => Promise<Data>;
}

/** The key for these variables; reused if they were sent before without a response. */
function keyOf(keys: Map<string, string>, variables: unknown): string {
  const content = hashKey([variables]);
  const key = keys.get(content) ?? crypto.randomUUID();
  keys.set(content, key);
  return key;
}

/**
 * A mutation that is sent once, however often the user clicks while it is pending. A ref guards against a
 * second click that arrives before React has re-rendered.
 */
export function useChange<Data, Variables = void, Context = unknown>({
  mutationFn,
  ...options
}: ChangeOptions<Data, Variables, Context>) {
  const isUnderWay = useRef(false);
  const keys = useRef(new Map<string, string>());
  const { mutateAsync, ...change } = useMutation({
    ...options,
    mutationFn: async (variables: Variables) => {
      const done = await mutationFn(variables, keyOf(keys.current, variables));
      keys.current.clear();
      return done;
    },
  });
  const { error, reset } = change;
  useEffect(() => (isOffline(error) ? onceBack(reset) : undefined), [error, reset]);
  const mutate = (
    variables: Variables,
    callbacks: MutateOptions<Data, Error, Variables, Context> = {},
  ): void => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    const end = () => {
      isUnderWay.current = false;
    };
    mutateAsync(variables, callbacks).then(end, (refused: Error) => {
      end();
      // Signing in again replaces this error, and once that is done there is nothing to report.
      if (refused instanceof ApiError && refused.code === 'unauthenticated') reset();
    });
  };
  return { ...change, mutate };
}
