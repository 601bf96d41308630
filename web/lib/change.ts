// biome-ignore lint/style/noRestrictedImports: here it is made to send once
import { hashKey, type MutateOptions, type UseMutationOptions, useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiError, isOffline, onceBack } from './api-error.ts';

interface ChangeOptions<Data, Variables, Context>
  extends Omit<UseMutationOptions<Data, Error, Variables, Context>, 'mutationFn'> {
  /** Sends it. `key` is the same for the same variables until they were taken: an `Idempotency-Key`. */
  readonly mutationFn: (variables: Variables, key: string) => Promise<Data>;
}

/** The key of what is sent, the one it had when it was sent before without an answer. */
function keyOf(keys: Map<string, string>, variables: unknown): string {
  const content = hashKey([variables]);
  const key = keys.get(content) ?? crypto.randomUUID();
  keys.set(content, key);
  return key;
}

/**
 * A change that a person asks for, sent once however often they click while it is under way: known at once,
 * also to a second click before anything was drawn.
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
      // Who is asked to sign in again has no other problem, and none once they have.
      if (refused instanceof ApiError && refused.code === 'unauthenticated') reset();
    });
  };
  return { ...change, mutate };
}
