import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { ApiError } from '../lib/api-error.ts';
import type { Texts } from '../text/english.ts';
import { useTexts } from '../text/language.tsx';

const shownMilliseconds = 8000;

interface Notice {
  readonly message: string;
  /** What takes it back, while the notice is shown. */
  readonly undo?: { readonly title: string; readonly run: () => void };
}

/** Says that something was done, and offers to take it back where that is possible. */
export function notify({ message, undo }: Notice): void {
  let isOver = false;
  const takeBack = () => {
    // What is leaving the screen can still be clicked.
    if (isOver) return;
    isOver = true;
    notifications.hide(id);
    undo?.run();
  };
  const id = notifications.show({
    autoClose: shownMilliseconds,
    withBorder: true,
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
}

const sayingWho = ({ code }: ApiError, said: string, { whoCould, admins }: Texts['errors']) =>
  code === 'forbidden' ? `${said} ${whoCould(admins)}` : said;

/** Says that what was asked for didn't work, where there is no place beside it to say so. */
export function ErrorNotice({ error }: { readonly error: Error | null }) {
  const { errors, server } = useTexts();
  useEffect(() => {
    if (error === null) return;
    const titles: Readonly<Record<string, string>> = errors.titles;
    const isApi = error instanceof ApiError;
    notifications.show({
      color: 'red',
      withBorder: true,
      autoClose: shownMilliseconds,
      title: (isApi ? titles[error.code] : undefined) ?? errors.fallbackTitle,
      message:
        isApi && error.code !== 'offline' ? sayingWho(error, server(error.message), errors) : errors.offline,
    });
  }, [error, errors, server]);
  return null;
}
