import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useEffectEvent } from 'react';
import { ApiError, isOffline, onceBack } from '../lib/api-error.ts';
import { type Texts, useTexts } from '../text/language.tsx';
import { said } from '../text/said.ts';

const shownMilliseconds = 8000;

/** A notice that is younger came with the act that led to the page, and goes along. */
const sameActMilliseconds = 2000;

const shownSince = new Map<string, number>();

function show(notice: Parameters<typeof notifications.show>[0]): string {
  const id = notifications.show({
    autoClose: shownMilliseconds,
    withBorder: true,
    onClose: ({ id: gone }) => void shownSince.delete(gone ?? ''),
    ...notice,
  });
  shownSince.set(id, Date.now());
  return id;
}

/** Withdraws what was said on a page that is being left. */
export function leaveNotices(): void {
  for (const [id, since] of shownSince) if (Date.now() - since > sameActMilliseconds) notifications.hide(id);
}

interface Notice {
  readonly message: string;
  /** What takes it back, while the notice is shown. */
  readonly undo?: { readonly title: string; readonly run: () => void };
}

/**
 * Says that something was done, and offers to take it back where that is possible. Answers how to withdraw
 * what it says.
 */
export function notify({ message, undo }: Notice): () => void {
  let isOver = false;
  const takeBack = () => {
    // What is leaving the screen can still be clicked.
    if (isOver) return;
    isOver = true;
    notifications.hide(id);
    undo?.run();
  };
  const id = show({
    message:
      undo === undefined ? (
        message
      ) : (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{message}</Text>
          <Button size="compact-sm" variant="default" flex="none" onClick={takeBack}>
            {undo.title}
          </Button>
        </Group>
      ),
  });
  return () => notifications.hide(id);
}

const sayingWho = ({ code }: ApiError, what: string, { whoCould, admins }: Texts['errors']) =>
  code === 'forbidden' ? `${what} ${whoCould(admins)}` : what;

/**
 * Says of an error that what was asked for didn't work: for a change's own `onError`, also when what asked
 * for it is gone.
 */
export function useErrorNotice(): (error: Error) => void {
  const texts = useTexts();
  const { errors } = texts;
  return (error) => {
    const isApi = error instanceof ApiError;
    // Who is asked to sign in again has no other problem.
    if (isApi && error.code === 'unauthenticated') return;
    const titles: Readonly<Record<string, string>> = errors.titles;
    const id = show({
      color: 'red',
      title: (isApi ? titles[error.code] : undefined) ?? errors.fallbackTitle,
      message:
        isApi && error.code !== 'offline' ? sayingWho(error, said(texts, error), errors) : errors.offline,
    });
    if (isOffline(error)) onceBack(() => notifications.hide(id));
  };
}

/** Says that what was asked for didn't work, where there is no place beside it to say so. */
export function ErrorNotice({ error }: { readonly error: Error | null }) {
  const say = useEffectEvent(useErrorNotice());
  useEffect(() => {
    if (error !== null) say(error);
  }, [error]);
  return null;
}
