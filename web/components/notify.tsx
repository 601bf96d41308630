import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useEffectEvent } from 'react';
import { ApiError, isOffline, onceBack } from '../lib/api-error.ts';
import { type Texts, useTexts } from '../text/language.tsx';
import { said } from '../text/said.ts';

const shownMilliseconds = 8000;

/** A newer notification belongs to the action that caused the navigation, and stays. */
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

/** Hides the notifications of a page that is being left. */
export function leaveNotices(): void {
  for (const [id, since] of shownSince) if (Date.now() - since > sameActMilliseconds) notifications.hide(id);
}

interface Notice {
  readonly message: string;
  /** Undoes the action, while the notification is shown. */
  readonly undo?: { readonly title: string; readonly run: () => void };
}

/**
 * Confirms an action and offers to undo it where possible. Returns a function that hides the notification.
 */
export function notify({ message, undo }: Notice): () => void {
  let isOver = false;
  const takeBack = () => {
    // A notification that is animating out can still be clicked.
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

/** Shows an error as a notification: for a mutation's `onError`, even if its component is gone. */
export function useErrorNotice(): (error: Error) => void {
  const texts = useTexts();
  const { errors } = texts;
  return (error) => {
    const isApi = error instanceof ApiError;
    // The sign-in dialog already covers this.
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

/** Shows an error as a notification where there is no room for it on the page. */
export function ErrorNotice({ error }: { readonly error: Error | null }) {
  const say = useEffectEvent(useErrorNotice());
  useEffect(() => {
    if (error !== null) say(error);
  }, [error]);
  return null;
}
