import { Button, type ButtonProps } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useChange } from '../lib/change.ts';
import { notify, useErrorNotice } from './notify.tsx';

interface SendButtonProps<Answer> extends Omit<ButtonProps, 'loading'> {
  /** `key` is the `Idempotency-Key`. */
  readonly send: (key: string) => Promise<Answer>;
  /** Confirms it to the user. */
  readonly says: (answer: Answer) => string;
  /** What to reload afterwards: everything, unless given. */
  readonly reloads?: QueryKey;
  readonly 'aria-label'?: string;
  readonly children: ReactNode;
}

/** A button that sends a change immediately. Confirmation and error are shown as notifications. */
export function SendButton<Answer>({ send, says, reloads, ...looks }: SendButtonProps<Answer>) {
  const queries = useQueryClient();
  const change = useChange({
    mutationFn: (_, key) => send(key),
    onSuccess: (answer) => void notify({ message: says(answer) }),
    onError: useErrorNotice(),
    onSettled: () => queries.invalidateQueries(reloads === undefined ? {} : { queryKey: reloads }),
  });
  return <Button variant="default" {...looks} loading={change.isPending} onClick={() => change.mutate()} />;
}

interface DownloadButtonProps {
  /** Requests a link to the file. */
  readonly link: () => Promise<{ readonly url: string }>;
  readonly children: ReactNode;
}

/** A button that downloads a file from a store, which responds with an attachment: the page stays open. */
export function DownloadButton({ link, children }: DownloadButtonProps) {
  const downloading = useChange({
    mutationFn: link,
    onSuccess: ({ url }) => window.location.assign(url),
    onError: useErrorNotice(),
  });
  return (
    <Button
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={downloading.isPending}
      onClick={() => downloading.mutate()}
    >
      {children}
    </Button>
  );
}
