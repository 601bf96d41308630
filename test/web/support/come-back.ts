import { focusManager } from '@tanstack/react-query';
import { act } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(() => {
  vi.useRealTimers();
  focusManager.setFocused(undefined);
});

/** Returns to the tab. */
export const comeBack = (): void =>
  act(() => {
    focusManager.setFocused(false);
    focusManager.setFocused(true);
  });

/** Returns to the tab after a while, which refetches the data. */
export function comeBackLater(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  comeBack();
}
