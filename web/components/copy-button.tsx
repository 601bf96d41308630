import { ActionIcon, Tooltip } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import { useEffect, useState } from 'react';
import { useTexts } from '../text/language.tsx';

const saidMilliseconds = 2000;

interface Props {
  readonly value: string;
  /** Name of what is copied; “Copy” is put in front of it. */
  readonly what: string;
}

/** Copies a value, such as an id, and confirms it. */
export function CopyButton({ value, what }: Props) {
  const { common } = useTexts();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saidMilliseconds);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = common.copy(what);
  return (
    <>
      <Tooltip label={copied ? common.copied : label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={label}
          data-screen-only
          onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
        >
          {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <span role="status" className="visually-hidden">
        {copied ? common.copied : ''}
      </span>
    </>
  );
}
